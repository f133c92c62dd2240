"""The short forms of known given names, by a closed list: Liz for Elizabeth, Bob for Robert."""

from functools import cache
from importlib.resources import files

from forthright.anonymiser.plain_words import WORD, as_plain
from forthright.rules.letter_checks.name_words import is_also_word
from forthright.rules.letter_checks.spelling import dictionary, is_small_word


@cache
def _listed() -> dict[str, frozenset[str]]:
    """Return for each name its short forms, and for each short form the names it may stand for."""
    text = files("forthright.anonymiser").joinpath("data/short_names.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, set[str]] = {}
    for entry in "\n".join(lines).replace("\n  ", " ").splitlines():
        names, _, forms = entry.partition(":")
        for name in (as_plain(each) for each in names.replace(",", " ").split()):
            for form in forms.split():
                found.setdefault(name, set()).add(form)
                found.setdefault(form, set()).add(name)
    return {each: frozenset(others) for each, others in found.items()}


def short_forms(given: str) -> frozenset[str]:
    """Return what somebody of given names may be called besides, in small letters.

    From the short form it is the whole name: of a known “Liz” also “Elizabeth”.
    """
    names = {as_plain(each) for each in WORD.findall(given.replace("-", " "))}
    return frozenset(
        other for each in names for other in _listed().get(each, ()) if other not in names
    )


def is_word_too(form: str) -> bool:
    """Say whether English has a short form as a word: “will”, “rob”, “pat”, “sandy”."""
    return is_also_word(form) or (dictionary() is not None and is_small_word(form))
