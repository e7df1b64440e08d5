"""Files shipped with Scholion: the model, fonts, icons, themes and the welcome article."""
