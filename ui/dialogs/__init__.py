"""What comes and goes: the note editor, the palette, messages, sheets."""
