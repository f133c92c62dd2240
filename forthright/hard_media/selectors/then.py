"""What shares gave on a day of the past, and which files had come and been viewed by then."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from forthright.accounts.models import Area
from forthright.hard_media.models import SentFile, ShareContent, ShareRecord
from forthright.hard_media.selectors.gave import with_what_is_given
from forthright.hard_media.selectors.secrets import is_alike, secrets_of
from forthright.rules.media_facts import Classification, Gives, ShareFacts
from forthright.rules.media_history import Turn, asked_again_at, kind_of
from forthright.rules.media_reach import viewed_after
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class KnownShare:
    """One share, and when it was recorded and taken back."""

    pk: int
    facts: ShareFacts
    recorded_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """One file of a recording: when it was kept, first viewed, and stood for it no more."""

    kept_at: datetime
    viewed_at: datetime | None
    superseded_at: datetime | None

    @property
    def changed_at(self) -> datetime:
        """Return when it was kept, or stood no more."""
        return max(self.kept_at, self.superseded_at or self.kept_at)


@dataclass(frozen=True, slots=True)
class Then:
    """What shares gave by the end of days of the past, as far as that is another than now."""

    area: Area
    # The SHA-256 of all that was of sensitive recordings by the end of each day that was asked for.
    secrets: dict[date, set[str]] = field(default_factory=dict)
    # By recording and day: what each share gave, and whether it was shut.
    gave: dict[tuple[int, date], dict[int, tuple[Gives, bool]]] = field(default_factory=dict)
    # The files of each recording that ever stood for it, of those that were shared.
    files: defaultdict[int, list[KnownFile]] = field(default_factory=lambda: defaultdict(list))

    def read(
        self, items: Mapping[int, int], held: Mapping[int, Sequence[date]], secret: set[str]
    ) -> None:
        """Read what the shares of recordings gave on the days on which their cases were heard.

        A day is asked about only where something came since: nearly always nothing did.

        :param items: recordings that were shared, each with its case
        :param held: by case, the days on which it was heard
        :param secret: the SHA-256 of all that is of sensitive recordings now
        """
        self._read_files(items)
        by_day: dict[date, set[int]] = defaultdict(set)
        for item, case in items.items():
            for day in held.get(case, ()):
                by_day[day].add(item)
        copied = _of_copies(list(items)) if by_day else set()
        for day, of_day in by_day.items():
            end = clock.end_of(day)
            then = {pk for pk in of_day if pk in copied or self._has_changed(pk, end)}
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

    def _read_files(self, items: Collection[int]) -> None:
        rows = SentFile.objects.filter(item__in=list(items), state=SentFile.State.KEPT).order_by()
        for item, kept, viewed, over in rows.values_list(
            "item_id", "kept_at", "viewed_at", "superseded_at"
        ):
            if kept is not None:
                self.files[item].append(KnownFile(kept, viewed, over))

    def _has_changed(self, item: int, end: datetime) -> bool:
        return any(each.changed_at > end for each in self.files.get(item, ()))

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


def shares_by(
    shares: Sequence[KnownShare], files: Sequence[KnownFile], known: Sequence[Turn],
    end: datetime, *, beside: datetime | None = None,
) -> list[ShareFacts]:  # fmt: skip
    """Return what stood of some shares at a moment, after the steps made until then.

    :param files: those of the recording
    :param beside: the end of the day of a hearing; what was viewed only after it counts from then,
        whenever the share was recorded
    """
    if kind_of(known) is Classification.SENSITIVE:
        return []
    asked = asked_again_at(known)
    facts = []
    for each in shares:
        if asked is not None and each.recorded_at < asked:
            continue
        since = min(each.recorded_at, beside or each.recorded_at)
        viewed_on = viewed_after(files, since, end)
        revoked = each.revoked_at is not None and each.revoked_at < end
        is_other = revoked or viewed_on is not None
        # Nearly all are as they are, and there are many.
        facts.append(
            replace(each.facts, is_revoked=revoked, viewed_on=viewed_on) if is_other else each.facts
        )
    return facts


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
