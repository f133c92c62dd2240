"""Who opened a letter of a pack on the screen, so that a leak can be judged by who saw it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit.models import Event
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, Release, Seat

BY_A_MEMBER, TO_READ_OUT = "pack.letter_opened", "panel.letter_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Who opened the words of one release of a letter, each with the first moment, and who not.

    `read_out` is who opened it for the talk of the meeting.
    """

    letter: PackLetter
    release: Release
    by: list[tuple[User, datetime]]
    not_by: list[User]
    read_out: list[tuple[User, datetime]]


def opened_of_withdrawn(meeting: Meeting) -> list[Opened]:
    """Return who opened the letters of a pack that were withdrawn since it was opened."""
    if meeting.opened_at is None:
        return []
    letters = {each.duty_id: each for each in meeting.letters.filter(left_out_because="")}
    rows = Release.objects.filter(letter__duty__in=letters, withdrawn_at__gte=meeting.opened_at)
    found = [
        (letters[each.letter.duty_id], each)
        for each in rows.select_related("letter").order_by("pk")
    ]
    return sorted(_opened(meeting, found), key=lambda each: each.letter.position)


def opened_of_letter(user: User, letter: AnonymisedLetter) -> list[Opened]:
    """Return to who keeps the panel who opened a letter, for each release that a pack held."""
    if not has_permission(user, Permission.PANEL_KEEP) or user.area_id != letter.area_id:
        return []
    lines = PackLetter.objects.filter(
        duty=letter.duty_id, left_out_because="", meeting__opened_at__isnull=False
    ).select_related("meeting")
    releases = list(Release.objects.filter(letter__duty=letter.duty_id).order_by("pk"))
    return [
        each
        for line in lines.order_by("meeting__opened_at")
        for each in _opened(
            line.meeting,
            [(line, release) for release in releases if _is_of_pack(release, line.meeting)],
        )
    ]


def _is_of_pack(release: Release, meeting: Meeting) -> bool:
    """Say whether a release stood at any moment since a pack was opened."""
    gone = release.withdrawn_at
    return meeting.opened_at is not None and (gone is None or gone >= meeting.opened_at)


def _opened(meeting: Meeting, wanted: Sequence[tuple[PackLetter, Release]]) -> list[Opened]:
    if not wanted:
        return []
    seats = list(meeting.seats.select_related("member").order_by("number"))
    by_members = _events(Seat._meta.label, [str(each.pk) for each in seats], BY_A_MEMBER)
    for_talk = _events(Meeting._meta.label, [str(meeting.pk)], TO_READ_OUT)
    found = []
    for letter, release in wanted:
        by = _first(by_members, letter, release)
        opened = {person.pk for person, _ in by}
        not_by = [each.member for each in seats if each.member_id not in opened]
        found.append(
            Opened(
                letter=letter, release=release, by=by, not_by=not_by,
                read_out=_first(for_talk, letter, release),
            )
        )  # fmt: skip
    return found


def _events(kind: str, subjects: Sequence[str], name: str) -> list[Event]:
    rows = Event.objects.filter(subject_kind=kind, subject_id__in=subjects, name=name)
    return list(rows.select_related("by").order_by("sequence"))


def _first(
    events: Iterable[Event], letter: PackLetter, release: Release
) -> list[tuple[User, datetime]]:
    """Return who opened a letter while a release stood, each with the first moment."""
    begin, end = release.released_at, release.withdrawn_at
    found: dict[int, tuple[User, datetime]] = {}
    for each in events:
        is_then = (begin is None or each.at >= begin) and (end is None or each.at <= end)
        if each.by is not None and is_then and each.detail.get("letter") == letter.pk:
            found.setdefault(each.by.pk, (each.by, each.at))
    return list(found.values())
