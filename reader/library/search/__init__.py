"""Searching the library, from what a person types to the passages that are shown. Writes no records.

`query` and `dates` parse, `rewriting` changes what was typed, `meaning` says who is meant, `matching` makes
SQL, `searching` ranks and cuts snippets, `facets` tells by what to narrow; `indexes` and `stemming` make what
is searched.
"""
