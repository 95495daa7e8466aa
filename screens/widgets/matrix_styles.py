"""The colours of the matrix's signs: the same in the chart and in the words beside it."""

from store.matrix import chart, sheet
from store.matrix.plot import LINES

ORGANISATION = "bold $primary"
"""The style of an organisation's mark and letter, in the chart and in front of its name."""

STYLES = {
    **dict.fromkeys((chart.EXPECTED, chart.EXPECTED_MORE), "bold $secondary"),
    **dict.fromkeys((chart.ACTUAL, chart.ACTUAL_MORE), "bold $accent"),
    **dict.fromkeys((*chart.HEADS.values(), *LINES), "bold $secondary"),
    **dict.fromkeys((chart.ACROSS, *chart.ENDS, chart.UP), "$accent"),
    **dict.fromkeys((sheet.BESIDE, sheet.BELOW, sheet.CROSSING, chart.WAY), "dim"),
    chart.ORGANISATION: ORGANISATION,
}
"""The style of each sign; those that aren't here are bold."""
