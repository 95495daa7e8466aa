"""How fast Redraw is, as ratios to the minimum that the same libraries can do, measured in turns within one run.

`pytest -m benchmark -s` prints the tables. A benchmark never fails because a computer is slow, only if something did not run.
"""
