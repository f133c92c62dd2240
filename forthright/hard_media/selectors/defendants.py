"""Who represents each defendant now and at a hearing to come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, prefetch_related_objects

from forthright.cases.models import Defendant
from forthright.hard_media.models import CaseEnd, Hearing, Representation
from forthright.hard_media.selectors.ended import said_to_end, with_end
from forthright.rules.media_ended import is_out
from forthright.rules.media_facts import DefendantFacts
from forthright.rules.media_parties import present_on


@dataclass(frozen=True)
class Represented:
    """Who represents a defendant now, and who will on the day of a hearing to come."""

    now: Representation | None
    at_hearing: Representation | None
    # Who has the case with no end known: one of the two, or somebody only after the hearing.
    last: Representation | None = None
    # Whoever had the case before the one of the hearing.
    former: tuple[Representation, ...] = ()

    @property
    def taking_over(self) -> Representation | None:
        """Return who takes the case between now and the hearing."""
        return self.at_hearing if self.at_hearing != self.now else None


@dataclass(frozen=True)
class DefendantLine:
    """A defendant and who represents them."""

    defendant: Defendant
    firm: Representation | None
    # Who takes the case over before the hearing.
    coming: Representation | None = None
    # Who takes it over only after the hearing, so that nothing is owed to them at it.
    later: Representation | None = None
    # That the case ended for them, as it stands, and what was said of it and taken back.
    ended: CaseEnd | None = None
    taken_back: tuple[CaseEnd, ...] = ()
    # Who had the case before, the last first.
    former: tuple[Representation, ...] = ()

    @property
    def firms(self) -> list[Representation]:
        """Return each of them that there is."""
        return [each for each in (self.firm, self.coming, self.later) if each is not None]


def represented_at_hearing(hearings: Sequence[Hearing], today: date) -> dict[int, Represented]:
    """Return who represents each defendant now and at the hearing, by the defendant."""
    days = {each.case_id: max(each.on or today, today) for each in hearings}
    firms: dict[tuple[int, int], list[Representation]] = {}
    rows = Representation.objects.filter(defendant__case__in=days)
    for each in rows.select_related("defendant"):
        firms.setdefault((each.defendant.case_id, each.defendant_id), []).append(each)
    return {
        defendant: Represented(
            present_on(theirs, today),
            at_hearing := present_on(theirs, days[case]),
            next((each for each in theirs if each.ends_on is None), None),
            _before(at_hearing, theirs),
        )
        for (case, defendant), theirs in firms.items()
    }


def _before(
    firm: Representation | None, theirs: Sequence[Representation]
) -> tuple[Representation, ...]:  # fmt: skip
    # Rows follow each other in the order in which they were kept.
    return tuple(each for each in theirs if firm is not None and each.pk < firm.pk)


def firm_key(representation_id: int) -> str:
    """Return the key of a firm for one defendant."""
    return f"firm {representation_id}"


def defendants_of(
    cases: Sequence[int],
    firms: Mapping[int, Represented],
    until: datetime | None = None,
    *,
    at_hearing: date | None = None,
) -> defaultdict[int, list[DefendantFacts]]:
    """Return the defendants of some cases with who represents each, by the case.

    :param until: only those that were there before this moment
    :param at_hearing: the day of a hearing that is over; whose case ended on it or later was a
        defendant at it, and whose ended before was not, whenever that was recorded
    """
    defendants = defaultdict(list)
    rows = Defendant.objects.filter(case__in=cases)
    if until is not None:
        # Of one whose day nobody kept it is not known that it came later.
        rows = rows.filter(Q(added_at=None) | Q(added_at__lt=until))
    said = said_to_end(cases) if at_hearing is None else {}
    for each in with_end(rows).order_by("pk"):
        ended_on: date | None = each.ended_on
        if at_hearing is not None and not is_out(ended_on, at_hearing):
            ended_on = None
        facts = _defendant_facts(each, firms.get(each.pk))
        words = said[each.pk].told(each) if each.pk in said and ended_on is None else ""
        defendants[each.case_id].append(replace(facts, ended_on=ended_on, said_to_end=words))
    return defendants


def _defendant_facts(defendant: Defendant, known: Represented | None) -> DefendantFacts:
    firm = known.at_hearing if known is not None else None
    if known is None or firm is None:
        return DefendantFacts(name=str(defendant))
    return DefendantFacts(
        name=str(defendant),
        party=None if firm.is_unrepresented else firm_key(firm.pk),
        firm=firm.firm,
        is_unrepresented=firm.is_unrepresented,
        takes_over_on=firm.starts_on if known.taking_over else None,
        until_then=known.now.firm if known.now else "",
        former=tuple(firm_key(each.pk) for each in known.former),
    )


def defendant_lines(hearing: Hearing, today: date) -> list[DefendantLine]:
    """Return the defendants of a case with who represents each, as the page of the case has it."""
    known = represented_at_hearing([hearing], today)
    former: dict[int, list[Representation]] = defaultdict(list)
    over = Representation.objects.filter(defendant__case=hearing.case_id, ends_on__lte=today)
    for firm in over:
        former[firm.defendant_id].append(firm)
    defendants = Defendant.objects.filter(case=hearing.case_id).order_by("pk")
    ends: dict[int, list[CaseEnd]] = defaultdict(list)
    rows = CaseEnd.objects.filter(defendant__case=hearing.case_id)
    for end in rows.select_related("recorded_by", "undone_by"):
        ends[end.defendant_id].append(end)
    lines = []
    for each in defendants:
        firms, theirs = known.get(each.pk, Represented(None, None)), ends[each.pk]
        lines.append(
            DefendantLine(
                each, firms.now, firms.taking_over, _later(firms),
                next((end for end in theirs if end.undone_at is None), None),
                tuple(end for end in theirs if end.undone_at is not None),
                tuple(former[each.pk]),
            )
        )  # fmt: skip
    prefetch_related_objects(
        [firm for line in lines for firm in line.firms],
        "former_addresses__changed_by", "start_changes__changed_by",
    )  # fmt: skip
    return lines


def _later(known: Represented) -> Representation | None:
    return known.last if known.last not in (known.now, known.at_hearing) else None
