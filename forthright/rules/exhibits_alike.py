"""When two mentions of a form without a reference are one recording, and when they are two.

An ABE interview or a 999 call is somebody's: the names and days beside two of them tell them apart.
Of cameras they tell what is seen, so two lines about CCTV are no two recordings: a person looks at
the second. Where each lists a camera, with another number or at another place, they are two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from forthright.rules.cameras_beside import NO_CAMERA, Camera
from forthright.rules.exhibits import exhibit_key

LONGEST_REFERENCE = 40  # letters
OF_SOMEBODY = {"ABE", "CALL_999", "INTERVIEW", "PHONE"}
# How many of one kind are told apart, and how many lines are named besides.
MOST_ALIKE, MOST_LINES = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExhibit:
    """One exhibit or recording that a form names.

    `reference` is what it would be called in a register; where the form gives none, what it is.
    `kind` is that of a recording, "OTHER" where only a person can say. `words` are those in which
    it was named. `told_of` are the names and numbers beside one without a reference, `camera` is
    which one it lists, and `like` says which other it may be: a second "ABE interview" of which
    something else is told.
    """

    reference: str
    kind: str
    words: str
    has_reference: bool = True
    looks_recorded: bool = True
    told_of: frozenset[str] = frozenset()
    camera: Camera = NO_CAMERA
    like: str = ""
    doubted: bool = False

    @property
    def key(self) -> str:
        """Return the form in which it is compared."""
        return exhibit_key(self.reference)

    @property
    def how_sure(self) -> int:
        """Return how sure it is that it is a recording."""
        return self.looks_recorded * (1 if self.doubted else 2)


class Alike:
    """What a form names, with what was named before in the same words."""

    def __init__(self, known: Iterable[NamedExhibit]) -> None:
        """Begin with what a register has."""
        self._others = {each.key: each for each in known}
        self._found: dict[str, NamedExhibit] = {}
        # Lines that name what was named before, and tell of somebody or somewhere else.
        self.passed_over: list[str] = []

    def add(self, named: NamedExhibit) -> None:
        """Take in one more; what looks like a recording stands for what was named before."""
        each = named if named.has_reference else self._told_apart(named)
        before = self._found.get(each.key)
        if before is None or each.how_sure > before.how_sure:
            self._found[each.key] = each
        self._others.setdefault(each.key, each)

    def found(self) -> tuple[NamedExhibit, ...]:
        """Return them in their order, without the general word for another: "the CCTV"."""
        kept = []
        closer_by_words = self._by_first_words()
        for each in self._found.values():
            closer = _said_closer(each, closer_by_words)
            if closer is None:
                kept.append(each)
            elif not _may_be_one(each, closer):
                if _is_another(each, closer):
                    kept.append(replace(each, like=each.like or closer.reference))
                else:
                    self._pass_over(each)
        return tuple(kept)

    def _by_first_words(self) -> dict[tuple[str, str], list[NamedExhibit]]:
        """Return those without a reference by their kind and each of the words they begin with."""
        found: dict[tuple[str, str], list[NamedExhibit]] = {}
        for each in self._found.values():
            words = "" if each.has_reference else each.reference.lower()
            for blank in re.finditer(" ", words):
                found.setdefault((each.kind, words[: blank.start()]), []).append(each)
        return found

    def _told_apart(self, named: NamedExhibit) -> NamedExhibit:
        """Return it as one of the others, or as one more of them."""
        called, nth = named, 1
        while (other := self._others.get(called.key)) is not None:
            if _may_be_one(named, other):
                if named.camera.may_be_another(other.camera):
                    self._pass_over(named)
                told = other.told_of | named.told_of
                camera = other.camera.with_more(named.camera)
                self._others[called.key] = replace(other, told_of=told, camera=camera)
                return called
            if not _is_another(named, other) or nth == MOST_ALIKE:
                self._pass_over(named)
                return called
            nth += 1
            short = named.reference[: LONGEST_REFERENCE - 5].strip()
            called = replace(named, reference=f"{short} ({nth})", like=named.reference)
        return called

    def _pass_over(self, named: NamedExhibit) -> None:
        if len(self.passed_over) < MOST_LINES and named.words not in self.passed_over:
            self.passed_over.append(named.words)


def _said_closer(
    named: NamedExhibit, by_words: dict[tuple[str, str], list[NamedExhibit]]
) -> NamedExhibit | None:
    """Return what one without a reference may be only the general word for."""
    if named.has_reference:
        return None
    others = by_words.get((named.kind, named.reference.lower()), ())
    return next((each for each in others if each.like != named.reference), None)


def _may_be_one(one: NamedExhibit, other: NamedExhibit) -> bool:
    """Say whether two may be one: what is told of one is told of the other too."""
    if one.camera.is_another(other.camera):
        return False
    return one.told_of <= other.told_of or other.told_of <= one.told_of


def _is_another(one: NamedExhibit, other: NamedExhibit) -> bool:
    """Say of two that are not one whether the second is another recording, to be offered."""
    return one.kind in OF_SOMEBODY or one.camera.is_another(other.camera)
