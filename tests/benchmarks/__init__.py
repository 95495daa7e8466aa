"""How fast Redraw is, as ratios to the least that the same libraries can do, measured in turns in one run.

`pytest -m benchmark -s` prints the tables. Nothing here fails because a computer is slow; it fails where something did not run.
"""
