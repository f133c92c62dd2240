"""Types in what a member of the panel wrote on their printed booklet."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels.models import Meeting, PackLetter, Reading, Seat
from forthright.panels.selectors.asked import that_say_something
from forthright.panels.selectors.being_read import is_being_read
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.selectors.on_paper import (
    issues_of,
    letters_on_paper,
    printed_of,
    waits_for_issues,
)
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.panels.services.reading import answers_to, check_all_answered
from forthright.rules.words import list_words
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged, newest_event


@dataclass(frozen=True, slots=True)
class Written:
    """What a member wrote of one letter: answers by the key of their question, and a remark."""

    answers: Mapping[str, str]
    remark: str = ""


def check_can_type(seat: Seat, *, by: User) -> None:
    """Refuse to type in for a member who answers on the screen, or has handed in all.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    check_is_on_paper(seat, by=by)
    if seat.handed_in_at is not None and not letters_on_paper(seat):
        raise PanelRefused(f"{seat.member} has handed in, so the answers stay as they are.")


def check_is_on_paper(seat: Seat, *, by: User) -> None:
    """Refuse what is done for a member who reads on paper, where this one answers on the screen.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    _check_takes_paper(seat, by=by)
    if seat.typed_by_id is None and _has_begun(seat):
        raise PanelRefused(
            f"{seat.member} has begun to answer on the screen. Their answers are not shown to "
            "you, and paper does not take their place: ask them to finish there. If they told you "
            "that they read on paper from now on, press “Take over to paper” beside their name."
        )


def check_can_put_aside_for(seat: Seat, *, by: User, at: datetime) -> None:
    """Refuse to put a letter aside for a member where nobody reads it, or their seat is ended.

    Whether they answer on the screen or on paper is no matter: they may say it on the telephone.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    check_keeps(seat, by=by)
    day = clock.day_of(at)
    if not is_being_read(seat.meeting, day):
        raise PanelRefused(
            "A letter is put aside while members read it. The letters of this meeting are closed "
            "to them. If it says whom it is about, withdraw it."
        )
    if seat.has_ended(day):
        raise PanelRefused(
            f"{seat.member}’s seat is ended, so no letter opens for them any more. What was "
            "handed in before stays."
        )


def check_keeps(seat: Seat, *, by: User) -> None:
    """Refuse what is done for a member to all but who keeps their panel.

    :raises NotAllowed: with the reason
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    if by.area_id != seat.meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")


def _has_begun(seat: Seat) -> bool:
    return that_say_something(seat.readings.all()).exists()


def _check_takes_paper(seat: Seat, *, by: User) -> None:
    check_keeps(seat, by=by)
    if seat.meeting.state != Meeting.State.OPEN:
        raise PanelRefused(
            "Answers are typed in while the pack is open. The marks of this meeting are closed, so "
            "that what was laid side by side stays as it was."
        )
    if seat.has_ended(clock.today()):
        raise PanelRefused(
            f"{seat.member}’s seat is ended, so nothing more is typed in for them. What was handed "
            "in before stays."
        )


def stamp_of(seat: Seat) -> str:
    """Return what is another once something else was typed in for this member."""
    rows = seat.readings.order_by("letter").values_list("letter", "answers", "remark")
    return hashlib.sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def type_in(
    seat: Seat, written: Mapping[int, Written], *, has_promised: bool, opened: str | None = None,
    by: User, at: datetime,
) -> Seat:  # fmt: skip
    """Keep what a member wrote, by the position of each letter; letters left out keep theirs.

    Whoever types reads the answers, so the meeting's page and the record name them. ``opened`` is
    the stamp that the page was filled from.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing was typed, the promise was not signed, an answer is none of
        those offered, or the member answers on the screen
    :raises ChangedMeanwhile: if somebody else typed meanwhile
    """
    seat = held_seat(seat)
    check_can_type(seat, by=by)
    _check_issues_said(seat)
    if seat.declared_at is None and not has_promised:
        raise PanelRefused(
            "The answers count once the member has made the promise. Tick that they signed it on "
            "their booklet, or ask them to."
        )
    check_unchanged(opened, stamp_of(seat), by_whom(seat, "pack.paper_typed"))
    changed = _kept(seat, written, at)
    if not changed and seat.typed_by_id is None and letters_on_paper(seat):
        raise PanelRefused(
            f"Nothing was typed, so nothing was kept, and {seat.member} answers on the screen as "
            "before. Type in an answer of their booklet first."
        )
    if not changed and seat.typed_by_id is not None:
        return seat
    seat.declared_at = seat.declared_at or at
    seat.typed_by = by
    seat.save(update_fields=["declared_at", "typed_by"])
    audit.record("pack.paper_typed", seat, by=by, at=at, area=seat.meeting.area,
                 letters=changed)  # fmt: skip
    return seat


@transaction.atomic
def hand_in_paper(seat: Seat, *, opened: str | None = None, by: User, at: datetime) -> Seat:
    """Hand in what was typed, read against the paper; from then on it stays.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing was typed, or a letter is not answered for
    :raises ChangedMeanwhile: if somebody else typed meanwhile
    """
    seat = held_seat(seat)
    check_can_type(seat, by=by)
    _check_issues_said(seat)
    if seat.typed_by is None:
        raise PanelRefused("Nothing was typed in yet. Type in the answers and keep them first.")
    check_unchanged(opened, stamp_of(seat), by_whom(seat, "pack.paper_typed"))
    check_all_answered(seat)
    seat.handed_in_at = seat.handed_in_at or at
    seat.save(update_fields=["handed_in_at"])
    audit.record("pack.paper_handed_in", seat, by=by, at=at, area=seat.meeting.area)
    return seat


@transaction.atomic
def see_paper(seat: Seat, *, by: User, at: datetime) -> None:
    """Record that somebody looked at what was typed in for a member."""
    audit.record("pack.paper_opened", seat, by=by, at=at, area=seat.meeting.area)


@transaction.atomic
def give_back_to_screen(seat: Seat, *, is_theirs: bool, by: User, at: datetime) -> Seat:
    """Let a member answer on the screen again for whom somebody began to type in from paper.

    What was typed stays theirs to go on from, or is taken away where it was another's booklet; what
    they had kept on the screen themselves stands in either case.
    Where they had not made the promise themselves, they are asked for it again.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing is typed in for them, or they have handed in
    """
    seat = held_seat(seat)
    check_can_give_back(seat, by=by)
    typed = [] if is_theirs else list(_typed(seat))
    _take_away(typed)
    if is_theirs:
        # Said to be theirs, it is theirs: a booklet that comes later takes none of it away.
        seat.readings.update(typed_over=None)
    if newest_event(seat, "pack.declared") is None:
        seat.declared_at = None
    seat.typed_by = seat.issues_read = None
    seat.save(update_fields=["declared_at", "typed_by", "issues_read"])
    audit.record("pack.paper_given_back", seat, by=by, at=at, area=seat.meeting.area,
                 taken_away=[each.letter_id for each in typed])  # fmt: skip
    return seat


def check_can_give_back(seat: Seat, *, by: User) -> None:
    """Refuse to let a member answer on the screen again who never answered otherwise.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    check_can_type(seat, by=by)
    if seat.handed_in_at is not None:
        raise PanelRefused(f"{seat.member} has handed in, so the answers stay as they are.")
    if seat.typed_by_id is None:
        raise PanelRefused(f"Nothing is typed in for {seat.member}: they answer on the screen.")


@transaction.atomic
def take_over_to_paper(
    seat: Seat, *, keeps_answers: bool, on_their_word: bool, by: User, at: datetime
) -> Seat:
    """Type in for a member from now on who began on the screen and said that they go on on paper.

    What they answered stands and is shown to whoever types, as they agreed, or is taken away where
    their booklet holds all of it.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if they are on paper already, answered nothing or handed in, or nobody
        says that it is their wish
    """
    seat = held_seat(seat)
    check_can_take_over(seat, by=by)
    if not on_their_word:
        raise PanelRefused(
            f"Tick that {seat.member} told you so: who answers on the screen is not typed in for "
            "without their word."
        )
    taken_away = [] if keeps_answers else list(seat.readings.values_list("letter", flat=True))
    if not keeps_answers:
        seat.readings.all().delete()
    seat.typed_by = by
    seat.save(update_fields=["typed_by"])
    audit.record("pack.taken_over_to_paper", seat, by=by, at=at, area=seat.meeting.area,
                 taken_away=taken_away)  # fmt: skip
    return seat


def check_can_take_over(seat: Seat, *, by: User) -> None:
    """Refuse to take a member over to paper who does not answer on the screen, or is done.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    _check_takes_paper(seat, by=by)
    if seat.handed_in_at is not None:
        raise PanelRefused(f"{seat.member} has handed in, so the answers stay as they are.")
    if seat.typed_by_id is not None or not _has_begun(seat):
        raise PanelRefused(
            f"{seat.member} has answered nothing on the screen, so there is nothing to take over: "
            "press “Type in from paper”."
        )


@transaction.atomic
def note_printed(
    seat: Seat, positions: Collection[int], *, issue: int | None = None, by: User, at: datetime
) -> None:
    """Record that a booklet was printed for a member, and which letters are in one they have.

    With another booklet out, it is asked anew which came back. ``issue`` is the number that stands
    on its pages.

    :raises NotAllowed: if another booklet of this number was printed meanwhile
    """
    seat = held_seat(seat)
    number = len(issues_of(seat)) + 1
    if issue not in {None, number}:
        raise NotAllowed(
            f"Another booklet of {seat.member} was printed at the same moment, as issue {issue}. "
            "Print this one again, so that each bears its own number."
        )
    seat.printed = sorted({*(seat.printed or []), *positions})
    seat.issues_read = None
    seat.save(update_fields=["printed", "issues_read"])
    audit.record("pack.booklet_taken_out", seat, by=by, at=at, area=seat.meeting.area,
                 letters=len(positions), positions=sorted(positions), issue=number)  # fmt: skip


@transaction.atomic
def say_issues(seat: Seat, issues: Collection[int], *, by: User, at: datetime) -> Seat:
    """Keep which booklets of a member came back with answers, as they hold letters in other words.

    What was typed in of a letter that stands otherwise in these is an answer to other words, and is
    taken away, also of who has handed in; what the member answered on the screen stays.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing is typed in for this member, or it is none of their booklets
    """
    seat = held_seat(seat)
    check_is_on_paper(seat, by=by)
    if not issues or not {*issues} <= {each.number for each in issues_of(seat)}:
        raise PanelRefused(
            "Tick which booklet came back: its number stands at the foot of each of its pages."
        )
    seat.issues_read = sorted({*issues})
    seat.save(update_fields=["issues_read"])
    typed = list(_typed(seat))
    printed = printed_of(seat, [each.letter for each in typed])
    others = [each for each in typed if each.letter_id not in printed]
    _take_away(others)
    audit.record("pack.booklets_came_back", seat, by=by, at=at, area=seat.meeting.area,
                 issues=seat.issues_read,
                 taken_away=[each.letter_id for each in others])  # fmt: skip
    return seat


def _typed(seat: Seat) -> "QuerySet[Reading]":
    """Return what was typed in for a member, and not answered on the screen since."""
    return seat.readings.exclude(typed_over=None).select_related("letter")


def _take_away(typed: Iterable[Reading]) -> None:
    """Take away what was typed in; what the member had kept on the screen before stands again."""
    for each in typed:
        if not each.typed_over:
            each.delete()
            continue
        before, each.typed_over = each.typed_over, None
        each.answers, each.remark = before["answers"], before["remark"]
        each.sha256, each.saved_at = before["sha256"], datetime.fromisoformat(before["saved_at"])
        each.save(update_fields=["answers", "remark", "sha256", "saved_at", "typed_over"])


def _typed_over(seat: Seat, letter: PackLetter) -> dict[str, Any]:
    """Return what the member had kept of a letter on the screen, before anything was typed in."""
    stands = seat.readings.filter(letter=letter).first()
    if stands is None:
        return {}
    if stands.typed_over is not None:
        return cast("dict[str, Any]", stands.typed_over)
    return {"answers": stands.answers, "remark": stands.remark, "sha256": stands.sha256,
            "saved_at": stands.saved_at.isoformat()}  # fmt: skip


def _check_issues_said(seat: Seat) -> None:
    if waits_for_issues(seat):
        numbers = list_words([str(each.number) for each in issues_of(seat)])
        raise PanelRefused(
            f"The booklets of {seat.member} (issues {numbers}) hold a letter in different words. "
            "Say first which of them came back: open “Type in from paper” anew."
        )


def _kept(seat: Seat, written: Mapping[int, Written], at: datetime) -> list[int]:
    """Keep what differs from what stands; return the letters that it was about."""
    changed = []
    for letter, stands in letters_on_paper(seat):
        said = written.get(letter.position)
        if said is None:
            continue
        answers = answers_to(seat.meeting, letter, said.answers)
        before = (stands.answers, stands.remark) if stands else ({}, "")
        if before == (answers, said.remark):
            continue
        anonymised = anonymised_of(letter)
        Reading.objects.update_or_create(
            seat=seat, letter=letter,
            defaults={
                "answers": answers, "remark": said.remark, "saved_at": at,
                "sha256": text_stamp(anonymised) if anonymised else "",
                "typed_over": _typed_over(seat, letter),
            },
        )  # fmt: skip
        changed.append(letter.pk)
    return changed
