"""Word processors' files: Word, OpenDocument and rich text."""
