"""What earlier probes with a partner or its kind tell: by name, with denominators, and one case as one case."""

from datetime import date

import pytest

from store.debrief import EarlierProbe, GroupHistory
from store.probe.form_hints import what_happened

TODAY = date(2026, 11, 7)


def earlier(
    at: int, name: str = "Trust", kind: str = "NGO", gap: tuple[float, float] | None = (-1, 1), **more: object
) -> EarlierProbe:
    fields = {"debriefed": True, "gap": gap and {"autonomy": gap[0], "benefit": gap[1]}, **more}
    return EarlierProbe(f"p{at}", f"Probe {at}", "site", f"2026-{at:02}-01", ((name, kind),), **fields)  # type: ignore[arg-type]


def test_a_partner_of_whom_nothing_is_known() -> None:
    assert what_happened(GroupHistory(), "Trust", "NGO", TODAY) == ("No earlier probe with Trust.",)
    assert what_happened(GroupHistory(), "", "", TODAY) == ()


def test_one_case_is_called_one_case() -> None:
    assert what_happened(
        GroupHistory(probes=(earlier(3, red_lines={"held": 3, "strained": 1}),)), "trust", "ngo", TODAY
    ) == (
        "Earlier with trust: one probe.",
        "- Probe 3, 1 March 2026: −1 autonomy, +1 benefit, different people; red lines: 3 held, 1 strained",
        "This is a single case.",
    )


def test_others_of_its_kind_are_counted_with_a_denominator() -> None:
    past = GroupHistory(
        probes=(earlier(1), earlier(2, "Fund", gap=(0, 1)), earlier(3, "Fund", "party"), earlier(4, "Shelter"))
    )
    assert what_happened(past, "Trust", "NGO", TODAY)[2:] == (
        "This is a single case.",
        "Earlier with any “NGO”: 3 probes.",
        "- Probe 4, 1 April 2026: −1 autonomy, +1 benefit, different people",
        "- Probe 2, 1 February 2026: 0 autonomy, +1 benefit, different people",
        "2 of 3 landed with less autonomy than expected.",
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (earlier(1, gap=None), "debriefed, gap unknown"),
        (earlier(1, gap=None, debriefed=False), "not debriefed"),
        (earlier(1, gap=(0, 0)), "0 autonomy, 0 benefit, different people"),
    ],
)
def test_what_is_not_known_is_said(case: EarlierProbe, said: str) -> None:
    assert what_happened(GroupHistory(probes=(case,)), "Trust", "", TODAY)[1] == f"- Probe 1, 1 January 2026: {said}"


def test_what_lies_ahead_teaches_nothing_yet() -> None:
    assert what_happened(GroupHistory(probes=(earlier(12, gap=None, debriefed=False),)), "Trust", "", TODAY) == (
        "No earlier probe with Trust.",
    )


def test_the_newest_cases_are_told_and_all_are_counted() -> None:
    lines = what_happened(GroupHistory(probes=tuple(earlier(at) for at in range(1, 8))), "Trust", "NGO", TODAY)
    assert [line[:9] for line in lines if line.startswith("-")] == ["- Probe 7", "- Probe 6", "- Probe 5"]
    assert lines[-1] == "7 of 7 landed with less autonomy than expected."
