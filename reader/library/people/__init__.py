"""The people of the library across its documents.

`gathering` keeps count of who appears where, `register` lists people and all there is of one, `sayings` what
they said.
"""
