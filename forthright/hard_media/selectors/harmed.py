"""Which files were found damaged while they were kept, and how they came to be whole again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.hard_media.models import Damage, SentFile
from forthright.hard_media.selectors.disc_moves import Step

FILE_DAMAGED = "file.damaged"
DAMAGE_FOUND, DAMAGE_MENDED = "damage.found", "damage.mended"
# With one of these, at the very moment of its mending, the same file was sent once more.
SENT_ONCE_MORE = ("file.kept", "file.refused")


@dataclass(frozen=True, slots=True)
class Harm:
    """That what is kept of a file was found damaged, and that it is whole again.

    :param found: what was found, when, and by whom
    :param mended: how it became whole, when, and by whom; none where it was seen to be only when
        the file was read next
    """

    found: Step
    mended: Step | None

    @property
    def steps(self) -> list[Step]:
        """Return both as steps of the recording."""
        return [self.found, self.mended] if self.mended else [self.found]


def harms_of(files: Sequence[SentFile]) -> dict[int, list[Harm]]:
    """Return by the file what is known of its being damaged since it was kept."""
    rows = Damage.objects.filter(sha256__in={each.sha256 for each in files})
    of_digest: defaultdict[str, list[Damage]] = defaultdict(list)
    for each in rows.order_by("found_at", "pk"):
        of_digest[each.sha256].append(each)
    by_whom = _by_whom([each for rows in of_digest.values() for each in rows])
    once_more = _sent_once_more(
        {each.mended_at for rows in of_digest.values() for each in rows if each.mended_at}
    )
    known = _noted_by_files(files)
    found: dict[int, list[Harm]] = {}
    for file in files:
        # One from before it was kept was that of another file of the same bytes.
        since = [each for each in of_digest[file.sha256]
                 if file.kept_at and each.found_at >= file.kept_at]  # fmt: skip
        harms = [_told(file, each, by_whom, is_sent=each.mended_at in once_more) for each in since]
        harms += [
            Harm(_found(file, event.detail["found"], event.at, event.by, f"event/{event.pk}"), None)
            for event in known[file.pk]
            if event.detail.get("sha256") == file.sha256
            and not any(_is_told_by(each, event.at) for each in since)
        ]
        if harms:
            found[file.pk] = sorted(harms, key=lambda harm: harm.found.at)
    return found


def _told(
    file: SentFile, damage: Damage, by_whom: dict[tuple[str, int], User | None], *, is_sent: bool
) -> Harm:
    key = f"{file.pk}/{damage.pk}"
    who = by_whom.get((DAMAGE_FOUND, damage.pk))
    found = _found(file, damage.found, damage.found_at, who, f"damage/{key}")
    if damage.mended_at is None:
        return Harm(found, None)
    how = "put back, as the same file was sent once more" if is_sent else "read again and whole"
    words = f"what is kept of {file.file_name} {how}: its SHA-256 was the same as when it came"
    who = by_whom.get((DAMAGE_MENDED, damage.pk))
    return Harm(found, Step(words, damage.mended_at, who, f"mended/{key}"))


def _found(file: SentFile, what: str, at: datetime, who: User | None, key: str) -> Step:
    return Step(f"what is kept of {file.file_name} found damaged: {what}", at, who, key)


def _is_told_by(damage: Damage, at: datetime) -> bool:
    """Say whether a damage was known at a moment at which a file was found damaged."""
    return damage.found_at <= at and (damage.mended_at is None or at <= damage.mended_at)


def _noted_by_files(files: Sequence[SentFile]) -> defaultdict[int, list[Event]]:
    """Return when files were found damaged by whoever took them out, also before that was kept."""
    found: defaultdict[int, list[Event]] = defaultdict(list)
    events = Event.objects.filter(
        subject_kind=SentFile._meta.label,
        subject_id__in=[str(each.pk) for each in files],
        name=FILE_DAMAGED,
    )
    for each in events.select_related("by").order_by("sequence"):
        found[int(each.subject_id)].append(each)
    return found


def _by_whom(damages: Sequence[Damage]) -> dict[tuple[str, int], User | None]:
    events = Event.objects.filter(
        subject_kind=Damage._meta.label,
        subject_id__in=[str(each.pk) for each in damages],
        name__in=[DAMAGE_FOUND, DAMAGE_MENDED],
    )
    return {(each.name, int(each.subject_id)): each.by for each in events.select_related("by")}


def _sent_once_more(mended: set[datetime]) -> set[datetime]:
    """Return at which of the moments of mending a file was sent."""
    if not mended:
        return set()
    events = Event.objects.filter(
        subject_kind=SentFile._meta.label, name__in=SENT_ONCE_MORE, at__in=mended
    )
    return set(events.values_list("at", flat=True))
