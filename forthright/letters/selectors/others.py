"""Letters besides the one that is owed: which may be begun now, and how each of them stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from forthright.cases.models import Decision
from forthright.letters.models import Dispatch, Letter
from forthright.letters.selectors.case_facts import decision_facts, flags_in_rules, note_for
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import GONE_WRONG, UNDER_WAY, last_dispatch
from forthright.letters.selectors.which import facts_given, letter_of, others_of
from forthright.rules.case_file import LetterKind
from forthright.rules.letter_kinds import (
    OTHER_KINDS,
    Answer,
    Asked,
    Facts,
    OtherKind,
    Standing,
    reason_against,
)
from forthright.rules.words import date_words, local, moment_words
from forthright.schemes.models import Duty

STOPS = (
    Decision.Kind.NO_FURTHER_ACTION,
    Decision.Kind.DISCONTINUED,
    Decision.Kind.NO_EVIDENCE_OFFERED,
    Decision.Kind.LEFT_ON_FILE,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One kind of letter that could be begun, or why not."""

    kind: OtherKind
    name: str
    against: str


def kinds_offered(duty: Duty) -> list[Offered]:
    """Return every kind of letter besides the one owed, with what stands against it now."""
    standing = standing_of(duty)
    return [
        Offered(each, str(Letter.Kind(kind).label), reason_against(kind, standing))
        for kind, each in OTHER_KINDS.items()
    ]


def standing_of(duty: Duty) -> Standing:
    """Return how things stand with the person of a duty when another letter is thought of."""
    # A decision about somebody else accused stops nothing for the one this is about.
    stopped = duty.case.decisions.filter(kind__in=STOPS)
    if accused := duty.decision.defendant_id:
        stopped = stopped.filter(Q(defendant=accused) | Q(defendant=None))
    return Standing(
        decision=decision_facts(duty.decision, note_for(duty.decision)),
        is_sent=duty.sent_at is not None,
        is_stopped=stopped.exists(),
        flags=flags_in_rules(duty.case),
    )


def letters_sent(duty: Duty) -> dict[str, tuple[str, date]]:
    """Return the letters that the person has by number: what each is, and the day it went."""
    return {
        str(each.number): (each.name, local(sent_at).date())
        for each in (letter_of(duty), *others_of(duty))
        if (sent_at := each.steps.sent_at)
    }


def standing_words(letter: Letter) -> str:
    """Say how far a letter that is not owed has come."""
    if letter.given_up_at:
        return f"Not needed: {letter.given_up_because}"
    last = last_dispatch(letter)
    if letter.reached_at:
        return f"Known to have reached them, {moment_words(letter.reached_at)}"
    if letter.sent_at:
        return f"Sent {moment_words(letter.sent_at)}"
    if last and last.state in (*UNDER_WAY, *GONE_WRONG):
        return f"{Dispatch.State(last.state).label} {last.way_words}"
    return _standing_before_sending(letter)


def _standing_before_sending(letter: Letter) -> str:
    if letter.returned_because:
        return f"Returned to the drafter: {letter.returned_because}"
    if letter.approved_at:
        return "Approved, to be sent"
    if letter.drafted_at:
        return "Waits for a second person to approve it"
    return "Being drafted" if latest_words(letter) else "Begun, not put together yet"


def kind_of(letter: Letter) -> OtherKind:
    """Return what there is to know of the kind of a letter that is not owed."""
    return OTHER_KINDS[LetterKind(letter.kind)]


def facts_in_words(letter: Letter) -> list[tuple[str, list[str]]]:
    """Return what a letter is written from, each question with its answer in lines."""
    given = facts_given(letter)
    found = [(each.label, _in_lines(each, given)) for each in kind_of(letter).asks]
    return [(label, lines) for label, lines in found if lines]


def _in_lines(asked: Asked, given: Facts) -> list[str]:
    value = given.get(asked.name)
    if not value:
        return []
    if asked.answer is Answer.LINES:
        return list(value)
    if asked.answer is Answer.DAY:
        return [date_words(date.fromisoformat(value))]
    if asked.answer is Answer.SENT_LETTER:
        return [f"The letter of {date_words(date.fromisoformat(given['earlier_on']))}"]
    return ["Yes"] if value is True else [str(dict(asked.choices).get(value) or value)]
