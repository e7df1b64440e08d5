"""Benchmarks: ratios measured in one run, against an empty window, bare SQLite and bare spaCy."""
