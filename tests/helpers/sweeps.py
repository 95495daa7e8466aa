"""Cases of a parametrised test that only the sweeps try."""

from typing import Any

import pytest


def swept(*cases: Any) -> list[Any]:
    """Cases for `parametrize` that are left to the sweeps."""
    return [pytest.param(case, marks=pytest.mark.sweep) for case in cases]
