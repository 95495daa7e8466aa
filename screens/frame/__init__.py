"""What all screens share: the plan of keys, the footer, the help, the banner, the clock face, questions."""
