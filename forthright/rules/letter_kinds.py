"""Letters other than the one that is owed: what each is for, when it may be, which facts it needs.

The letter that says a decision is written from the prosecutor's reasons. The others are written
from facts of their own, which stand in one table here: the page asks for them, and what lacks
refuses the letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from forthright.rules.case_file import (
    CaseFile,
    ComplaintStage,
    DatedFact,
    Decision,
    DecisionKind,
    Flag,
    LegalTest,
    LetterKind,
    ReasonsNote,
    ReplyOutcome,
    ReviewRight,
)
from forthright.rules.letter_blocks.review_right import right_of_decision, with_review_right
from forthright.rules.words import date_words, day_of
from forthright.rules.working_days import Calendar

Facts = Mapping[str, Any]
# While the newest decision is one of these, the case goes on and may still be stopped.
GOES_ON = {DecisionKind.CHARGED, DecisionKind.ALTERED_DECREASED, DecisionKind.ALTERED_INCREASED}


class Answer(StrEnum):
    """What one fact is given as."""

    LINE = "LINE"
    LINES = "LINES"
    DAY = "DAY"
    CHOICE = "CHOICE"
    TICK = "TICK"
    SENT_LETTER = "SENT_LETTER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One fact that a kind of letter is written from."""

    name: str
    label: str
    hint: str = ""
    answer: Answer = Answer.LINE
    is_needed: bool = True
    # The outcome of a reply that makes needed what may otherwise be left out.
    needed_when: ReplyOutcome | None = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherKind:
    """A kind of letter besides the decision letter."""

    kind: LetterKind
    use: str
    says_itself: str  # what its wording says without being asked
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand between the Area and one person when another letter is thought of."""

    decision: Decision
    is_sent: bool  # whether the decision letter is out
    is_stopped: bool  # whether any decision on record stopped the case
    flags: Sequence[Flag] = ()


PROMISED = Asked(
    name="due_on", label="By when were they to have our answer?", answer=Answer.DAY,
    is_needed=False, hint="If that day has passed, the letter says sorry for being late",
)  # fmt: skip
NEXT_STEP = Asked(
    name="next_step", label="What do we do next because of it?", is_needed=False,
    hint="Who does what, or leave it empty",
)  # fmt: skip
NEXT_ON = Asked(
    name="next_on", label="By when do they hear how that stands?", answer=Answer.DAY,
    is_needed=False, hint="The letter promises this day",
)  # fmt: skip
OTHER_KINDS: Mapping[LetterKind, OtherKind] = {
    each.kind: each
    for each in (
        OtherKind(
            kind=LetterKind.HOLDING,
            use="An answer takes longer: they hear what we wait for, and by which day they have it",
            says_itself="It says who answers, and where to turn meanwhile. It does not say the "
            "decision, so the decision letter stays owed and its time goes on.",
            asks=(
                Asked(
                    name="reply_to", label="What are they waiting for?",
                    hint="As it follows “The answer is about this:”, for example: your question "
                    "about the camera on Foundry Street",
                ),
                Asked(
                    name="answer_by", label="By when will they have the answer?",
                    answer=Answer.DAY, hint="The letter promises this day",
                ),
            ),
        ),
        OtherKind(
            kind=LetterKind.CORRECTION,
            use="A letter that was sent has a mistake in it",
            says_itself="It says sorry for the mistake, and says the decision again in full, from "
            "the record and the prosecutor’s reasons. Put those right first.",
            asks=(
                Asked(
                    name="earlier", label="Which letter was wrong?", answer=Answer.SENT_LETTER
                ),
                Asked(
                    name="correction_of", label="What was wrong in it?",
                    hint="As it follows “had a mistake in it:”, for example: it gave the wrong "
                    "day to ask for a review. Say what was wrong without saying it again.",
                ),
                Asked(
                    name="correction_right", label="What is right?",
                    hint="As it follows “What is right is this:”, for example: you can ask on or "
                    "before the day that is given below",
                ),
            ),
        ),
        OtherKind(
            kind=LetterKind.COMPLAINT_REPLY,
            use="They complained, and we have looked into it",
            says_itself="It says sorry where we were wrong, and how to take it further, by when.",
            asks=(
                Asked(
                    name="stage", label="Which answer is this?", answer=Answer.CHOICE,
                    hint="Whoever wrote or approved the first answer cannot give the second",
                    choices=(
                        (ComplaintStage.FIRST, "Our first answer"),
                        (ComplaintStage.SECOND, "Our second and last, by somebody more senior"),
                    ),
                ),
                Asked(
                    name="outcome", label="Was the complaint right?", answer=Answer.CHOICE,
                    choices=(
                        (ReplyOutcome.UPHELD, "Yes"),
                        (ReplyOutcome.PARTLY_UPHELD, "In part"),
                        (ReplyOutcome.NOT_UPHELD, "No"),
                    ),
                ),
                Asked(
                    name="reply_to", label="What did they complain of?",
                    hint="As it follows “You told us about this:”, for example: nobody rang you "
                    "back in March",
                ),
                Asked(
                    name="reply_outcome", label="What is our answer?",
                    hint="One sentence: You were right, and we should have rung you",
                ),
                Asked(
                    name="facts", label="What did we find on each point?", answer=Answer.LINES,
                    hint="One point of the complaint a line, each answered",
                ),
                NEXT_STEP,
                NEXT_ON,
                PROMISED,
            ),
        ),
        OtherKind(
            kind=LetterKind.REVIEW_REPLY,
            use="They asked for a review, and the Area has looked at its decision again",
            says_itself="Where the decision stands, it says how to ask for the last stage of the "
            "review, and until which day. Where it was wrong, it says sorry.",
            asks=(
                Asked(
                    name="outcome", label="Does the decision stand?", answer=Answer.CHOICE,
                    choices=(
                        (ReplyOutcome.STANDS, "It stands"),
                        (ReplyOutcome.CHANGED, "It is changed"),
                    ),
                ),
                Asked(
                    name="reply_outcome", label="What is our answer?",
                    hint="One sentence: The decision to stop the case was right",
                ),
                Asked(
                    name="facts", label="Why is that our answer?", answer=Answer.LINES,
                    hint="One fact a line, as whoever looked again found it",
                ),
                replace(
                    NEXT_STEP, needed_when=ReplyOutcome.CHANGED,
                    hint="Who does what. It is needed where the decision is changed.",
                ),
                replace(
                    NEXT_ON, needed_when=ReplyOutcome.CHANGED,
                    hint="The letter promises this day. It is needed where the decision is "
                    "changed.",
                ),
                PROMISED,
                Asked(
                    name="is_afresh", answer=Answer.TICK,
                    label="A prosecutor who took no part in the first decision looked at the "
                    "whole case",
                    hint="The letter says so, so it must be true",
                ),
            ),
        ),
        OtherKind(
            kind=LetterKind.PRE_DECISION,
            use="In the review pilot: they are told before a case is stopped, and can ask for a "
            "review first",
            says_itself="It says that nothing is decided yet, and how to ask for a review first.",
            asks=(
                Asked(
                    name="decided", label="What does the prosecutor propose?",
                    hint="One line, for example: to offer no evidence against Dean Marsden",
                ),
                Asked(
                    name="test", label="What does it turn on?", answer=Answer.CHOICE,
                    choices=(
                        (LegalTest.EVIDENCE, "There is not enough evidence"),
                        (LegalTest.PUBLIC_INTEREST, "It is not in the public interest"),
                        (LegalTest.NEITHER, "Neither: it turns on something else"),
                    ),
                ),
                Asked(
                    name="facts", label="Which facts speak for it so far?", answer=Answer.LINES,
                    hint="One fact a line. They read them as you write them.",
                ),
                Asked(
                    name="answer_by", label="Until when can they ask for a review?",
                    answer=Answer.DAY, is_needed=False,
                    hint="Leave it empty for the time that the scheme gives",
                ),
            ),
        ),
    )
}  # fmt: skip


def facts_missing(kind: LetterKind, given: Facts) -> list[Asked]:
    """Return what a kind of letter needs and nobody has given."""
    return [
        each for each in OTHER_KINDS[kind].asks
        if not given.get(each.name)
        and (each.is_needed or (each.needed_when and each.needed_when == given.get("outcome")))
    ]  # fmt: skip


def reason_against(kind: LetterKind, standing: Standing) -> str:
    """Say why such a letter cannot be written now, and how to mend it; nothing where it can."""
    if kind is LetterKind.CORRECTION and not standing.is_sent:
        return (
            "The letter with the decision has not been sent, so there is nothing to put right. "
            "Change its draft instead."
        )
    if kind is LetterKind.REVIEW_REPLY:
        right = right_of_decision(standing.decision)
        return "" if right.qualifies else (
            f"This decision carries no right to a review, because {right.because}. If they are "
            "unhappy with it, write a reply to a complaint."
        )  # fmt: skip
    return _against_pre_decision(standing) if kind is LetterKind.PRE_DECISION else ""


def _against_pre_decision(standing: Standing) -> str:
    """Say what stands against telling somebody before a decision, by what is on record."""
    is_made = standing.decision.kind not in GOES_ON
    if is_made or standing.is_stopped:
        on = date_words(day_of(standing.decision.made_at))
        made = f"The decision was made on {on}" if is_made else "Another decision stopped the case"
        return (
            f"{made}, and this letter can only go out before that. Write the decision letter. If "
            "the decision was not made, have the record corrected by the next extract."
        )
    if Flag.RASSO not in standing.flags:
        return (
            "Only people in cases of rape or a serious sexual offence are told before the "
            "decision, and this case is not marked as one. If it is one, have the record "
            "corrected by the next extract."
        )
    return ""


def case_for_kind(
    case: CaseFile, kind: LetterKind, given: Facts, calendar: Calendar | None = None
) -> CaseFile:
    """Return the case of a decision as a letter of another kind is written from it.

    :raises CalendarTooShort: if the calendar does not reach the last day to ask for a review
    """
    # A holding letter stands in for the answer that is late; the others have their own day.
    is_holding = kind is LetterKind.HOLDING
    due_on = _day(given, "answer_by" if is_holding else "due_on")
    is_late = due_on is not None and case.letter.dated is not None and case.letter.dated > due_on
    letter = case.letter.model_copy(
        update={
            "kind": kind,
            "due_on": due_on,
            "is_late": case.letter.is_late if is_holding else is_late,
            "reply_to": given.get("reply_to", ""),
            "reply_outcome": given.get("reply_outcome", ""),
            "next_step": given.get("next_step", ""),
            "next_on": due_on if is_holding else _day(given, "next_on"),
            "outcome": ReplyOutcome(given["outcome"]) if given.get("outcome") else None,
            "stage": ComplaintStage(given.get("stage") or ComplaintStage.FIRST),
            "correction_of": given.get("correction_of", ""),
            "correction_right": given.get("correction_right", ""),
            "earlier_letter_on": _day(given, "earlier_on"),
        }
    )
    changes: dict[str, Any] = {"letter": letter, "dates": _dates(case, letter.earlier_letter_on)}
    if given.get("facts"):
        changes["note"] = _note(case, given)
    if kind is LetterKind.PRE_DECISION:
        changes["decision"] = None
    elif kind is LetterKind.REVIEW_REPLY:
        changes["review_right"] = _right_after_review(case, given)
    asked = with_review_right(case.model_copy(update=changes), calendar)
    return _with_last_day(asked, _day(given, "answer_by"))


def _day(given: Facts, name: str) -> date | None:
    return date.fromisoformat(given[name]) if given.get(name) else None


def _dates(case: CaseFile, earlier: date | None) -> tuple[DatedFact, ...]:
    own = (DatedFact(on=earlier, what="our earlier letter"),) if earlier else ()
    return (*case.dates, *own)


def _note(case: CaseFile, given: Facts) -> ReasonsNote:
    """Return the letter's own facts as its reasons; what must not be said holds for it too."""
    return ReasonsNote(
        decided=given.get("decided") or given.get("reply_outcome", ""),
        test=LegalTest(given.get("test") or LegalTest.NEITHER),
        facts=tuple(given["facts"]),
        must_not_say=case.note.must_not_say if case.note else (),
    )


def _right_after_review(case: CaseFile, given: Facts) -> ReviewRight:
    """Return the right to the last stage, which only a decision that stands still has."""
    if case.decision is None:
        return ReviewRight(qualifies=False, because="there is no decision")
    right = right_of_decision(case.decision)
    if given.get("outcome") == ReplyOutcome.STANDS:
        return right
    return right.model_copy(update={"qualifies": False, "because": "the decision does not stand"})


def _with_last_day(case: CaseFile, ask_by: date | None) -> CaseFile:
    if ask_by is None or case.review_right is None or case.letter.kind is LetterKind.HOLDING:
        return case
    right = case.review_right.model_copy(update={"ask_by": ask_by})
    return case.model_copy(update={"review_right": right})
