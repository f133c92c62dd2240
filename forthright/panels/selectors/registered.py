"""What the register of recordings and hearings knows of a case: who defends, when it is heard."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from forthright.anonymiser.known import KnownPerson, KnownWords
from forthright.anonymiser.plain_words import has_capital
from forthright.anonymiser.spans import Kind
from forthright.hard_media.models import (
    FormerAddress,
    Hearing,
    HearingMove,
    MediaItem,
    Representation,
)
from forthright.rules.letter_checks.spelling import common_words

SOLICITOR = "the defence solicitor"
WORD = re.compile(r"[^\W\d_]+")
HAS_BOTH = re.compile(r"(?=.*[A-Za-z])(?=.*\d)")


@dataclass
class RegisterReads:
    """What the register holds of some cases, by the number of each, read once for all."""

    cases: Collection[int]

    @cached_property
    def _firms(self) -> dict[int, list[tuple[str, str, str]]]:
        """Return firm, address and contact of everybody who defends in a case or did before."""
        now = Representation.everything.filter(defendant__case__in=self.cases)
        before = FormerAddress.objects.filter(representation__defendant__case__in=self.cases)
        return _by_case(
            [*now.values_list("defendant__case", "firm", "email", "contact"),
             *before.values_list("representation__defendant__case", "firm", "email", "contact")]
        )  # fmt: skip

    @cached_property
    def _exhibits(self) -> dict[int, list[tuple[str]]]:
        rows = MediaItem.objects.filter(case__in=self.cases).order_by("pk")
        return _by_case(rows.values_list("case", "exhibit"))

    @cached_property
    def _heard(self) -> dict[int, list[tuple[date | None, ...]]]:
        hearings = Hearing.objects.filter(case__in=self.cases).order_by("pk")
        moves = HearingMove.objects.filter(hearing__case__in=self.cases).order_by("pk")
        return _by_case(
            [*hearings.values_list("case", "on"),
             *moves.values_list("hearing__case", "old_on", "new_on")]
        )  # fmt: skip

    def defended_by(self, case: int) -> Iterator[KnownPerson]:
        """Yield the people at firms that defend in a case, now or before, by name.

        “Crime team” is nobody: it would be found wherever a letter speaks of a team.
        """
        for _, _, contact in self._firms[case]:
            given, _, family = contact.strip().rpartition(" ")
            if has_capital(family) and family.lower() not in common_words():
                yield KnownPerson(SOLICITOR, given, family)

    def known_by_register(self, case: int) -> Iterator[KnownWords]:
        """Yield firms that defend in a case, where they are written to, and exhibits' numbers."""
        for firm, email, _ in self._firms[case]:
            if any(word.lower() not in common_words() for word in WORD.findall(firm)):
                yield KnownWords(Kind.ORGANISATION, firm, "the firm of a defence solicitor")
            if email:
                yield KnownWords(Kind.EMAIL, email, "e-mail address")
        for (exhibit,) in self._exhibits[case]:
            if HAS_BOTH.match(exhibit):
                yield KnownWords(Kind.EXHIBIT, exhibit, "exhibit")

    def heard_on(self, case: int) -> Iterator[date]:
        """Yield the days on which a case is, was or was to be heard."""
        for days in self._heard[case]:
            yield from (day for day in days if day is not None)


def _by_case(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """Return rows, each without its first value, by that value: the number of their case."""
    found: dict[int, list[Any]] = defaultdict(list)
    for case, *said in rows:
        found[case].append(tuple(said))
    return found
