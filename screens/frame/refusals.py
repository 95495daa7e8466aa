"""How a refusal reads in the terminal: its sentence, and the key or the words that help."""

from collections.abc import Iterable, Mapping

from screens.frame import keys
from screens.widgets.entry_field import Refusal, Refusals
from store.refused import Refused, Remedy

REMEDIES: Mapping[Remedy, str] = {
    "go on": f"{keys.NEXT.key_name} goes on to the next phase",
    "go on to the choice": f"{keys.NEXT.key_name} goes on to the choice",
    "go back": f"{keys.BACK.key_name} goes back",
    "go back to the opening": f"{keys.BACK.key_name} goes back to the opening, where names are entered",
    "go back to the proposals": f"{keys.BACK.key_name} goes back to enter them",
    "go back and reveal": f"{keys.BACK.key_name} goes back, and {keys.ACT.key_name} reveals them there",
    "seal": f"{keys.ACT.key_name} seals the session",
    "open a second round": f"{keys.ACT.key_name} opens a second round",
    "reword it": "Up brings its words back",
    "take off the mark": f"{keys.LOOK_BACK.key_name} takes the mark off first",
    "ask somebody": "Tab changes to “asked”, where names are entered",
    "write a principle": "Tab changes to “principle”",
    "write the first principle": "type a principle and press Enter",
    "consent": "Tab goes on to the consents",
    "take somebody out": "“-name” takes somebody out",
    "place a ballot": "type a name and two numbers, as in “Ana 3 7”",
    "take back a ballot": "“-name” takes a ballot back",
    "replace a ballot": "Enter once more replaces it, Escape leaves it as it was",
    "write a moment": "type “+ what happened” or “- what happened”",
    "write a pattern": "type it, then # and the moments it rests on, as in “- the form decides # 3 8”",
    "name the evidence": "end the line with # and moments (“# 3 8”) or paper maps (“# p2”)",
    "count paper maps": "“# p3” stands for three of them",
    "name the group": "begin the line with the group, as in “2- the form decides # 3 8”",
    "write a position": "“@Ruth it is their canvass by Sunday”",
    "write an observation": "“f: they speak for us at the gate”",
    "count a feeling": "“tired”, or “tired 3” for three people",
    "name a proposal": "“A it tests both”",
    "give a reason": "type it after the letter, as in “B it tests both”",
    "choose none": "“none we need another evening”",
}
"""What to press or type, for each remedy; none ends in a full stop."""


def with_remedy(why: Exception) -> str:
    """The sentence of a refusal, with the key or the words that help; of any other error its own sentence."""
    return _helped(str(why), why)


def in_public(why: Exception) -> str:
    """The same as far as the hall may read it; empty if it may read nothing of it."""
    return _helped(why.in_public, why) if isinstance(why, Refused) and why.in_public else ""


def _helped(sentence: str, why: Exception) -> str:
    if not isinstance(why, Refused) or why.remedy is None:
        return sentence
    help = REMEDIES[why.remedy]
    if ":" in sentence:  # one colon in a sentence is enough
        return f"{sentence} {help[0].upper()}{help[1:]}."
    return f"{sentence.removesuffix('.')}: {help}."


def with_remedies(refused: Iterable[tuple[str, Exception]]) -> Refusals:
    """The same for each line that was refused."""
    return tuple(Refusal(line, with_remedy(why), in_public(why)) for line, why in refused)
