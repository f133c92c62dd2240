"""What shares gave on a day of the past, where a file, a copy or a decision came since."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Max

from forthright.accounts.models import Area
from forthright.hard_media.models import SentFile, ShareContent, ShareRecord
from forthright.hard_media.selectors.gave import with_what_is_given
from forthright.hard_media.selectors.secrets import is_alike, secrets_of
from forthright.rules.media_facts import Gives, ShareFacts
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class KnownShare:
    """One share, and when it was recorded and taken back."""

    pk: int
    facts: ShareFacts
    recorded_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Then:
    """What shares gave by the end of days of the past, as far as that is another than now."""

    area: Area
    # The SHA-256 of all that was of sensitive recordings by the end of each day that was asked for.
    secrets: dict[date, set[str]] = field(default_factory=dict)
    # By recording and day: what each share gave, and whether it was shut.
    gave: dict[tuple[int, date], dict[int, tuple[Gives, bool]]] = field(default_factory=dict)

    def read(
        self, items: Mapping[int, int], held: Mapping[int, Sequence[date]], secret: set[str]
    ) -> None:
        """Read what the shares of recordings gave on the days on which their cases were heard.

        A day is asked about only where something came since: nearly always nothing did.

        :param items: recordings, each with its case
        :param held: by case, the days on which it was heard
        :param secret: the SHA-256 of all that is of sensitive recordings now
        """
        by_day: dict[date, set[int]] = defaultdict(set)
        for item, case in items.items():
            for day in held.get(case, ()):
                by_day[day].add(item)
        changed = _changed(list(items)) if by_day else {}
        copied = _of_copies(list(items)) if by_day else set()
        for day, of_day in by_day.items():
            end = clock.end_of(day)
            then = {pk for pk in of_day if pk in copied or changed.get(pk, end) > end}
            then |= _holding(of_day, secret ^ self._secrets_by(day, end, secret))
            if then:
                self._read_day(day, end, then)

    def as_of(self, item: int, day: date, shares: Sequence[KnownShare]) -> Sequence[KnownShare]:
        """Return the shares of a recording with what they gave by the end of a day."""
        if (gave := self.gave.get((item, day))) is None:
            return shares
        return [
            replace(
                each, facts=replace(each.facts, gives=gave[each.pk][0], is_shut=gave[each.pk][1])
            )
            if each.pk in gave
            else each
            for each in shares
        ]

    def _secrets_by(self, day: date, end: datetime, secret: set[str]) -> set[str]:
        if day not in self.secrets:
            # Once nothing is sensitive, nothing was that still counts as such.
            self.secrets[day] = secrets_of(self.area, end) if secret else set()
        return self.secrets[day]

    def _read_day(self, day: date, end: datetime, items: Collection[int]) -> None:
        for pk in items:
            self.gave[pk, day] = {}
        rows = ShareRecord.objects.filter(item__in=items, recorded_at__lt=end).order_by()
        given = with_what_is_given(rows, self.secrets[day], end)
        for pk, item, gives, is_shut in given.values_list("pk", "item_id", "gives", "is_shut"):
            self.gave[item, day][pk] = (Gives(gives), is_shut)


def _changed(items: Sequence[int]) -> dict[int, datetime]:
    """Return when a file of each recording was kept, or stood no more, last."""
    rows = SentFile.objects.filter(item__in=items, state=SentFile.State.KEPT).values("item")
    found: dict[int, datetime] = {}
    for item, kept, over in rows.annotate(
        kept=Max("kept_at"), over=Max("superseded_at")
    ).values_list("item", "kept", "over"):
        found[item] = max(each for each in (kept, over) if each is not None)
    return found


def _of_copies(items: Sequence[int]) -> set[int]:
    """Return the recordings of which a copy was shared: it may have been found otherwise since."""
    rows = ShareContent.objects.filter(share__item__in=items, copy__isnull=False)
    return set(rows.values_list("share__item", flat=True))


def _holding(items: Collection[int], digests: set[str]) -> set[int]:
    """Return the recordings of which a file, or what plays of it, is one of these."""
    if not digests:
        return set()
    rows = SentFile.objects.filter(is_alike(digests), item__in=items)
    return set(rows.values_list("item", flat=True))
