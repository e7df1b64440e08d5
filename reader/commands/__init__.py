"""The commands: what each is asked for, does and prints, without a window. `reader.cli` calls them."""
