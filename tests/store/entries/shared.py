"""The debriefs that the tests of entries start from, and the rules that most of them use."""

from store.entries import moment_rule, pattern_rule
from store.model import Felt
from tests.helpers.builders import debrief, with_moments

KILN = "Kiln and Process Workers' Union, Branch 40"

STRENGTHENED, COMPROMISED = Felt.STRENGTHENED, Felt.COMPROMISED

ROSTER = debrief("Ana", "Anabel", "Bo/Fund", "İpek/Fund")

MAPPED = with_moments(ROSTER, *"abcdefghijkl")

MOMENT = moment_rule(STRENGTHENED)

PATTERN = pattern_rule(1, COMPROMISED)
