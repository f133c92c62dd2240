"""Keeps what a checker finds as it is said, and gives the letter its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import Letter
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import may_be_gone
from forthright.letters.services.checks import give_back_unpassed, note_checked
from forthright.peer_checks import policies
from forthright.peer_checks.models import PeerCheck, PeerLevel
from forthright.peer_checks.selectors.lists import SHOWN, still_to_go
from forthright.peer_checks.selectors.sheet import (
    PeerSheet,
    criteria_of,
    decided_of,
    levels_offered,
    sheet_of,
)
from forthright.peer_checks.services.giving import end_overtaken
from forthright.peer_checks.services.redating import follow_letters
from forthright.peer_checks.services.telling import tell_of_check
from forthright.rules.marking import counted_seconds
from forthright.rules.quotations import find_quotation
from forthright.rules.words import count_words, list_words
from forthright.rules.written import cleaned, reason_in
from forthright.web import clock

A = PeerCheck.Answer


class AnswerRefused(ValueError):
    """A check cannot have this answer yet; the message says what lacks."""


class ChangedElsewhere(ValueError):
    """What is kept of a check was changed since the page was opened; nothing was overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOf:
    """What a checker says of one criterion; of a part that is None, what is kept stays."""

    level: str | None = ""
    quotation: str | None = ""
    note: str | None = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a checker says of a letter, as far as they have come.

    Of a part that is None, what is kept stays. `opened` is the stamp of what the page was filled
    from; without one nothing is asked.
    """

    levels: Mapping[str, FoundOf] = field(default_factory=dict)
    done_well: str | None = ""
    to_change: str | None = ""
    reasons_to_change: str | None = ""
    opened: str | None = None


@transaction.atomic
def open_check(check: PeerCheck, *, by: User, at: datetime) -> PeerSheet:
    """Open a letter to look at it before it goes; the time since the last sign of life counts.

    :raises NotAllowed: if it is not this person's to look at, or has its answer
    """
    check = _locked(check)
    policies.check_can_look(by, check)
    follow_letters([check], by=None, at=at)
    check.opened_at = check.opened_at or at
    _count_time(check, at)
    check.save(update_fields=["opened_at", "last_active_at", "seconds_spent"])
    audit.record("peer_check.opened", check, by=by, at=at, letter=check.letter_id,
                 version=check.version_id)  # fmt: skip
    return sheet_of(check)


@transaction.atomic
def save_found(check: PeerCheck, found: Found, *, by: User, at: datetime) -> dict[str, str]:
    """Keep what was found so far; return by criterion whose quotation was not kept, and why.

    :raises NotAllowed: if it is not this person's to look at, or has its answer
    :raises ChangedElsewhere: if another window kept something since the page was opened
    """
    check = _locked(check)
    policies.check_can_look(by, check)
    if found.opened not in {None, sheet_of(check).stamp}:
        raise ChangedElsewhere(
            "This check was changed in another window after you opened this page. What you wrote "
            "here is still on the page: look at it, and keep it again if it is right."
        )
    problems = _keep_levels(check, found.levels, by=by, at=at)
    check.done_well = _kept_or(check.done_well, found.done_well)
    check.to_change = _kept_or(check.to_change, found.to_change)
    check.reasons_to_change = _kept_or(check.reasons_to_change, found.reasons_to_change)
    _count_time(check, at)
    check.save(update_fields=["done_well", "to_change", "reasons_to_change", "last_active_at",
                              "seconds_spent"])  # fmt: skip
    audit.record("peer_check.saved", check, by=by, at=at, levels=len(found.levels))
    return problems


@transaction.atomic
def answer_check(
    check: PeerCheck, answer: str, *, by: User, at: datetime, for_demo: bool = False
) -> PeerCheck:
    """Pass a letter, ask for changes or return it, and tell who wrote it and its reasons.

    A letter that was changed or has gone meanwhile gets no such answer: the check ends as
    overtaken, and what was found stays with it. The made-up people of a demonstration are mailed
    nothing of its made-up past.

    :raises NotAllowed: if it is not this person's to look at, or has its answer
    :raises AnswerRefused: naming what lacks
    """
    check = _locked(check)
    policies.check_can_look(by, check)
    if _is_overtaken(check):
        end_overtaken(check, by=by, at=at)
        return check
    # It is held against the moment that stands, also where the letter's date moved just now.
    follow_letters([check], by=None, at=at)
    sheet = sheet_of(check)
    _check_follows_record(sheet, clock.day_of(at))
    _check_is_whole(sheet, answer)
    check.answer, check.answered_at = A(answer), at
    _count_time(check, at)
    check.save(update_fields=["answer", "answered_at", "last_active_at", "seconds_spent"])
    audit.record("peer_check.answered", check, by=by, at=at, answer=answer, faults=sheet.faults,
                 seconds=check.seconds_spent)  # fmt: skip
    if check.answer == A.PASSED:
        note_checked(check.letter, check.version, by=by, at=at)
    else:
        give_back_unpassed(check.letter, check.to_change, by=by, at=at)
    tell_of_check(check, sheet, by=by, at=at, for_demo=for_demo)
    return check


def _locked(check: PeerCheck) -> PeerCheck:
    PeerCheck.objects.select_for_update().get(pk=check.pk)
    return PeerCheck.objects.select_related(*SHOWN, "version__note__written_by").get(pk=check.pk)


def _is_overtaken(check: PeerCheck) -> bool:
    """Return whether the letter is not what was put forward any more, is out or is not to go."""
    letter = check.letter
    newest = latest_words(letter)
    is_out = not Letter.objects.filter(still_to_go(), pk=letter.pk).exists() or may_be_gone(letter)
    is_newest = newest is not None and newest.pk == check.version_id
    return is_out or not is_newest or letter.steps.drafted_at is None


def _count_time(check: PeerCheck, at: datetime) -> None:
    check.seconds_spent += counted_seconds(check.last_active_at, at)
    check.last_active_at = at


def _kept_or(kept: str, said: str | None) -> str:
    """Return what is to be read of what was said, or what is kept where nothing was."""
    return kept if said is None else cleaned(said)


def _keep_levels(
    check: PeerCheck, levels: Mapping[str, FoundOf], *, by: User, at: datetime
) -> dict[str, str]:
    kept = {each.criterion_id: each for each in check.levels.all()}
    offered = levels_offered(check, clock.day_of(at))
    problems = {}
    for criterion in criteria_of(check):
        said = levels.get(criterion.code)
        if said is None:
            continue
        level = kept.get(criterion.pk) or PeerLevel(check_of=check, criterion=criterion)
        if said.level in {"", *offered[criterion.code]}:
            level.level = said.level
        level.note = _kept_or(level.note, said.note)
        if said.quotation is not None and (
            problem := _quote(level, said.quotation, check.version.text)
        ):
            problems[criterion.code] = problem
        level.saved_at = at
        level.save()
    return problems


def _quote(level: PeerLevel, quotation: str, text: str) -> str:
    """Set a quotation to words that stand in the letter; say so where they do not."""
    if not quotation.strip():
        level.quotation, level.quotation_start, level.quotation_end = "", None, None
        return ""
    place = find_quotation(text, quotation)
    if place is None:
        return "These words are not in the letter. Copy them just as they stand there."
    level.quotation_start, level.quotation_end = place
    level.quotation = text[place[0] : place[1]]
    return ""


def _check_follows_record(sheet: PeerSheet, day: date) -> None:
    """Refuse an answer with a level that the record rules out by now, as where a letter got late.

    What it says may have been put right since a level was kept.
    """
    offered, decided = levels_offered(sheet.check, day), decided_of(sheet.check, day)
    for code, each in sheet.kept.items():
        if code in decided and each.level not in {"", *offered[code]}:
            raise AnswerRefused(f"{code}: {decided[code].because} Choose again there.")


def _check_is_whole(sheet: PeerSheet, answer: str) -> None:
    """Refuse an answer that does not fit what was found, or leaves its reader without words."""
    check, faults = sheet.check, sheet.faults
    if answer == A.PASSED:
        if sheet.missing:
            codes = list_words([each.code for each in sheet.missing])
            raise AnswerRefused(
                f"Say first whether {codes} {'is' if len(sheet.missing) == 1 else 'are'} met: "
                f"{count_words(len(sheet.missing), 'criterion', 'criteria')} left."
            )
        if faults:
            raise AnswerRefused(
                f"{list_words(faults)} {'is' if len(faults) == 1 else 'are'} not met, so ask for "
                "changes instead of letting it pass."
            )
        return
    if not reason_in(check.to_change):
        raise AnswerRefused("Write one thing to change, so that its drafter can.")
    if answer == A.CHANGES and not reason_in(check.done_well):
        raise AnswerRefused("Write one thing that is done well: it is true of nearly every letter.")
    if answer == A.CHANGES and (unshown := sheet.faults_unshown):
        raise AnswerRefused(
            f"Say where {list_words(unshown)} {'is' if len(unshown) == 1 else 'are'} not met, so "
            "that its drafter finds it: under “The place, and why”, quote the letter, or write why "
            "where something is missing from it."
        )
