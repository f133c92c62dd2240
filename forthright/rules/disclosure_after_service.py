"""What a duty that was served waits for again, and who does it."""

from collections.abc import Iterable
from enum import StrEnum


class AfterService(StrEnum):
    """A step that waits again after a service, in the order in which they are taken."""

    TOLD = "TOLD"
    CONFIRM = "CONFIRM"
    LOOK = "LOOK"
    BACK = "BACK"
    PLACE = "PLACE"
    DECIDE = "DECIDE"
    OVERDUE = "OVERDUE"
    APPROVE = "APPROVE"
    SERVE = "SERVE"
    TELL = "TELL"
    ANSWER = "ANSWER"
    SILENT = "SILENT"

    @property
    def words(self) -> str:
        """Say who does what."""
        return WORDS[self]


WORDS = {
    AfterService.TOLD: (
        "a lawyer of the unit looks into an answer that told the defence of sensitive material: "
        "tells the legal manager and the officer in the case, asks the defence to send the words "
        "back, and answers the request again without them, where the duty is closed once it is "
        "open again"
    ),
    AfterService.CONFIRM: (
        "somebody else of the unit says whether something recorded is taken back, as was asked"
    ),
    AfterService.LOOK: "somebody of the unit looks through the schedules that came",
    AfterService.BACK: (
        "the police mend a schedule on which something is to be disclosed, waits to be decided or "
        "was set aside until a day that has passed; somebody of the unit presses them, or takes "
        "the return back"
    ),
    AfterService.PLACE: "a lawyer says what an entry of the officer’s report is about",
    AfterService.DECIDE: "a lawyer endorses what is not decided",
    AfterService.OVERDUE: "a lawyer decides what was set aside until a day that has passed",
    AfterService.APPROVE: (
        "a legal SPOC or legal manager who decided none of it approves what was decided since"
    ),
    AfterService.SERVE: "somebody of the unit serves what is to be disclosed",
    AfterService.TELL: "somebody of the unit tells the court of a service",
    AfterService.ANSWER: "somebody of the unit sees to what the defence asked, or to its statement",
    AfterService.SILENT: (
        "the day of the defence statement has passed: somebody of the unit records what came, or "
        "keeps that none did"
    ),
}


def next_words(steps: Iterable[AfterService]) -> str:
    """Say what waits and whose it is; nothing where nothing waits."""
    found = set(steps)
    said = [step.words for step in AfterService if step in found]
    return f"Next: {'; '.join(said)}" if said else ""
