"""The meetings of an Area's panel, the doors to one, to a member's pack and to a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission
from forthright.panels.models import (
    AnonymisedLetter,
    Meeting,
    NotGiven,
    PackLetter,
    PanelFinding,
    Reading,
    Recognition,
    Release,
    Seat,
)
from forthright.panels.selectors.asked import questions_by_letter, that_say_something
from forthright.panels.selectors.letters import RELATED, text_stamp
from forthright.rules.panel_map import Square, squares_of
from forthright.rules.words import day_words
from forthright.web import clock

OVER = (Meeting.State.CLOSED, Meeting.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class PackLine:
    """A letter of a pack with how far it has come."""

    letter: PackLetter
    anonymised: AnonymisedLetter | None

    @property
    def is_ready(self) -> bool:
        """Say whether it may be read by the panel."""
        state = AnonymisedLetter.State.RELEASED
        return self.anonymised is not None and self.anonymised.state == state

    @property
    def is_left_out(self) -> bool:
        """Say whether it was left out, with a reason."""
        return bool(self.letter.left_out_because)


def meetings_of(user: User) -> "QuerySet[Meeting]":
    """Return the meetings of this person's Area that they may see, the newest first."""
    if not has_permission(user, Permission.PANEL_SEE):
        return Meeting.objects.none()
    rows = Meeting.objects.filter(area=user.area_id)
    if not has_permission(user, Permission.PANEL_KEEP):
        rows = rows.filter(state=Meeting.State.PUBLISHED)
    return rows.order_by("-starts_at", "-pk")


def meeting_for(user: User, meeting_id: int) -> Meeting:
    """Return one meeting that this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    rows = meetings_of(user).select_related("area", "edition", "planned_by")
    if (meeting := rows.filter(pk=meeting_id).first()) is None:
        raise Http404
    return meeting


def pack_lines(meeting: Meeting) -> list[PackLine]:
    """Return the letters of a meeting with what became of each."""
    return pack_lines_of_each([meeting])[meeting.pk]


def pack_lines_of_each(meetings: Sequence[Meeting]) -> dict[int, list[PackLine]]:
    """Return the same of each meeting, by its number; the database is asked alike often."""
    by_number = {each.pk: each for each in meetings}
    letters = PackLetter.objects.filter(meeting__in=by_number).order_by("position")
    drawn = list(letters.select_related("duty__case", "duty__unit"))
    rows = AnonymisedLetter.objects.filter(duty__in=[each.duty_id for each in drawn])
    # Of a letter taken twice, as it was first taken in other words, the newer one is read.
    rows = rows.order_by("taken_at", "pk")
    taken = {each.duty_id: each for each in rows.select_related(*RELATED)}
    found: dict[int, list[PackLine]] = {each: [] for each in by_number}
    for each in drawn:
        each.meeting = by_number[each.meeting_id]
        found[each.meeting_id].append(PackLine(each, taken.get(each.duty_id)))
    return found


def members_of_area(user: User) -> list[User]:
    """Return who can be invited."""
    rows = User.objects.filter(area=user.area_id, role=Role.PANEL_MEMBER, is_active=True)
    return list(rows.order_by("full_name"))


def seats_of(user: User) -> "QuerySet[Seat]":
    """Return the packs of one member that are theirs still, the newest first; no other is seen."""
    return _seats_given(user).filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()))


def _seats_given(user: User) -> "QuerySet[Seat]":
    if not has_permission(user, Permission.PANEL_READ):
        return Seat.objects.none()
    rows = Seat.objects.filter(member=user.pk, meeting__area=user.area_id)
    related = rows.select_related("meeting__area", "member", "typed_by")
    return related.order_by("-meeting__starts_at", "-pk")


def seat_for(user: User, seat_id: int) -> Seat:
    """Return one pack of this member.

    :raises Http404: if there is none, or it is somebody else's
    :raises NotAllowed: if their seat was ended
    """
    if (seat := _seats_given(user).filter(pk=seat_id).first()) is None:
        raise Http404
    check_seat_stands(seat, clock.today())
    return seat


def check_seat_stands(seat: Seat, day: date) -> None:
    """Refuse a member whose seat was ended: nothing of the meeting opens for them any more.

    :raises NotAllowed: with words for the member
    """
    if seat.ends_on is not None and seat.has_ended(day):
        raise NotAllowed(
            f"Your seat at this panel ended on {day_words(seat.ends_on)}, so its letters and "
            "everything else of it are closed to you. What you had handed in stays. If you think "
            "that this is wrong, ask whoever invited you."
        )


def seats_at(meeting: Meeting) -> "QuerySet[Seat]":
    """Return who reads for a meeting, each with whether they have answered anything."""
    answered = Exists(that_say_something(Reading.objects.filter(seat=OuterRef("pk"))))
    rows = meeting.seats.select_related("member", "typed_by", "ended_by")
    return rows.annotate(has_answered=answered)


def seat_kept(meeting: Meeting, number: int) -> Seat:
    """Return one member's seat at a meeting that somebody keeps.

    :raises Http404: if there is none
    """
    if (seat := seats_at(meeting).filter(number=number).first()) is None:
        raise Http404
    return seat


def number_of_seats_ended(meeting: Meeting) -> int:
    """Return how many seats had ended by the moment that the marks were closed, or until now."""
    until = meeting.closed_at or clock.now()
    return meeting.seats.filter(ends_on__lte=clock.day_of(until), ended_at__lte=until).count()


def pack_letter_for(seat: Seat, position: int) -> PackLetter:
    """Return one letter of a member's pack.

    :raises Http404: if there is none, or they are not given it
    """
    rows = seat.meeting.letters.filter(left_out_because="", position=position)
    rows = rows.exclude(pk__in=not_given_to(seat))
    if (letter := rows.select_related("duty").first()) is None:
        raise Http404
    return letter


def pack_letter_at(meeting: Meeting, position: int) -> PackLetter:
    """Return one letter of a meeting that somebody keeps.

    :raises Http404: if there is none, or it was left out
    """
    rows = meeting.letters.filter(left_out_because="", position=position)
    if (letter := rows.select_related("duty", "meeting").first()) is None:
        raise Http404
    return letter


def anonymised_of(letter: PackLetter) -> AnonymisedLetter | None:
    """Return the anonymised words of a letter of a pack."""
    rows = AnonymisedLetter.objects.filter(duty=letter.duty_id)
    return rows.select_related(*RELATED).first()


def letters_to_read(seat: Seat) -> list[tuple[PackLetter, Reading | None, bool]]:
    """Return the letters of a pack with what this member said, and whether each is gone for them.

    It is where it was withdrawn, or where they put it aside. What they said of a letter in other
    words than those taken last is no answer to it.
    """
    said = {each.letter_id: each for each in seat.readings.all()}
    aside = put_aside_by(seat)
    kept = not_given_to(seat)
    lines = [each for each in pack_lines(seat.meeting)
             if not each.is_left_out and each.letter.pk not in kept]  # fmt: skip
    return [
        (
            each.letter,
            _said_of_it(each, said.get(each.letter.pk)),
            not each.is_ready or each.letter.pk in aside,
        )
        for each in lines
    ]


def put_aside_by(seat: Seat) -> set[int]:
    """Return the numbers of the letters that a member put aside: they may know whom they are of."""
    return set(Recognition.objects.filter(seat=seat.pk).values_list("letter", flat=True))


def not_given_to(seat: Seat) -> set[int]:
    """Return the numbers of the letters of a pack that one member is not given."""
    rows = NotGiven.objects.filter(seat=seat.pk, given_at=None)
    return set(rows.values_list("letter", flat=True))


def _said_of_it(line: PackLine, reading: Reading | None) -> Reading | None:
    taken = line.anonymised
    if reading is None or taken is None:
        return reading
    is_of_other_words = taken.state == AnonymisedLetter.State.RELEASED and reading.sha256 not in {
        "",
        text_stamp(taken),
    }
    return None if is_of_other_words or reading.saved_at < taken.taken_at else reading


def meeting_before(meeting: Meeting) -> Meeting | None:
    """Return the meeting whose findings open this one."""
    rows = Meeting.objects.filter(area=meeting.area_id, state__in=OVER)
    return rows.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").first()


def findings_of(meeting: Meeting) -> list[PanelFinding]:
    """Return what the panel found, with who answers."""
    return list(meeting.findings.select_related("manager").order_by("number"))


def findings_to_answer(user: User) -> "QuerySet[PanelFinding]":
    """Return the findings given to this person, those without an answer first."""
    rows = PanelFinding.objects.filter(manager=user.pk, area=user.area_id)
    # Databases differ in where they put nothing.
    unanswered_first = F("replied_at").asc(nulls_first=True)
    return rows.select_related("meeting").order_by(unanswered_first, "reply_by", "pk")


def finding_for(user: User, finding_id: int) -> PanelFinding:
    """Return a finding that was given to this person.

    :raises Http404: if there is none, or it was given to somebody else
    """
    rows = findings_to_answer(user).select_related("meeting", "manager", "given_by")
    if (finding := rows.filter(pk=finding_id).first()) is None:
        raise Http404
    return finding


def finding_kept(user: User, finding_id: int) -> PanelFinding:
    """Return a finding of the panel that this person keeps.

    :raises Http404: if there is none, or it is hidden from them
    """
    rows = findings_unanswered(user, answered_too=True)
    if (finding := rows.filter(pk=finding_id).first()) is None:
        raise Http404
    return finding


def findings_unanswered(user: User, *, answered_too: bool = False) -> "QuerySet[PanelFinding]":
    """Return the findings of the panel that this person keeps and that wait for an answer."""
    if not has_permission(user, Permission.PANEL_KEEP):
        return PanelFinding.objects.none()
    rows = PanelFinding.objects.filter(area=user.area_id)
    if not answered_too:
        rows = rows.filter(replied_at=None)
    return rows.select_related("meeting__area", "manager").order_by("reply_by", "pk")


def managers_of_area(user: User) -> "QuerySet[User]":
    """Return the legal managers whom a finding can be given to."""
    rows = User.objects.filter(area=user.area_id, role=Role.LEGAL_MANAGER, is_active=True)
    return rows.order_by("full_name")


def readings_of(meeting: Meeting) -> list[Reading]:
    """Return what was said by those who handed in; before the marks are closed, nothing."""
    if meeting.state not in OVER:
        return []
    rows = readings_that_count([meeting]).select_related("letter", "seat")
    return list(rows.order_by("letter__position", "seat__number"))


def readings_that_count(meetings: Sequence[Meeting]) -> "QuerySet[Reading]":
    """Return what was answered whole by who handed in, about letters that could be read by then.

    What was answered of a letter in other words than those that stood when the marks were closed
    does not count, nor what was by a member who put it aside, who turned out to be no judge of it,
    or who did not answer every question.
    """
    return Reading.objects.filter(pk__in=readings_sorted(meetings).count)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was answered by who handed in, by number: counted, not finished, of other words."""

    count: list[int]
    unfinished: list[int]
    of_other_words: list[int]


def readings_sorted(meetings: Sequence[Meeting]) -> Sorted:
    """Sort what was answered into what counts and what does not, with why."""
    newest = AnonymisedLetter.objects.filter(
        duty=OuterRef("letter__duty"), taken_at__lte=OuterRef("letter__meeting__closed_at")
    ).order_by("-taken_at", "-pk")
    released = Release.objects.filter(
        letter__duty=OuterRef("letter__duty"),
        letter__taken_at__lte=OuterRef("letter__meeting__closed_at"),
        released_at__lte=OuterRef("letter__meeting__closed_at"),
    ).order_by("-released_at", "-pk")
    rows = Reading.objects.filter(
        seat__meeting__in=[each.pk for each in meetings], seat__handed_in_at__isnull=False,
        letter__left_out_because="",
    ).exclude(answers={})  # fmt: skip
    # Whoever may know whom a letter is about does not judge it by its words alone. What came out
    # once the marks were closed leaves them as they were laid side by side.
    theirs = {"seat": OuterRef("seat"), "letter": OuterRef("letter")}
    closed = OuterRef("letter__meeting__closed_at")
    aside = Recognition.objects.filter(**theirs, said_at__lte=closed)
    kept = NotGiven.objects.filter(**theirs, kept_at__lte=closed, given_at=None)
    rows = rows.filter(~Exists(aside), ~Exists(kept))
    rows = rows.annotate(
        stands=Subquery(newest.values("state")[:1]),
        gone=Subquery(newest.values("withdrawn_at")[:1]),
        taken=Subquery(newest.values("taken_at")[:1]),
        words=Subquery(released.values("sha256")[:1]),
    ).exclude(stands=AnonymisedLetter.State.WITHDRAWN, gone__lt=F("saved_at"))
    found = Sorted([], [], [])
    questions = _asked_at(meetings)
    # What is asked is read from the meetings at hand, so that their lists are not read again.
    said = rows.values_list("pk", "letter", "answers", "sha256", "saved_at", "words", "taken")
    for pk, letter, answers, sha256, saved_at, words, taken in said:
        if (sha256 and words and sha256 != words) or (taken is not None and saved_at < taken):
            found.of_other_words.append(pk)
        elif not questions[letter] <= answers.keys():
            found.unfinished.append(pk)
        else:
            found.count.append(pk)
    return found


def _asked_at(meetings: Sequence[Meeting]) -> dict[int, set[str]]:
    letters: dict[int, list[PackLetter]] = {each.pk: [] for each in meetings}
    for letter in PackLetter.objects.filter(meeting__in=letters):
        letters[letter.meeting_id].append(letter)
    return {
        letter: {key for key, _ in questions}
        for meeting in meetings
        for letter, questions in questions_by_letter(meeting, letters[meeting.pk]).items()
    }


def letters_read(meeting: Meeting, readings: Sequence[Reading]) -> list[PackLetter]:
    """Return the letters of a pack about which somebody handed in an answer."""
    answered = {each.letter_id for each in readings}
    kept = meeting.letters.filter(left_out_because="")
    return [each for each in kept.order_by("position") if each.pk in answered]


def disagreement_map(
    meeting: Meeting, readings: Sequence[Reading]
) -> dict[tuple[int, str], Square]:
    """Return what the members said for each letter and question that it was asked."""
    letters = list(meeting.letters.filter(left_out_because=""))
    by_letter = questions_by_letter(meeting, letters)
    asked = {(each.position, key) for each in letters for key, _ in by_letter[each.pk]}
    keys, places = [key for key, _ in meeting.questions], [each.position for each in letters]
    found = squares_of([(r.letter.position, r.answers) for r in readings], places, keys)
    return {place: square for place, square in found.items() if place in asked}


def run_list(user: User) -> list[Meeting]:
    """Return every meeting with how many letters, members and findings it had."""
    rows = meetings_of(user).annotate(
        members=Count("seats", distinct=True), found=Count("findings", distinct=True),
        in_pack=Count("letters", distinct=True, filter=Q(letters__left_out_because="")),
    )  # fmt: skip
    return list(rows)
