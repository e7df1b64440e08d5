"""The core of Scholion: reading, analysing, anchoring, keeping and reporting. Never imports Qt."""
