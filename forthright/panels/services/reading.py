"""What a member of the panel does: declares, reads letter by letter, answers, and hands in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.audit import services as audit
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, Reading, Seat
from forthright.panels.selectors.asked import (
    answers_offered,
    is_whole,
    questions_by_letter,
    questions_of,
    questions_words,
    unanswered,
)
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import (
    anonymised_of,
    letters_to_read,
    not_given_to,
    put_aside_by,
)
from forthright.panels.selectors.on_paper import asked_after_handing_in, printed_of
from forthright.panels.services.conflicting import keep_back
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.panels.services.opening import (
    check_is_answered,
    check_is_readable,
    check_may_promise,
    check_takes_answers,
)
from forthright.panels.services.releasing import still_clear
from forthright.rules.panel_questions import DECLARATION
from forthright.rules.words import count_words, list_words
from forthright.web.meanwhile import by_whom, check_unchanged


@transaction.atomic
def declare(seat: Seat, *, by: User, at: datetime) -> Seat:
    """Keep that a member has made the promise; no letter opens before.

    :raises NotAllowed: if it is somebody else's pack, their seat was ended, or no letter opens
        any more
    """
    seat = _held(seat, by)
    check_may_promise(seat, at)
    if seat.declared_at is None:
        seat.declared_at = at
        seat.save(update_fields=["declared_at"])
        audit.record("pack.declared", seat, by=by, at=at, promises=len(DECLARATION))
    return seat


def open_letter(
    seat: Seat, letter: PackLetter, *, by: User, at: datetime
) -> AnonymisedLetter | None:
    """Return the words of one letter, if the gate lets them through this minute, or nothing.

    Nor are they shown to a member who, as is known by now, may be somebody of its case.

    :raises NotAllowed: if the pack is not this person's, not declared for, or closed
    """
    seat = _own(seat, by)
    check_is_readable(seat, at)
    anonymised = anonymised_of(letter)
    keep_back(seat.meeting, seat=seat, only=letter, at=at)
    is_aside = letter.pk in put_aside_by(seat) | not_given_to(seat)
    if anonymised is None or is_aside or not still_clear(anonymised, at=at):
        return None
    _note_opened(seat, letter, by=by, at=at)
    return anonymised


@transaction.atomic
def _note_opened(seat: Seat, letter: PackLetter, *, by: User, at: datetime) -> None:
    audit.record("pack.letter_opened", seat, by=by, at=at, letter=letter.pk)


def stamp_of_reading(reading: Reading | None) -> str:
    """Return what is another once something else was kept of a letter; empty where nothing was."""
    if reading is None:
        return ""
    said = json.dumps([reading.answers, reading.remark], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Filled:
    """A page as a member sent it; ``opened`` is the stamp of what stood when they opened it.

    ``read`` is the stamp of the words of the letter that stood on it; None comes from no page.
    """

    answers: Mapping[str, str]
    remark: str
    opened: str
    read: str | None = None


@transaction.atomic
def keep_filled(
    seat: Seat, letter: PackLetter, filled: Filled, *, by: User, at: datetime
) -> Reading | None:
    """Keep what a member says of a letter, unless something else was kept of it meanwhile.

    Of two windows, or two who share an account, the second is shown what the first kept. Where
    nothing is said and nothing was, nothing is kept.

    :raises ChangedMeanwhile: with who kept it, and how to choose
    :raises NotAllowed: if the pack is not this person's, or closed
    :raises PanelRefused: as where nothing was kept meanwhile, or the words are others by now
    """
    seat = _held(seat, by)
    check_is_answered(seat, at)
    _check_own_answers(seat, letter)
    if filled.read not in {None, _check_is_asked(seat, letter)}:
        raise PanelRefused(
            f"What is hidden in letter {letter.position} was changed after you opened the page. "
            "Read it as it is now. Your answers are ticked still: keep or change them."
        )
    stands = next((said for each, said, _ in letters_to_read(seat) if each.pk == letter.pk), None)
    said = (dict(filled.answers), filled.remark)
    if stands is None or (stands.answers, stands.remark) != said:
        who = by_whom(seat, "pack.letter_answered")
        check_unchanged(filled.opened, stamp_of_reading(stands), who)
    return keep_reading(seat, letter, filled.answers, filled.remark, by=by, at=at)


@transaction.atomic
def keep_reading(
    seat: Seat, letter: PackLetter, answers: Mapping[str, str], remark: str, *, by: User,
    at: datetime,
) -> Reading | None:  # fmt: skip
    """Keep what a member says of a letter; nobody else sees it before the marks are closed.

    Of a letter that is asked of them after they handed in, it is handed in with its last answer.
    Whoever says nothing has not begun to answer, so that nothing is kept and nothing returned.

    :raises NotAllowed: if the pack is not this person's, or closed
    :raises PanelRefused: if it was handed in, the letter was withdrawn or left out, or an answer is
        none of those offered
    """
    seat = _held(seat, by)
    check_is_answered(seat, at)
    _check_own_answers(seat, letter)
    read = _check_is_asked(seat, letter)
    answers = answers_to(seat.meeting, letter, answers)
    stands = seat.readings.filter(letter=letter, sha256__in=["", read])
    if not answers and not remark and not stands.exists():
        return None
    kept, _ = Reading.objects.update_or_create(
        seat=seat, letter=letter,
        defaults={
            "answers": answers, "remark": remark, "sha256": read, "saved_at": at,
            "typed_over": None,
        },
    )  # fmt: skip
    audit.record("pack.letter_answered", seat, by=by, at=at, letter=letter.pk,
                 answered=len(answers), has_remark=bool(remark))  # fmt: skip
    return kept


@transaction.atomic
def hand_in(seat: Seat, *, by: User, at: datetime) -> Seat:
    """Hand in what a member said of all letters; from then on it stays.

    Whoever answered all in time does so until the marks are closed. Only what is released in other
    words, or given to them, after that is asked of them still.

    :raises NotAllowed: if the pack is not this person's, or the marks are closed
    :raises PanelRefused: if a letter is not answered for
    """
    seat = _held(seat, by)
    check_takes_answers(seat, at)
    _check_not_on_paper(seat)
    check_all_answered(seat)
    if seat.handed_in_at is None:
        seat.handed_in_at = at
        seat.save(update_fields=["handed_in_at"])
        audit.record("pack.handed_in", seat, by=by, at=at)
    return seat


def answers_to(meeting: Meeting, letter: PackLetter, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to what a letter is asked; to what it is not asked none is kept.

    :raises PanelRefused: if an answer is none of those offered to its question
    """
    asked = [key for key, _ in questions_of(meeting, letter) if key in answers]
    for key in asked:
        if answers[key] not in {value for value, _ in answers_offered(meeting, key)}:
            raise PanelRefused("Choose one of the answers that stand beside the question.")
    return {key: answers[key] for key in asked}


def check_all_answered(seat: Seat) -> None:
    """Refuse to hand in while a letter that was not withdrawn is not answered for.

    On paper nobody answers for a letter that is in none of their booklets.

    :raises PanelRefused: with how many letters and which
    """
    lines = letters_to_read(seat)
    letters = [letter for letter, _, _ in lines]
    asked = questions_by_letter(seat.meeting, letters)
    answered_for = {each.pk for each in letters}
    if seat.typed_by_id is not None:
        answered_for = printed_of(seat, letters)
    missing = {
        letter.position: questions_words(unanswered(seat.meeting, asked[letter.pk], reading))
        for letter, reading, is_withdrawn in lines
        if not is_withdrawn
        and letter.pk in answered_for
        and not is_whole(asked[letter.pk], reading)
    }
    if missing:
        verb = "has" if len(missing) == 1 else "have"
        named = list_words([str(each) for each in missing])
        which = "; ".join(f"letter {at}, {left}" for at, left in missing.items())
        raise PanelRefused(
            f"{count_words(len(missing), 'letter')} still {verb} a question without an answer "
            f"(number {named}). Not answered: {which}. “I cannot tell” is an answer too."
        )


def _check_is_asked(seat: Seat, letter: PackLetter) -> str:
    """Refuse an answer about a letter that nobody of this panel, or not this member, is shown.

    Return the stamp of its words.
    """
    if letter.pk in put_aside_by(seat):
        raise PanelRefused(
            f"You put letter {letter.position} aside, so nothing is asked about it any more and no "
            "answer to it is kept. Please go on with the next."
        )
    anonymised = anonymised_of(letter)
    is_kept = letter.pk in not_given_to(seat)
    if (
        anonymised is None
        or anonymised.state != AnonymisedLetter.State.RELEASED
        or letter.meeting_id != seat.meeting_id
        or letter.left_out_because
        or is_kept
    ):
        raise PanelRefused(
            f"Letter {letter.position} was withdrawn, so nothing is asked about it any more and "
            "no answer to it is kept. Please go on with the next."
        )
    return text_stamp(anonymised)


def _check_own_answers(seat: Seat, letter: PackLetter) -> None:
    _check_not_on_paper(seat)
    if seat.handed_in_at is not None and letter not in asked_after_handing_in(seat):
        raise PanelRefused("You have handed in, so your answers stay as they are.")


def _check_not_on_paper(seat: Seat) -> None:
    if seat.typed_by is not None:
        raise PanelRefused(
            f"What you wrote on paper was typed in for you by {seat.typed_by}, so nothing is "
            "answered here. If something of it is wrong, tell them before the meeting."
        )


@transaction.atomic
def note_pack_taken(seat: Seat, what: str, *, by: User, at: datetime) -> None:
    """Record that a pack was taken out as a file."""
    audit.record(f"pack.{what}_taken_out", seat, by=by, at=at, area=seat.meeting.area)


@transaction.atomic
def see_pack(seat: Seat, *, by: User, at: datetime) -> None:
    """Record that a member opened the page of one pack; when and where it meets stands there."""
    audit.record("pack.seen", seat, by=by, at=at)


@transaction.atomic
def see_packs(seats: list[Seat], *, by: User, at: datetime) -> None:
    """Record that a member looked at what they were given."""
    if seats:
        audit.record("packs.listed", by=by, at=at, seats=[each.pk for each in seats])


def _held(seat: Seat, by: User) -> Seat:
    """Return a member's pack as it stands this minute, held until what they do is kept.

    Meanwhile nobody closes the marks, calls the meeting off or types in from paper.
    """
    _check_own(seat, by)
    return held_seat(seat)


def _own(seat: Seat, by: User) -> Seat:
    _check_own(seat, by)
    related = Seat.objects.select_related("meeting__area", "meeting__edition", "member", "typed_by")
    return related.get(pk=seat.pk)


def _check_own(seat: Seat, by: User) -> None:
    if seat.member_id != by.pk:
        raise NotAllowed("These letters were given to somebody else.")
