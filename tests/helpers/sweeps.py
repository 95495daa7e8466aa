"""Cases of a parametrised test that only the sweeps try."""

from typing import Any

import pytest


def swept(*cases: Any) -> list[Any]:
    """Cases for `parametrize` that are left to the sweeps; one of several arguments is a list."""
    return [pytest.param(*(case if isinstance(case, list) else [case]), marks=pytest.mark.sweep) for case in cases]
