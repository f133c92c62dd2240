"""Marks, feedback and disputes of past weeks, given through the same services as people use."""

from datetime import datetime, time, timedelta
from random import Random

from forthright.accounts.models import Role
from forthright.demo.loading import Loaded
from forthright.reviews import selectors
from forthright.reviews.models import Feedback, Review
from forthright.reviews.services import (
    Answer,
    NotSent,
    Summary,
    Telling,
    accept_dispute,
    acknowledge_feedback,
    dispute_mark,
    finish_review,
    open_review,
    record_telling,
    record_urgent_acts,
    refuse_dispute,
    save_marks,
    save_not_sent,
    tell_drafter,
)
from forthright.reviews.services.reading import read_feedback, see_marked
from forthright.rules.marking import UrgentAct
from forthright.rules.rubric import Criterion, Level
from forthright.rules.words import LONDON
from forthright.samples.models import DrawnLetter

# What a marker wrote beside a fault, by criterion.
NOTES = {
    "A1": "The surname is somebody else’s.",
    "A2": "The reference was left as it stands in the template.",
    "A3": "Words are misspelt, and one is written as in a text message.",
    "A5": "It went out late and does not say sorry for that.",
    "A6": "The right to ask for a review is not mentioned.",
    "A7": "No support service is named.",
    "B1": "It gives the test and not the reason in this case.",
    "B2": "Legal words are not explained.",
    "B3": "It opens coldly and has no kind word.",
    "B4": "A standard paragraph says nothing about this case.",
}
NOT_SENT = NotSent(
    because="Nobody was told that a letter was owed.",
    root_cause="PROCESS",
    to_change="Look at the morning list before the post goes.",
)
CAUSES = {"B1": "EXPLANATION", "B4": "TEMPLATE", "A2": "TEMPLATE", "A6": "TEMPLATE"}
WELL = (
    "The first sentence says what was decided.",
    "The reason is told in everyday words.",
    "It names somebody to ring and says when.",
)
LENIENT, ANSWERED, DISPUTED = 0.3, 0.85, 0.06
# Whoever does not answer within days is reminded, and nearly always answers then.
REMINDED = 0.96
# So long after somebody begins to mark a letter they have told its drafter.
TOLD_AFTER = timedelta(minutes=8)
# So long after a dispute was decided both sides have opened what came of it.
OPENED_AFTER = timedelta(days=2)


class PastMarks:
    """Marks the letters of past weeks as a busy line manager would."""

    def __init__(self, loaded: Loaded, *, seed: int, until: datetime) -> None:
        """Keep what the marks are made from."""
        self.loaded, self.until = loaded, until
        self.chance = Random(f"{seed} marks")
        self.decider = loaded.people[Role.LEGAL_MANAGER][0]

    def mark(self, letters: list[DrawnLetter], monday: datetime) -> None:
        """Mark some weeks' letters, tell their drafters, and let them answer."""
        for number, letter in enumerate(letters):
            at = datetime.combine(
                monday.date() + timedelta(days=1 + number % 3), time(10, 7), LONDON
            ) + timedelta(minutes=9 * number)
            if letter.marker is not None and at + TOLD_AFTER < self.until:
                self.mark_one(letter, at)

    def mark_one(self, letter: DrawnLetter, at: datetime) -> None:
        """Mark one letter."""
        marker = letter.marker
        assert marker is not None  # noqa: S101 - said by the caller
        review = open_review(letter, by=marker, at=at)
        if not selectors.has_letter(review, at):
            save_not_sent(review, NOT_SENT, by=marker, at=at)
        else:
            self.give_marks(review, letter, at)
        review = finish_review(review, by=marker, at=at + timedelta(minutes=5))
        if letter.author is not None:
            self.tell(review, at + TOLD_AFTER)
        else:
            record_telling(
                review, Telling(who="Head of the unit", how="In person", on=at.date()),
                by=marker, at=at + TOLD_AFTER, text=review.to_change,
            )  # fmt: skip

    def give_marks(self, review: Review, letter: DrawnLetter, at: datetime) -> None:
        """Give each criterion its level: what is wrong in the letter, a little leniently."""
        chance = self.chance
        sheet = selectors.sheet_of(review, at)
        does_not = {code for code, said in sheet.decided.items() if not said.applies}
        seen = {code for code in sorted(self.loaded.faults.get(letter.owed_id, set()))
                if chance.random() > LENIENT or code in {"A1", "A2"}} - does_not  # fmt: skip
        answers = {}
        for criterion in sheet.criteria:
            level = Level.FULLY
            if criterion.code in seen:
                is_whole = chance.random() < 0.45 or criterion.is_critical
                level = Level.NOT_MET if is_whole else Level.PARTIALLY
            elif criterion.code in does_not or self.is_left_out(criterion, sheet):
                level = Level.NOT_APPLICABLE
            note = (
                NOTES.get(criterion.code, "") if level in {Level.NOT_MET, Level.PARTIALLY} else ""
            )
            answers[criterion.code] = Answer(level=level, note=note)
        worst = min(seen, default="")
        summary = Summary(
            root_cause=CAUSES.get(worst, "DRAFTING") if worst else "",
            done_well=chance.choice(WELL),
            to_change=NOTES[worst] if worst else "Nothing this time; please keep it up.",
        )
        later = at + timedelta(minutes=4)
        save_marks(review, answers, by=review.marker, at=later, summary=summary)
        if seen & {"A1", "A2", "A6"}:
            record_urgent_acts(
                review, by=review.marker, at=later, acts=[UrgentAct.CORRECT],
                note="Told the head of the unit the same morning.",
            )  # fmt: skip

    def is_left_out(self, criterion: Criterion, sheet: selectors.Sheet) -> bool:
        """Return whether a criterion that the record does not decide is said not to apply."""
        return criterion.may_not_apply and criterion.code not in sheet.decided

    def tell(self, review: Review, at: datetime) -> None:
        """Tell the drafter, and let them answer a day or two later."""
        feedback = tell_drafter(
            review, by=review.marker, at=at, for_demo=True,
            text=f"Done well: {review.done_well or 'not applicable'}\n"
            f"To change: {review.to_change}",
        )  # fmt: skip
        answered = at + timedelta(days=self.chance.randint(1, 3))
        if self.chance.random() > ANSWERED:
            answered += timedelta(days=self.chance.randint(7, 18))
            if self.chance.random() > REMINDED:
                return
        if answered > self.until:
            return
        if self.chance.random() < DISPUTED and self.dispute(feedback, answered):
            return
        if feedback.drafter is not None:
            acknowledge_feedback(feedback, by=feedback.drafter, at=answered)

    def dispute(self, feedback: Feedback, at: datetime) -> bool:
        """Dispute the first fault, and let a legal manager decide a week later."""
        marks = selectors.marks_of(feedback.review)
        fault = next((each for each in marks if each.level in {"PARTIALLY", "NOT_MET"}), None)
        drafter = feedback.drafter
        is_too_late = at.date() > feedback.dispute_by
        if fault is None or drafter is None or is_too_late:
            return False
        dispute = dispute_mark(
            feedback, fault, by=drafter, at=at,
            reason="The sentence is there, in the second paragraph.",
        )  # fmt: skip
        decided = at + timedelta(days=6)
        if decided > self.until:
            return True
        if self.chance.random() < 0.5:
            accept_dispute(
                dispute, by=self.decider, at=decided, new_level="FULLY",
                reason="I read it again: the sentence is there.",
            )  # fmt: skip
        else:
            refuse_dispute(
                dispute, by=self.decider, at=decided,
                reason="The sentence is there but says nothing about this case.",
            )  # fmt: skip
        opened = decided + OPENED_AFTER
        if opened <= self.until:
            read_feedback(feedback, by=drafter, at=opened)
            see_marked(feedback.review, by=feedback.told_by, at=opened)
        return True
