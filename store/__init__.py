"""The model, the rules, the statistics and the archive of Redraw; nothing here knows a screen."""
