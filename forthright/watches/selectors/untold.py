"""Letters of authors that were marked while they were to be told of it: a watch waits for these."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission, reach_of
from forthright.audit.models import Event
from forthright.reviews.models import Review
from forthright.rules.recurrence import Untold
from forthright.schemes.models import Duty
from forthright.standards.models import Criterion
from forthright.standards.selectors.wordings import wordings_of
from forthright.watches.selectors.facts import Between, ToldOf, written_of

CLOSED, OPENED, CHANGED = "person.account_closed", "person.invited", "person.changed"
NAMED = "letter.drafter_named"


class _Marked(NamedTuple):
    """A finished marking of a letter, as it is looked up."""

    edition: int
    marker: int
    marked_at: datetime
    letter: int
    version: int
    duty: int
    drafter: int | None
    told_drafter: int | None
    told_at: datetime | None

    @property
    def author(self) -> int | None:
        """Return who was told of it, or is to be."""
        return self.told_drafter or self.drafter

    def told_before(self, until: datetime) -> datetime | None:
        """Return when it was told, where that was before a moment."""
        return self.told_at if self.told_at is not None and self.told_at < until else None


def untold_of(area: Area, told: Collection[ToldOf], when: Between) -> list[Untold]:
    """Return the times in which letters of those authors were marked and they were to be told.

    Whoever marked a letter alone tells its author. While the account of either is closed, or has a
    role that does not tell, or reads, feedback here, nobody can, so nothing waits for it. All of
    that goes by when it was done: what is done later changes no time that is over, and of what is
    done after the time that is asked for nothing is known.
    """
    people = {each.author_id for each in told}
    keys = {each.told.criterion for each in told}
    by_edition: dict[int, set[str]] = defaultdict(set)
    asked = {pk: each.key for pk, each in wordings_of(area).items() if each.key in keys}
    for pk, edition in Criterion.objects.filter(pk__in=asked).values_list("pk", "edition"):
        by_edition[edition].add(asked[pk])
    reviews = Review.objects.filter(
        Q(feedback__drafter__in=people) | Q(drawn_letter__duty__drafter__in=people),
        area=area, letter_version__isnull=False, edition__in=by_edition,
        marked_at__gte=when.since, marked_at__lt=when.until,
    )  # fmt: skip
    found: Iterable[tuple[Any, ...]] = reviews.order_by("pk").values_list(
        "edition", "marker", "marked_at", "letter_version__letter", "letter_version",
        "drawn_letter__duty", "drawn_letter__duty__drafter", "feedback__drafter",
        "feedback__told_at",
    )  # fmt: skip
    rows = [_Marked(*each) for each in found]
    written = written_of(reviews.values("letter_version"))
    of_person = _changes_of({each.marker for each in rows} | people, when)
    named = _named({each.duty for each in rows}, when)
    return [
        Untold(
            author=str(row.author), letter=str(row.letter), written_at=written[row.version],
            criteria=frozenset(by_edition[row.edition]), since=since, until=until,
        )
        for row in rows
        if row.author is not None
        for since, until in _times(
            max(row.marked_at, named.get((row.duty, row.author), row.marked_at)),
            row.told_before(when.until),
            told_by=_Able(of_person[row.marker], Permission.REVIEW_MARK, row.marked_at),
            read_by=_Able(of_person[row.author], Permission.FEEDBACK_ANSWER, when.since),
        )
    ]  # fmt: skip


class _Able(NamedTuple):
    """What was done about a person's account since a moment at which they could do a thing."""

    changes: Sequence[Event]
    permission: Permission
    since: datetime

    def at(self, at: datetime) -> bool:
        """Say whether they could do it at a moment."""
        has_account = has_role = True
        for each in self.changes:
            if not self.since <= each.at <= at:
                continue
            if each.name == CHANGED:
                has_role = reach_of(each.detail["role"], self.permission) is not None
            else:
                has_account = each.name == OPENED
        return has_account and has_role


def _times(
    since: datetime, told_at: datetime | None, *, told_by: _Able, read_by: _Able
) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when until when somebody could tell it, before it was told."""
    changes = {each.at for each in (*told_by.changes, *read_by.changes) if each.at > since}
    moments = sorted({since, *changes})
    for begun, next_one in zip(moments, [*moments[1:], None], strict=True):
        ended = min((each for each in (next_one, told_at) if each is not None), default=None)
        if told_by.at(begun) and read_by.at(begun) and (ended is None or begun < ended):
            yield begun, ended


def _changes_of(people: Collection[int], when: Between) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    events = Event.objects.filter(
        name__in=(CLOSED, OPENED, CHANGED), subject_kind=User._meta.label,
        subject_id__in=[str(each) for each in people], at__gte=when.since, at__lt=when.until,
    )  # fmt: skip
    for each in events.order_by("sequence"):
        found[int(each.subject_id)].append(each)
    return found


def _named(duties: Collection[int], when: Between) -> dict[tuple[int, int], datetime]:
    """Return when somebody was named last as who wrote a letter that named nobody."""
    events = Event.objects.filter(
        name=NAMED, subject_kind=Duty._meta.label, subject_id__in=[str(each) for each in duties],
        at__gte=when.since, at__lt=when.until,
    )  # fmt: skip
    return {
        (int(each.subject_id), each.detail["now"]): each.at for each in events.order_by("sequence")
    }
