"""PDF as flowing text, in stages: characters, lines, columns, margins, paragraphs, the document. No drawing.

PDFium may be called from one thread at a time, so it runs only where files are opened.
"""
