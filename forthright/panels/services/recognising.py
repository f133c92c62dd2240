"""Puts a letter aside for a member who may know whom it is about, and decides what follows."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels import policies
from forthright.panels.models import AnonymisedLetter, PackLetter, Recognition, Seat
from forthright.panels.selectors.corrected import places_hidden
from forthright.panels.selectors.meetings import anonymised_of, not_given_to
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.panels.services.opening import check_is_readable
from forthright.panels.services.paper import check_can_put_aside_for
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.words import moment_words
from forthright.rules.written import LEAST_WEIGHED, reason_in

RELATED = ("letter__meeting", "letter__duty__decision")
Outcome = Recognition.Outcome


@transaction.atomic
def put_aside(seat: Seat, letter: PackLetter, how: str, *, by: User, at: datetime) -> Recognition:
    """Put a letter aside for a member: they read it no more, and what they answered is not counted.

    Once the marks are closed they stay as they are. Whom the member thinks it is about is not
    asked. Done twice, the first stands.

    :raises NotAllowed: if the pack is not this person's, not declared for, or closed
    :raises PanelRefused: if it is not said how, or the letter is not in the pack
    """
    if seat.member_id != by.pk:
        raise NotAllowed("These letters were given to somebody else.")
    seat = held_seat(seat)
    check_is_readable(seat, at)
    return _put_aside(seat, letter, how, by=by, at=at)


@transaction.atomic
def put_aside_on_their_word(
    seat: Seat, letter: PackLetter, how: str, *, by: User, at: datetime
) -> Recognition:
    """Put a letter aside for a member who said so to who keeps the panel, on paper or otherwise.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nobody reads the pack, their seat is ended, it is not said how, or the
        letter is not in the pack
    """
    seat = held_seat(seat)
    check_can_put_aside_for(seat, by=by, at=at)
    return _put_aside(seat, letter, how, by=by, at=at)


def _put_aside(seat: Seat, letter: PackLetter, how: str, *, by: User, at: datetime) -> Recognition:
    if how not in Recognition.By.values:
        raise PanelRefused("Choose by what you may know it.")
    is_kept = letter.pk in not_given_to(seat)
    if letter.meeting_id != seat.meeting_id or letter.left_out_because or is_kept:
        raise PanelRefused("This letter is not among those that you were given.")
    kept, is_new = Recognition.objects.get_or_create(
        seat=seat, letter=letter, defaults={"how": how, "said_at": at}
    )
    if is_new:
        _note_hidden(kept)
        kept.save(update_fields=["of_words", "hidden_then"])
        # How they know says something of the member, so it is not for the record that stays.
        audit.record("pack.letter_put_aside", seat, by=by, at=at, letter=letter.pk)
    return kept


@transaction.atomic
def decide_put_aside(
    recognition: Recognition, outcome: str, reason: str, *, by: User, at: datetime
) -> Recognition:
    """Keep what follows from a letter that a member put aside: it stays for the others, or not.

    One that does not is withdrawn at once: for good, or until more of it is hidden and two people
    released it again.

    :raises NotAllowed: if this person does not keep this panel, may withdraw no letter, or had a
        part in this one while others who keep the panel had none
    :raises PanelRefused: if it was decided already, or no outcome or reason is given
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    rows = Recognition.objects.select_for_update(of=("self",))
    recognition = rows.select_related("seat__meeting__area", *RELATED).get(pk=recognition.pk)
    if by.area_id != recognition.seat.meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")
    policies.check_can_decide_put_aside(by, recognition.letter)
    if recognition.decided_at is not None:
        raise PanelRefused(
            f"{recognition.decided_by} decided this {moment_words(recognition.decided_at)}: "
            f"{recognition.get_outcome_display().lower()}."
        )
    if outcome not in {Outcome.STAYS, Outcome.TO_CORRECT, Outcome.WITHDRAWN}:
        raise PanelRefused("Choose whether the letter stays for the others.")
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused("Say why, so that others can follow it.")
    if outcome != Outcome.STAYS:
        _note_hidden(recognition)
        _withdraw(recognition.letter, said, by=by, at=at)
    recognition.outcome, recognition.reason = outcome, said[:300]
    recognition.decided_at, recognition.decided_by = at, by
    recognition.save(
        update_fields=["outcome", "reason", "of_words", "hidden_then", "decided_at", "decided_by"]
    )
    audit.record("panel.put_aside_decided", recognition, by=by, at=at,
                 area=recognition.seat.meeting.area, letter=recognition.letter_id,
                 outcome=outcome)  # fmt: skip
    return recognition


@transaction.atomic
def see_put_aside(recognition: Recognition, *, by: User, at: datetime) -> None:
    """Record that somebody saw which member may know whom a letter is about."""
    audit.record("panel.put_aside_seen", recognition, by=by, at=at,
                 area=recognition.seat.meeting.area, letter=recognition.letter_id)  # fmt: skip


def _note_hidden(recognition: Recognition) -> None:
    """Note what is hidden in the words that are read, beside what was when they were put aside.

    While a letter is released nothing of it changes. Of one that was withdrawn meanwhile what was
    noted before stands; where nothing was, what is hidden in it now.
    """
    anonymised = anonymised_of(recognition.letter)
    if anonymised is None:
        return
    is_other = recognition.of_words_id != anonymised.pk
    if anonymised.state != AnonymisedLetter.State.RELEASED and recognition.of_words_id is not None:
        return
    before = [] if is_other else [tuple(each) for each in recognition.hidden_then]
    recognition.of_words = anonymised
    recognition.hidden_then = sorted({*before, *places_hidden(anonymised)})


def _withdraw(letter: PackLetter, reason: str, *, by: User, at: datetime) -> None:
    """Take the letter back for everybody, where that was not done meanwhile."""
    anonymised = anonymised_of(letter)
    if anonymised is not None and anonymised.state == AnonymisedLetter.State.RELEASED:
        withdraw_letter(anonymised, reason, by=by, at=at)
