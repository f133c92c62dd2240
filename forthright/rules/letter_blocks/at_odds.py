"""What a case records that cannot be, each said with its place in the case file and its mend."""

from collections.abc import Iterator

from forthright.rules.case_file import (
    Accused,
    AccusedStatus,
    CaseFile,
    DecisionKind,
    LetterKind,
    ReviewRight,
)
from forthright.rules.letter_blocks.naming import accused_of_decision, full_name
from forthright.rules.letter_blocks.review_right import last_day_by_rule, rule_of_decision
from forthright.rules.plain_charges import only_repeats, plain_words_of
from forthright.rules.words import date_words, day_of, list_words

# Decisions of which every letter says that the case goes on, or goes to court.
GO_ON = {DecisionKind.ALTERED_DECREASED, DecisionKind.ALTERED_INCREASED, DecisionKind.CHARGED}
# Decisions after which no court finds anybody guilty or not guilty.
NO_VERDICT = {DecisionKind.DISCONTINUED, DecisionKind.NO_FURTHER_ACTION}
# Letters that tell of the decision or of what a review of it can do, besides its own.
TELL_OF_THE_DECISION = {LetterKind.CORRECTION, LetterKind.REVIEW_REPLY, LetterKind.PRE_DECISION}
MEND_OF_STATUS = {
    False: (
        "Put the status right. If the court has acquitted them, no letter can be put together "
        "from this: write its words yourself, and say what the court decided."
    ),
    True: (
        "Put the status right, or the decision: where a court found them not guilty because no "
        "evidence was offered, it is of the kind NO_EVIDENCE_OFFERED."
    ),
}
# The pilot has its own days; a correction may keep the day of the letter that it puts right.
OWN_DAYS = {LetterKind.PRE_DECISION, LetterKind.CORRECTION}


def at_odds(case: CaseFile) -> list[str]:
    """Return a sentence for everything that a case records and that cannot be.

    :raises CalendarTooShort: if the calendar does not reach the last day to ask for a review
    """
    right = case.review_right
    found = [*_of_accused(case), *_of_acquitted(case), *_of_a_childs_words(case)]
    if right is not None and right.qualifies:
        found += _of_remedy(case, right)
        found += last_day_at_odds(case, right)
    return found


def _of_accused(case: CaseFile) -> Iterator[str]:
    if case.decision is None:
        return
    known = {each.family_name.casefold() for each in case.accused}
    known |= {full_name(each).casefold() for each in case.accused}
    against = case.decision.against
    if any(each.casefold() not in known for each in against):
        yield (
            "decision.against: this names somebody who is not among the accused. Write whole "
            "names, or family names, as they stand in accused."
        )
    elif len(case.accused) > 1 and case.decision.rest_goes_on and not against:
        yield (
            "decision.against: several people are accused and the rest of the case goes on. "
            "Name those of them whom this decision is about."
        )


def _of_acquitted(case: CaseFile) -> Iterator[str]:
    """Refuse a letter that could not be true of somebody whom the court has acquitted."""
    decision, kind = case.decision, case.letter.kind
    if decision is None or kind is LetterKind.HOLDING:
        return
    told = [each for each in accused_of_decision(case) if _is_acquitted(each)]
    if not told:
        return
    if decision.kind in GO_ON and kind in {decision.kind.value, *TELL_OF_THE_DECISION}:
        why = "and a letter about a decision of the kind {kind} says that the case goes on"
    elif decision.kind in NO_VERDICT:
        why = "and a decision of the kind {kind} leaves no verdict"
    elif decision.rest_goes_on and all(map(_is_acquitted, case.accused)):
        why = "so is everybody else accused, and decision.rest_goes_on says that the case goes on"
    else:
        return
    for each in told:
        yield (
            f"accused.status: {full_name(each)} is recorded as acquitted, "
            f"{why.format(kind=decision.kind)}. {MEND_OF_STATUS[decision.kind in NO_VERDICT]}"
        )


def _is_acquitted(person: Accused) -> bool:
    return person.status is AccusedStatus.ACQUITTED


def _of_a_childs_words(case: CaseFile) -> Iterator[str]:
    """Refuse, for a child, plain words that are only the name of the charge again."""
    if not case.recipient.is_child:
        return
    for name, plain in plain_words_of(case).items():
        if only_repeats(plain, name):
            yield (
                f"the plain words for “{name}” are that name again, and a child reads this "
                "letter. Say in a child’s words what it is about."
            )


def _of_remedy(case: CaseFile, right: ReviewRight) -> Iterator[str]:
    rule = rule_of_decision(case)
    if rule is None or right.remedy is None or right.remedy in rule.may_be:
        return
    can_be = list_words([each.value for each in rule.may_be], joined_by="or")
    yield (
        f"review_right.remedy: a decision of the kind {rule.kind} cannot have {right.remedy}. "
        f"Write {can_be}, or leave it out."
    )


def last_day_at_odds(case: CaseFile, right: ReviewRight) -> Iterator[str]:
    """Yield what is wrong with the recorded last day to ask for a review."""
    ask_by, dated = right.ask_by, case.letter.dated
    if ask_by is None or dated is None:
        return
    place = "review_right.ask_by"
    decided = day_of(case.decision.made_at) if case.decision else dated
    if ask_by < max(dated, decided):
        yield (
            f"{place}: the last day to ask for a review is before the letter or the decision. "
            "Leave it out, and the day follows from the rule."
        )
        return
    by_rule = last_day_by_rule(case)
    if case.letter.kind in OWN_DAYS or by_rule is None or ask_by == by_rule:
        return
    if ask_by < by_rule or not right.is_extended:
        yield (
            f"{place}: by the rule the last day to ask is {date_words(by_rule)}. Leave it out, "
            "or record in review_right.is_extended that the person was given longer."
        )
