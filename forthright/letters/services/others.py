"""Begins letters besides the one that is owed, and keeps the facts that each is written from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import Letter, LetterFacts
from forthright.letters.selectors.others import letters_sent, standing_of
from forthright.letters.selectors.sending import UNDER_WAY, dispatches_of, may_be_gone
from forthright.letters.selectors.which import facts_of, others_of
from forthright.letters.services.steps import give_back, locked
from forthright.rules.case_file import LetterKind
from forthright.rules.letter_blocks.reply_rules import latest_promise, reply_edition
from forthright.rules.letter_blocks.review_right import edition_in_force
from forthright.rules.letter_blocks.values import too_far_off
from forthright.rules.letter_kinds import OTHER_KINDS, Answer, Asked, facts_missing, reason_against
from forthright.rules.words import date_words, local
from forthright.rules.working_days import add_working_days
from forthright.rules.written import cleaned, reason_in
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.schemes.services.recording import DRAFTERS

PUT_RIGHT = (
    "What the letter is written from was changed. Put it together again, or mend its words; then "
    "hand it over to be approved."
)


class LetterNotFit(ValueError):
    """Such a letter, or such a fact of it, cannot be; the message says why, `field` where."""

    def __init__(self, words: str, field: str | None = None) -> None:
        """Keep the name of the fact that the words are about, if it is one."""
        super().__init__(words)
        self.field = field


@transaction.atomic
def begin_letter(
    duty: Duty, kind: LetterKind, given: Mapping[str, Any], *, by: User, at: datetime
) -> Letter:
    """Begin another letter to the person of a duty, from the facts that its kind needs.

    The duty stays as it is: a letter that does not say the decision never answers it.

    :raises NotAllowed: if this person may not draft letters here
    :raises LetterNotFit: if there can be no such letter now, or a fact is missing or cannot be
    """
    policies.check_can_begin(by, duty)
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if against := reason_against(kind, standing_of(duty)):
        raise LetterNotFit(against)
    facts = _checked(duty, kind, given, at)
    _check_stage(duty, facts, by=by)
    newest = others_of(duty).order_by("-number").first()
    letter = Letter.objects.create(
        duty=duty, area_id=duty.area_id, kind=kind.value, number=newest.number + 1 if newest else 2,
        begun_at=at, begun_by=by, drafter=by if by.role in DRAFTERS else None,
    )  # fmt: skip
    audit.record("letter.other_begun", letter, by=by, at=at, duty=duty.pk, kind=letter.kind,
                 number=letter.number)  # fmt: skip
    _keep(letter, facts, by=by, at=at)
    return letter


@transaction.atomic
def change_facts(
    letter: Letter, given: Mapping[str, Any], *, by: User, at: datetime
) -> LetterFacts:
    """Keep the facts of a letter as a new version; the same again make none.

    A letter that was handed over or approved with others goes back to its drafter.

    :raises NotAllowed: if this letter is not this person's to draft
    :raises LetterNotFit: if a fact is missing or cannot be
    """
    policies.check_can_draft(by, letter)
    letter = locked(letter)
    facts = _checked(letter.duty, LetterKind(letter.kind), given, at)
    _check_stage(letter.duty, facts, by=by, letter=letter)
    newest = facts_of(letter).first()
    if newest is not None and newest.facts == facts:
        return newest
    if letter.steps.drafted_at is not None and not may_be_gone(letter):
        give_back(letter, PUT_RIGHT, why="What it is written from was changed.", by=by, at=at)
    return _keep(letter, facts, by=by, at=at)


@transaction.atomic
def end_letter(letter: Letter, *, reason: str, by: User, at: datetime) -> Letter:
    """End a letter that was begun and is not needed; what was written of it is kept.

    :raises NotAllowed: if this letter is not this person's to draft, or it is out
    :raises LetterNotFit: if it is the letter owed or on its way, or no reason is given
    """
    policies.check_can_draft(by, letter)
    letter = locked(letter)
    if letter.is_owed:
        raise LetterNotFit("This letter is owed. Record that no letter is required instead.")
    if dispatches_of(letter).filter(state__in=UNDER_WAY).exists():
        raise LetterNotFit("This letter is on its way. Call it off first, if it can be.")
    if not reason_in(reason):
        raise LetterNotFit("Say why it is not needed.", "reason")
    letter.given_up_because, letter.given_up_at, letter.given_up_by = reason_in(reason), at, by
    letter.save(update_fields=["given_up_because", "given_up_at", "given_up_by"])
    audit.record("letter.other_ended", letter, by=by, at=at)
    return letter


def _keep(letter: Letter, facts: dict[str, Any], *, by: User, at: datetime) -> LetterFacts:
    newest = facts_of(letter).first()
    kept = LetterFacts.objects.create(
        letter=letter, number=newest.number + 1 if newest else 1, facts=facts,
        written_at=at, written_by=by,
    )  # fmt: skip
    audit.record("letter.facts_written", kept, by=by, at=at, area=letter.area,
                 letter=letter.pk, number=kept.number)  # fmt: skip
    return kept


def _checked(
    duty: Duty, kind: LetterKind, given: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    """Return the facts as they are kept, having refused what lacks or cannot be."""
    facts = {each.name: _tidy(given.get(each.name), each) for each in OTHER_KINDS[kind].asks}
    facts = {name: value for name, value in facts.items() if value}
    if missing := facts_missing(kind, facts):
        raise LetterNotFit(f"Answer this: {missing[0].label}", missing[0].name)
    _check_day(duty, kind, facts, local(at).date())
    if "earlier" in facts:
        facts["earlier_on"] = _day_of_earlier(duty, facts["earlier"])
    return facts


def _check_stage(
    duty: Duty, facts: Mapping[str, Any], *, by: User, letter: Letter | None = None
) -> None:
    """Refuse a second answer to a complaint by whoever had a part in the first, at its question."""
    try:
        policies.check_can_answer_at_stage(by, duty, facts.get("stage", ""), letter=letter)
    except NotAllowed as refusal:
        raise LetterNotFit(str(refusal), "stage") from refusal


def _tidy(value: Any, asked: Asked) -> Any:
    if asked.answer is Answer.LINES:
        lines = value.splitlines() if isinstance(value, str) else value or ()
        return [" ".join(each.split()) for each in lines if cleaned(each)]
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value.split()) if isinstance(value, str) else value


def _check_day(duty: Duty, kind: LetterKind, facts: Mapping[str, Any], today: date) -> None:
    """Refuse a promised day that is over or too far off, or less time than the scheme gives."""
    for name in ("answer_by", "next_on"):
        if name in facts and date.fromisoformat(facts[name]) <= today:
            raise LetterNotFit("Name a day after today.", name)
    if "answer_by" not in facts:
        return
    named = date.fromisoformat(facts["answer_by"])
    if kind is LetterKind.HOLDING:
        _check_not_too_far(duty, named, today)
    edition = edition_in_force(today) if kind is LetterKind.PRE_DECISION else None
    if edition is None:
        return
    first = add_working_days(today, edition.window.working_days, calendar_of(duty.area))
    if named < first:
        raise LetterNotFit(
            f"The scheme gives them {edition.window.working_days} working days to ask, so the day "
            f"cannot be before {date_words(first)}.",
            "answer_by",
        )


def _check_not_too_far(duty: Duty, named: date, today: date) -> None:
    edition = reply_edition(today)
    latest = latest_promise(today, calendar_of(duty.area))
    if edition and latest and named > latest:
        raise LetterNotFit(too_far_off(edition, latest), "answer_by")


def _day_of_earlier(duty: Duty, number: str) -> str:
    """Return the day on which the letter went that is put right."""
    sent = letters_sent(duty)
    if number not in sent:
        raise LetterNotFit("Choose a letter that was sent.", "earlier")
    return sent[number][1].isoformat()
