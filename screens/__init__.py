"""The screens of Redraw. A phase's screen is the module of its name, imported when it is first shown."""
