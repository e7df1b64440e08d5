"""The recipe of the shipped model: from the corpora to `resources/model`. Never imported by the program."""
