"""When a rule or a block applies: a small table of what must hold of the case.

One implementation serves the checks and the blocks of letters. A table is written like this:

    when = { letter_in = ["DISCONTINUED"], review_right = true, not = { is_child = true } }

All keys must hold; none of the keys under `not` may hold. What a case file does not say holds
neither way: a case with no word on the review right meets neither `review_right = true` nor
`review_right = false`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from forthright.rules.case_file import (
    AccusedStatus,
    CaseFile,
    ComplaintStage,
    DecisionKind,
    Flag,
    LegalTest,
    LetterKind,
    OffenceGroup,
    Relation,
    ReplyOutcome,
    ReviewRemedy,
)
from forthright.rules.letter_blocks.naming import accused_of_decision
from forthright.rules.letter_blocks.review_right import remedy_by_rule
from forthright.rules.letter_checks.people import is_convicted
from forthright.rules.words import list_words

# Decisions that only take effect in court.
FOR_COURT = {DecisionKind.NO_EVIDENCE_OFFERED, DecisionKind.LEFT_ON_FILE}
# A plea that is told of in the reasons; one that was only hoped for or denied is none.
PLEADED = re.compile(r"(?<!not )(?<!if he )(?<!if she )\b(?:pleaded|pled) guilty\b")
Wanted = bool | frozenset[str]


class ConditionRefused(ValueError):
    """A condition names something that does not exist; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a condition may ask of a case.

    `of` answers None where the case does not say. A fact with `values` is asked with a list,
    any of which will do; one without is asked with true or false.
    """

    of: Callable[[CaseFile], bool | Iterable[str] | None]
    words: str
    unlike: str
    values: type[StrEnum] | None = None
    is_list: bool = False


def _list(
    of: Callable[[CaseFile], Iterable[str] | None],
    words: str,
    values: type[StrEnum] | None,
) -> Fact:
    return Fact(of, words, words.replace(" is", " is not", 1), values, is_list=True)


def _decision_kinds(case: CaseFile) -> Iterable[str] | None:
    return None if case.decision is None else (case.decision.kind,)


def _withdrawn(case: CaseFile) -> bool | None:
    return None if case.decision is None else case.decision.is_after_withdrawal


def _rest_goes_on(case: CaseFile) -> bool | None:
    return None if case.decision is None else case.decision.rest_goes_on


def _in_court(case: CaseFile) -> bool | None:
    return None if case.decision is None else case.decision.was_made_in_court


def _is_late(case: CaseFile) -> bool:
    """Say whether a letter is late, by its days too; a holding letter's is that of the answer."""
    letter = case.letter
    is_past_due = letter.due_on and letter.dated and letter.due_on < letter.dated
    return letter.is_late or bool(is_past_due and letter.kind is not LetterKind.HOLDING)


def _court_to_come(case: CaseFile) -> bool | None:
    """Say whether what a court has to do for the decision may still be to come.

    Where neither a day nor the court's part is on record, nobody may write that it is done.
    """
    if case.decision is None:
        return None
    hearing, dated = case.court.hearing_on if case.court else None, case.letter.dated
    is_for_court = case.decision.kind in FOR_COURT and not case.decision.was_made_in_court
    return is_for_court and (hearing is None or dated is None or hearing >= dated)


def _is_convicted(case: CaseFile) -> bool | None:
    """Say whether everybody that the decision is about is convicted already."""
    told = accused_of_decision(case)
    return all(each.status is AccusedStatus.CONVICTED for each in told) if told else None


def _guilt_is_known(case: CaseFile) -> bool:
    """Say whether somebody is convicted, or the record tells of a plea of guilty."""
    note = case.note
    told = " ".join([note.decided, *note.facts, note.changed]) if note else ""
    return is_convicted(case) or PLEADED.search(told.casefold()) is not None


def _most_is_same(case: CaseFile) -> bool | None:
    """Say whether two charges carry the same sentence; None where one of them is not recorded."""
    if case.decision is None or not (case.decision.from_most and case.decision.to_most):
        return None
    before, now = (
        " ".join(each.casefold().strip(" .").split())
        for each in (case.decision.from_most, case.decision.to_most)
    )
    return before == now


def _qualifies(case: CaseFile) -> bool | None:
    return None if case.review_right is None else case.review_right.qualifies


def _remedies(case: CaseFile) -> Iterable[str] | None:
    if case.review_right is None:
        return None
    return (case.review_right.remedy or remedy_by_rule(case),)


def _tests(case: CaseFile) -> Iterable[str] | None:
    return None if case.note is None else (case.note.test,)


FACTS: Mapping[str, Fact] = {
    "letter_in": _list(lambda case: (case.letter.kind,), "the kind of letter is", LetterKind),
    "decision_in": _list(_decision_kinds, "the decision is", DecisionKind),
    "relation_in": _list(lambda case: (case.recipient.relation,), "the reader is", Relation),
    "flag_in": _list(lambda case: case.flags, "the case is marked", Flag),
    "offence_group_in": _list(lambda case: (case.offence_group,), "the offence is", OffenceGroup),
    "language_in": _list(lambda case: (case.recipient.language,), "the language is", None),
    "test_in": _list(_tests, "the decision turned on", LegalTest),
    "remedy_in": _list(_remedies, "what a review could change is", ReviewRemedy),
    # A letter that answers nothing has no outcome, which is then none of those asked about.
    "outcome_in": _list(
        lambda case: [case.letter.outcome] if case.letter.outcome else [],
        "the answer is",
        ReplyOutcome,
    ),
    "stage_in": _list(
        lambda case: (case.letter.stage,), "the stage of a complaint is", ComplaintStage
    ),
    "review_right": Fact(
        _qualifies, "the decision qualifies for review", "the decision does not qualify for review"
    ),
    "after_withdrawal": Fact(
        _withdrawn,
        "the person no longer supports the case",
        "the person has not withdrawn their support",
    ),
    "is_late": Fact(_is_late, "the letter is late", "the letter is not late"),
    "is_child": Fact(
        lambda case: case.recipient.is_child, "the reader is a child", "the reader is not a child"
    ),
    "meeting_specified": Fact(
        lambda case: case.meeting.is_specified,
        "a meeting has to be offered in such a case",
        "no meeting has to be offered in such a case",
    ),
    "meeting_offered": Fact(
        lambda case: case.meeting.is_offered, "a meeting is offered", "no meeting is offered"
    ),
    "rest_goes_on": Fact(
        _rest_goes_on, "other parts of the case go on", "no other part of the case goes on"
    ),
    "most_sentence_is_same": Fact(
        _most_is_same,
        "the most a court can give is the same for both charges",
        "the most a court can give is not the same for both charges",
    ),
    "made_in_court": Fact(
        _in_court, "the decision was made in court", "the decision was not made in court"
    ),
    "court_to_come": Fact(
        _court_to_come,
        "the court may still have to be told of the decision",
        "the court need not be told of the decision any more",
    ),
    "is_convicted": Fact(
        _is_convicted,
        "everybody the decision is about is convicted",
        "not everybody the decision is about is convicted",
    ),
    "guilt_is_known": Fact(
        _guilt_is_known,
        "somebody is convicted or has pleaded guilty",
        "nobody is convicted or has pleaded guilty",
    ),
    "has_note": Fact(
        lambda case: case.note is not None,
        "there is a reasons note",
        "there is no reasons note",
    ),
    "has_case": Fact(lambda case: True, "the case is known", "the case is not known"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a case, and what may not."""

    wanted: tuple[tuple[str, Wanted], ...] = ()
    unwanted: tuple[tuple[str, Wanted], ...] = ()

    @classmethod
    def from_table(cls, table: Mapping[str, Any], place: str) -> "Condition":
        """Read a condition from a table; `place` says where it stands, for a refusal.

        :raises ConditionRefused: if a key or a value is not one that exists
        """
        wanted = {key: value for key, value in table.items() if key != "not"}
        unwanted = table.get("not", {})
        if not isinstance(unwanted, Mapping):
            raise ConditionRefused(f"{place}: “not” holds keys, for example {{ is_late = true }}.")
        return cls(_read(wanted, place), _read(unwanted, f"{place}, under “not”"))

    @property
    def needs_case(self) -> bool:
        """Say whether this can hold only where the case is known."""
        known = dict(self.wanted)
        return known.get("has_case") is not False and bool(self.wanted or self.unwanted)

    def holds(self, case: CaseFile | None) -> bool:
        """Say whether all that is wanted holds and nothing that is unwanted does."""
        return all(_answer(key, wanted, case) is True for key, wanted in self.wanted) and all(
            _answer(key, wanted, case) is False for key, wanted in self.unwanted
        )

    def in_words(self) -> str:
        """Say the condition: "the decision qualifies for review and the letter is late"."""
        said = [_say(key, wanted, is_so=True) for key, wanted in self.wanted]
        said += [_say(key, wanted, is_so=False) for key, wanted in self.unwanted]
        return list_words(said) if said else "always"


ALWAYS = Condition()


def _answer(key: str, wanted: Wanted, case: CaseFile | None) -> bool | None:
    """Say whether one key holds; None where the case does not say."""
    if key == "has_case":
        return (case is not None) is wanted
    if case is None:
        return None
    found = FACTS[key].of(case)
    if found is None:
        return None
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return not wanted.isdisjoint(each.upper() for each in found)


def _say(key: str, wanted: Wanted, *, is_so: bool) -> str:
    fact = FACTS[key]
    if isinstance(wanted, bool):
        return fact.words if wanted is is_so else fact.unlike
    named = sorted(each.replace("_", " ").lower() for each in wanted)
    return f"{fact.words if is_so else fact.unlike} {list_words(named, joined_by='or')}"


def _read(table: Mapping[str, Any], place: str) -> tuple[tuple[str, Wanted], ...]:
    return tuple((key, _read_key(key, value, place)) for key, value in table.items())


def _read_key(key: str, value: Any, place: str) -> Wanted:
    if key not in FACTS:
        raise ConditionRefused(
            f"{place}: “{key}” is not something a condition may ask. It may ask: "
            f"{', '.join(sorted(FACTS))}."
        )
    if FACTS[key].is_list:
        return _read_list(key, value, place)
    if not isinstance(value, bool):
        raise ConditionRefused(f"{place}: “{key}” is true or false, not {value!r}.")
    return value


def _read_list(key: str, value: Any, place: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConditionRefused(f"{place}: “{key}” is a list of words in quotation marks.")
    values = FACTS[key].values
    named = frozenset(each.upper() for each in value)
    if values is not None and (strange := sorted(named - {each.value for each in values})):
        raise ConditionRefused(
            f"{place}: “{key}” does not know {list_words(strange)}. It knows: "
            f"{', '.join(each.value for each in values)}."
        )
    return named
