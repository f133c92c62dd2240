"""Whether a decision carries the Victims' Right to Review, who reviews, until when, to what end."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.case_file import (
    CaseFile,
    ContactKind,
    Decision,
    DecisionKind,
    Flag,
    LetterKind,
    Part,
    ReviewRemedy,
    ReviewRight,
)
from forthright.rules.clock_rules import Status
from forthright.rules.letter_blocks.area_facts import live_contact
from forthright.rules.words import day_of
from forthright.rules.working_days import Calendar, add_working_days

OF_DECISIONS = {
    LetterKind.DISCONTINUED,
    LetterKind.NO_EVIDENCE_OFFERED,
    LetterKind.LEFT_ON_FILE,
    LetterKind.NO_FURTHER_ACTION,
    LetterKind.ALTERED_DECREASED,
    LetterKind.ALTERED_INCREASED,
    LetterKind.CORRECTION,
}


class Sourced(Part):
    source: str
    source_address: str
    status: Status


class ReviewWindow(Sourced):
    working_days: int


class ReviewBody(Sourced):
    first: str
    next: str
    pilot: str


class QualifyingForReview(Sourced):
    kind: DecisionKind
    remedy: ReviewRemedy
    may_be: tuple[ReviewRemedy, ...]


class Exclusion(Sourced):
    code: str
    because: str


class Pilot(Sourced):
    flag: Flag


class Edition(Part):
    """Settings as they stand from one day on."""

    in_force_from: date


AnEdition = TypeVar("AnEdition", bound=Edition)


def editions_in(file: str, kind: type[AnEdition]) -> tuple[AnEdition, ...]:
    """Return the editions in a file of settings that ships, the latest first."""
    text = files("forthright.rules").joinpath("data", file).read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["edition"]
    editions = (kind.model_validate(row) for row in rows)
    return tuple(sorted(editions, key=lambda each: each.in_force_from, reverse=True))


class ReviewEdition(Edition, Sourced):
    """The rule as it stands from one day on."""

    window: ReviewWindow
    body: ReviewBody
    decision: tuple[QualifyingForReview, ...]
    exclusion: tuple[Exclusion, ...]
    pilot: Pilot


@cache
def published_review_editions() -> tuple[ReviewEdition, ...]:
    """Return the editions of the rule that ship, the latest first."""
    return editions_in("review_right.toml", ReviewEdition)


def edition_in_force(on: date) -> ReviewEdition | None:
    """Return the edition in force on a day; None before the scheme began."""
    return next((each for each in published_review_editions() if each.in_force_from <= on), None)


def with_review_right(case: CaseFile, calendar: Calendar | None = None) -> CaseFile:
    """Return the case with what the rule says of the review right, where it says nothing itself.

    What the case says stands; only what it leaves out is filled in.

    :raises CalendarTooShort: if the calendar does not reach the last day to ask
    """
    right = case.review_right or _right_by_rule(case)
    if right is None:
        return case
    if right.qualifies:
        right = _filled(right, case, calendar or published_bank_holidays().calendar)
    return case.model_copy(update={"review_right": right})


def _right_by_rule(case: CaseFile) -> ReviewRight | None:
    """Return what the rule says of the decision, or None where the letter states none."""
    if case.letter.kind is LetterKind.PRE_DECISION:
        return _pilot_right(case)
    if case.decision is None or case.letter.kind not in OF_DECISIONS:
        return None
    return right_of_decision(case.decision)


def right_of_decision(decision: Decision) -> ReviewRight:
    """Return whether a decision carries the right, and why or why not."""
    edition = edition_in_force(day_of(decision.made_at))
    if edition is None:
        return ReviewRight(qualifies=False, because="the decision was made before the scheme")
    for exclusion in edition.exclusion:
        if _is_excluded(decision, exclusion.code):
            return ReviewRight(qualifies=False, because=exclusion.because)
    for row in edition.decision:
        if row.kind is decision.kind:
            return ReviewRight(qualifies=True, because=row.source, remedy=row.remedy)
    return ReviewRight(qualifies=False, because="the scheme does not cover this kind of decision")


def remedy_by_rule(case: CaseFile) -> ReviewRemedy:
    """Return what a review could still change of the decision, where the case does not say."""
    row = rule_of_decision(case)
    return row.remedy if row else ReviewRemedy.CAN_RESTART


def rule_of_decision(case: CaseFile) -> QualifyingForReview | None:
    """Return what the rule says of decisions like that of the case; None where it has none."""
    # Before the decision there is nothing that a review would have to undo.
    if case.decision is None or case.letter.kind is LetterKind.PRE_DECISION:
        return None
    edition = edition_in_force(day_of(case.decision.made_at))
    rows = edition.decision if edition else ()
    return next((each for each in rows if each.kind is case.decision.kind), None)


def last_day_by_rule(case: CaseFile) -> date | None:
    """Return the last day to ask by the rule; None for a letter with no day.

    :raises CalendarTooShort: if the calendar does not reach that day
    """
    dated = case.letter.dated
    edition = edition_in_force(dated) if dated else None
    if dated is None or edition is None:
        return None
    calendar = published_bank_holidays().calendar
    return add_working_days(dated, edition.window.working_days, calendar)


def _pilot_right(case: CaseFile) -> ReviewRight | None:
    """Return the right to a review before the decision, in a case that the pilot covers."""
    on = case.letter.dated
    edition = edition_in_force(on) if on else None
    if edition is None:
        return None
    if edition.pilot.flag not in case.flags:
        return ReviewRight(qualifies=False, because="the pilot does not cover this kind of case")
    return ReviewRight(qualifies=True, because=edition.pilot.source, body=edition.body.pilot)


def _is_excluded(decision: Decision, code: str) -> bool:
    return {
        "AFTER_WITHDRAWAL": decision.is_after_withdrawal,
        "REST_GOES_ON": decision.rest_goes_on,
    }[code]


def _filled(right: ReviewRight, case: CaseFile, calendar: Calendar) -> ReviewRight:
    """Return a right with its reviewer, way to ask and last day, where they are not recorded."""
    right = right.model_copy(update={"remedy": right.remedy or remedy_by_rule(case)})
    dated = case.letter.dated
    edition = edition_in_force(dated) if dated else None
    if dated is None or edition is None:
        return right
    is_next = case.letter.kind is LetterKind.REVIEW_REPLY
    filled = {
        "body": right.body or (edition.body.next if is_next else edition.body.first),
        "how": right.how or _how_to_ask(case),
        "ask_by": right.ask_by or add_working_days(dated, edition.window.working_days, calendar),
    }
    return right.model_copy(update=filled)


def _how_to_ask(case: CaseFile) -> str:
    """Return the ways to ask that the Area has, or nothing where it has none."""
    phone = live_contact(case, ContactKind.PHONE)
    email = live_contact(case, ContactKind.EMAIL)
    ways = [f"ring {phone.value}"] if phone else []
    ways += [f"e-mail {email.value}"] if email else []
    return " or ".join(ways)
