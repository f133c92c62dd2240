"""Raises a finding once for a fault, and keeps who puts it right and how it ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration import policies
from forthright.calibration.models import SystemicFinding
from forthright.calibration.selectors import findings as selectors
from forthright.peer_checks.selectors.parts import reasons_cleared
from forthright.reviews.models import Review
from forthright.rules.systemic import MarkedLetter, systemic_findings
from forthright.rules.systemic import SystemicFinding as Found
from forthright.rules.wordings import Wording
from forthright.rules.written import reason_in
from forthright.standards.models import Criterion
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.selectors.wordings import wordings_of
from forthright.web import clock

State = SystemicFinding.State


class FindingRefused(ValueError):
    """A finding that is taken on or closed without saying how."""


@transaction.atomic
def raise_findings(area: Area, *, by: User | None, at: datetime) -> list[SystemicFinding]:
    """Look for faults that come again in the marks of the last weeks, and raise what is new.

    A fault whose finding is not closed is not raised again; one that was closed is, by letters
    marked after that.

    :raises NotAllowed: if this person puts no faults right
    """
    if by is not None:
        policies.check_can_look_for_findings(by)
    Area.objects.select_for_update().get(pk=area.pk)
    numbers = marking_numbers_of(area, clock.day_of(at))
    since = selectors.first_day(at, numbers["systemic_weeks"])
    reviews = selectors.letters_looked_at(area, since=since, until=at)
    fewest = numbers["systemic_letters"]
    asked = wordings_of(area)
    standing, closed = _earlier(area, asked)
    cleared = reasons_cleared([each.pk for each in reviews.values()])
    letters = {pk: selectors.as_marked(each, asked, cleared) for pk, each in reviews.items()}
    made = []
    for found in systemic_findings([*letters.values()], fewest=fewest):
        fault = (found.criterion, found.block)
        looked_at = _marked_after(closed[fault], reviews) if fault in closed else reviews
        again = [letters[each] for each in looked_at]
        new = _same_fault(found, again, fewest) if fault in closed else found
        if fault in standing or new is None:
            continue
        made.append(_keep(new, looked_at, asked, numbers.version, at))
        audit.record("finding.raised", made[-1], by=by, at=at, criterion=new.criterion,
                     block=new.block, failed=new.failed.met, of=new.failed.n,
                     chance=new.chance)  # fmt: skip
    return made


@transaction.atomic
def take_finding(finding: SystemicFinding, *, plan: str, by: User, at: datetime) -> None:
    """Take a finding on, or over from somebody who has left, saying what is done about it.

    :raises NotAllowed: if somebody has it, it is closed, or this person puts no faults right
    :raises FindingRefused: if nothing is said
    """
    finding = SystemicFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    policies.check_can_take(by, finding)
    if not (said := reason_in(plan)):
        raise FindingRefused("Say what you are going to do about it.")
    was = finding.owner
    if was is not None:
        said += f"\n\nTaken over from {was}, who had planned: {finding.plan}"
    finding.state, finding.owner, finding.taken_at = State.MENDING, by, at
    finding.plan = said
    finding.save(update_fields=["state", "owner", "taken_at", "plan"])
    audit.record("finding.taken", finding, by=by, at=at, was=was.pk if was else None)


@transaction.atomic
def close_finding(finding: SystemicFinding, *, reason: str, by: User, at: datetime) -> None:
    """Close a finding with what came of it.

    :raises NotAllowed: if somebody else has it, it is closed, or this person puts no faults right
    :raises FindingRefused: if nothing is said
    """
    finding = SystemicFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    policies.check_can_close_finding(by, finding)
    if not (said := reason_in(reason)):
        raise FindingRefused("Say what was changed, or why nothing needs to be.")
    finding.state, finding.closed_at, finding.closed_by = State.CLOSED, at, by
    finding.closed_because = said
    finding.save(update_fields=["state", "closed_at", "closed_by", "closed_because"])
    audit.record("finding.closed", finding, by=by, at=at)


@transaction.atomic
def see_finding(
    finding: SystemicFinding, letters: Collection[Review], *, by: User, at: datetime
) -> None:
    """Record that somebody saw a finding and the numbers of these of its letters."""
    audit.record("finding.seen", finding, by=by, at=at, reviews=[each.pk for each in letters])


def _marked_after(ended: datetime, reviews: Mapping[str, Review]) -> dict[str, Review]:
    return {
        pk: each
        for pk, each in reviews.items()
        if each.marked_at is not None and each.marked_at > ended
    }


def _same_fault(fault: Found, letters: Sequence[MarkedLetter], fewest: int) -> Found | None:
    """Return a fault as it shows in these letters, if it does."""
    same = (fault.criterion, fault.block)
    found = systemic_findings(letters, fewest=fewest)
    return next((each for each in found if (each.criterion, each.block) == same), None)


def _earlier(
    area: Area, asked: Mapping[int, Wording]
) -> tuple[set[tuple[str, str]], dict[tuple[str, str], datetime]]:
    """Return the faults whose findings stand, and when each closed one was closed last."""
    standing, closed = set(), {}
    rows = SystemicFinding.objects.filter(area=area).order_by("closed_at")
    for criterion, block, ended in rows.values_list("criterion", "block", "closed_at"):
        name = asked[criterion].name
        if ended is None:
            standing.add((name, block))
        else:
            closed[name, block] = ended
    return standing, closed


def _keep(
    found: Found, reviews: Mapping[str, Review], asked: Mapping[int, Wording], numbers: str,
    at: datetime,
) -> SystemicFinding:  # fmt: skip
    """Keep what was found in these letters, of which it says the first and last day of marking."""
    alike = [pk for pk, each in asked.items() if each.name == found.criterion]
    newest = max((reviews[each].edition for each in found.letters), key=lambda e: e.number)
    days = [clock.day_of(each.marked_at) for each in reviews.values() if each.marked_at]
    finding = SystemicFinding.objects.create(
        area_id=newest.area_id, criterion=Criterion.objects.get(edition=newest, pk__in=alike),
        block=found.block, remedy=found.remedy.value, failed=found.failed.met, of=found.failed.n,
        authors=found.authors, chance=found.chance, words=found.words, marked_from=min(days),
        marked_until=max(days), numbers=numbers, found_at=at,
    )  # fmt: skip
    finding.reviews.set([reviews[each] for each in found.letters])
    return finding
