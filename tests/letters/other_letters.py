"""Letters besides the one that is owed, for the tests of them."""

from forthright.accounts.models import Role, Unit
from forthright.letters.models import Dispatch, Letter
from forthright.letters.services.approving import approve
from forthright.letters.services.delivery import note_event
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.letters.services.others import begin_letter
from forthright.rules.case_file import LetterKind
from forthright.schemes.models import Duty
from tests import given
from tests.letters import outgoing

HOLDING = {
    "reply_to": "your question about the camera on Foundry Street",
    "answer_by": "2026-10-19",
}
COMPLAINT = {
    "stage": "FIRST",
    "outcome": "UPHELD",
    "reply_to": "nobody rang you back in March",
    "reply_outcome": "You were right, and we should have rung you",
    "facts": ["You rang on 4 September 2026", "Our officer did not pass your message on"],
    "next_step": "Our manager, Lena Roy, has changed how messages are passed on",
}
REVIEW = {
    "outcome": "STANDS",
    "reply_outcome": "The decision to stop the case was right",
    "facts": ["The camera on Foundry Street was not recording that night"],
    "is_afresh": True,
}
CORRECTION = {
    "earlier": "1",
    "correction_of": "it gave the wrong day to ask for a review",
    "correction_right": "you can ask on or before the day that is given below",
}
PRE_DECISION = {
    "decided": "to offer no evidence against Dean Marsden",
    "test": "EVIDENCE",
    "facts": ["The camera on Foundry Street was not recording that night"],
}
FACTS = {
    LetterKind.HOLDING: HOLDING,
    LetterKind.COMPLAINT_REPLY: COMPLAINT,
    LetterKind.REVIEW_REPLY: REVIEW,
    LetterKind.CORRECTION: CORRECTION,
    LetterKind.PRE_DECISION: PRE_DECISION,
}


def begun(kind=LetterKind.HOLDING, *, duty=None, by=None, **changes) -> Letter:
    """Return a letter begun by a liaison officer from the facts of its kind."""
    duty = duty or given.an_explained_letter()
    by = by or given.a_liaison_officer()
    return begin_letter(duty, kind, {**FACTS[kind], **changes}, by=by, at=given.NOON)


def drafted(kind=LetterKind.HOLDING, **letter) -> Letter:
    """Return a letter put together from its facts."""
    made = begun(kind, **letter)
    draft_letter(made, by=made.begun_by, at=given.NOON)
    return Letter.objects.get(pk=made.pk)


def handed_over(kind=LetterKind.HOLDING, **letter) -> Letter:
    """Return a letter that waits for a second person."""
    made = drafted(kind, **letter)
    hand_over(made, by=made.begun_by, at=given.NOON)
    return Letter.objects.get(pk=made.pk)


def approved(kind=LetterKind.HOLDING, **letter) -> Letter:
    """Return a letter that a manager approved."""
    made = handed_over(kind, **letter)
    approve(made, 1, by=a_manager(), at=given.NOON)
    return Letter.objects.get(pk=made.pk)


def a_manager():
    """Return a manager of the liaison unit, who approves letters and drafts none."""
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def went(dispatch: Dispatch) -> None:
    """Let a dispatch be handed over."""
    note_event(dispatch, Dispatch.State.SENT, happened_at=given.NOON, by=None, at=given.NOON)


def a_letter_that_went() -> Duty:
    """Return a letter owed that went to the person, so that it could be put right."""
    duty = outgoing.by_email()
    went(outgoing.asked(duty))
    return Duty.objects.get(pk=duty.pk)
