"""Who may do what to a letter on its way from the reasons to the person."""

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    NotAllowed,
    check_has_permission,
    is_allowed,
)
from forthright.letters.models import Letter, ReasonsNote
from forthright.letters.selectors.approvers import (
    passed_by,
    reasons_given_in,
    waived_by,
    whom_to_ask,
)
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.letter import drafts_here, latest_words
from forthright.letters.selectors.which import (
    Which,
    duty_of,
    facts_given,
    letter_of,
    others_of,
    wrote_of,
)
from forthright.rules.case_file import ComplaintStage, LetterKind
from forthright.rules.letter_blocks.values import inside
from forthright.rules.separation import acts_of, reasons_against_approving, reasons_by_acts
from forthright.rules.words import list_words
from forthright.schemes.models import Duty
from forthright.schemes.policies import (
    OWN_APPROVAL,
    RECORDED_DRAFT,
    check_can_record,
    check_can_record_stage,
    check_reaches,
    has_recorded_draft,
)
from forthright.schemes.services.recording import DRAFTERS

UNAPPROVED = {
    "approved": "A draft of this letter waits here to be approved, so an approval cannot be "
    "recorded by hand: nobody could tell which words were approved. Whoever approves letters "
    "opens this one, reads the draft, and approves it there or returns it to its drafter. If "
    "other words were approved elsewhere, add those words to the letter first.",
    "sent": "This letter was drafted here and no second person has approved it, so it cannot be "
    "recorded as sent. Ask whoever approves letters to read the draft and approve it; then it is "
    "sent from here. If other words went out, ask somebody who did not draft it to add those "
    "words and to record that they were sent.",
}

OWN_WORDS = (
    "You added words of this letter, so you do not stand for its approval too: the approval is "
    "always a second person’s. Ask somebody else who approves letters to read it, and to record "
    "that it was approved."
)


WITHOUT_LOOK = "let it go without the look"
OWN_REASONS = (
    "You wrote the reasons that stand in this letter, so somebody else must approve it: the "
    "second person reads them for the first time too. {ask}"
)
OWN_LOOK = (
    "You looked at these words before and passed them, so somebody else must approve them: the "
    "look and the approval are by two people. {ask}"
)
OWN_WAIVER = (
    "You let these words go without the look, so somebody else must approve them: another person "
    "reads them before they go. {ask}"
)
APPROVED_HERE = (
    "{approver} read this letter and approved it here, so that did happen. To change its words, "
    "change the draft: that ends the approval. Only somebody who approves letters takes the "
    "approval itself back."
)


def check_can_write_reasons(user: User | None, duty: Duty) -> None:
    """Refuse to write the reasons for a decision of another unit."""
    check_reaches(user, Permission.REASONS_WRITE, duty)


def check_can_mark_reasons(user: User, duty: Duty, note: ReasonsNote) -> None:
    """Refuse to mark reasons that this person wrote, or of another unit."""
    check_reaches(user, Permission.REASONS_MARK, duty)
    if note.written_by_id == user.pk:
        raise NotAllowed("You wrote these reasons, so somebody else must mark them.")


def check_can_set_wishes(user: User | None, duty: Duty) -> None:
    """Refuse to say how a person can be reached to whoever may not record about the letter."""
    check_reaches(user, Permission.DUTY_RECORD, duty)


def check_can_begin(user: User | None, duty: Duty) -> None:
    """Refuse to begin another letter to a person of another unit."""
    check_reaches(user, Permission.LETTER_DRAFT, duty)


def check_can_draft(user: User | None, which: Which) -> None:
    """Refuse to draft a letter of another unit, or one that is ended or out already."""
    letter, duty = letter_of(which), duty_of(which)
    check_reaches(user, Permission.LETTER_DRAFT, duty)
    if letter.is_owed and duty.state == Duty.State.NOT_REQUIRED:
        raise NotAllowed("No letter is required here. Open it again first, if one is.")
    if letter.given_up_at:
        raise NotAllowed("This letter was ended: it is not needed. Begin another, if one is.")
    if letter.steps.sent_at:
        raise NotAllowed(
            "This letter was sent, and its words stay as the person has them. If they are wrong, "
            "the person is owed a letter that puts them right."
        )
    if not letter.is_owed and letter.kind == LetterKind.COMPLAINT_REPLY:
        check_can_answer_at_stage(user, duty, facts_given(letter).get("stage", ""))


def check_can_put_together(user: User, which: Which) -> None:
    """Refuse to put together a letter that nobody who signs letters would sign."""
    check_can_draft(user, which)
    if letter_of(which).steps.drafter is None and user.role not in DRAFTERS:
        signs = list_words([inside(role.label) for role in DRAFTERS], joined_by="or")
        raise NotAllowed(
            f"Whoever puts a letter together signs it, and you do not sign letters. A {signs} "
            "does: ask one of them to draft it, or say on the page of the letter who its drafter "
            "is, and put it together for them to sign."
        )


def check_can_answer_at_stage(
    user: User | None, duty: Duty, stage: str, *, letter: Letter | None = None
) -> None:
    """Refuse the second answer to a complaint to whoever wrote or approved another, the first."""
    if user is None or stage != ComplaintStage.SECOND:
        return
    first = [
        each
        for each in others_of(duty).filter(kind=LetterKind.COMPLAINT_REPLY, given_up_at=None)
        if each != letter and facts_given(each).get("stage") == ComplaintStage.FIRST
    ]
    if any(user.pk in {*wrote_of(each), each.approved_by_id} for each in first):
        raise NotAllowed(
            "You had a part in the first answer to this complaint. The second look is by a "
            "different, more senior person: ask your manager who that is."
        )


def check_can_overrule(user: User, which: Which) -> None:
    """Refuse to overrule a check on a letter of another unit."""
    duty = duty_of(which)
    check_can_draft_or_approve(user, duty)
    check_reaches(user, Permission.STOP_OVERRULE, duty)


def check_can_draft_or_approve(user: User, duty: Duty) -> None:
    """Refuse whoever neither drafts nor approves letters of this unit."""
    if not is_allowed(check_reaches, user, Permission.LETTER_DRAFT, duty):
        check_reaches(user, Permission.LETTER_APPROVE, duty)


def check_can_approve(user: User, which: Which) -> None:
    """Refuse to approve a letter that this person drafted, wrote of, or said who drafted.

    Whoever wrote the reasons that it gives does not approve it either, nor does whoever passed
    these words in the look before they go, or let them go without it: the approval is by yet
    another person.
    """
    check_reaches(user, Permission.LETTER_APPROVE, duty_of(which))
    letter = letter_of(which)
    if user.pk in wrote_of(letter):
        raise NotAllowed(reasons_against_approving(user.pk, drafter=user.pk)[0])
    if letter.is_owed and has_recorded_draft(user, letter.duty):
        raise NotAllowed(RECORDED_DRAFT)
    if user.pk == passed_by(letter):
        raise NotAllowed(OWN_LOOK.format(ask=whom_to_ask(letter)))
    if user.pk == waived_by(letter):
        raise NotAllowed(OWN_WAIVER.format(ask=whom_to_ask(letter)))
    _check_is_not_own_reasons(user, letter)


def _check_is_not_own_reasons(user: User, letter: Letter) -> None:
    note = reasons_given_in(letter)
    if note is not None and note.written_by_id == user.pk:
        raise NotAllowed(OWN_REASONS.format(ask=whom_to_ask(letter)))


def check_can_record_step(user: User | None, duty: Duty, step: str) -> None:
    """Refuse to record by hand that a letter was approved or sent, past the second person.

    Whoever drafted it or wrote words of it never stands for its approval; and what was drafted
    here is approved here, where it is known which words the second person read.
    """
    check_can_record(user, duty)
    if step in UNAPPROVED and not duty.approved_at and not duty.sent_at:
        _check_is_second_person(user, duty, step)
    if step == "sent" and not duty.sent_at:
        _check_is_looked_at(duty)
    check_can_record_stage(user, duty, step)


def _check_is_looked_at(duty: Duty) -> None:
    """Refuse to record as sent what a colleague must look at first."""
    newest = latest_words(duty)
    # Words that were pasted after it was put forward here are looked at as those drafted here.
    if newest is not None and (why := why_unchecked(letter_of(duty), newest.pk)):
        raise NotAllowed(why)


def _check_is_second_person(user: User | None, duty: Duty, step: str) -> None:
    is_own = user is not None and drafts_here(duty).filter(added_by=user).exists()
    is_drafter = user is not None and duty.drafter_id == user.pk
    if step == "approved" and (is_own or is_drafter):
        raise NotAllowed(OWN_APPROVAL)
    newest = latest_words(duty)
    waits = newest is not None and newest.composed is not None
    if (waits and (duty.drafted_at or step == "sent")) or is_own:
        raise NotAllowed(UNAPPROVED[step])
    if user is not None and not is_drafter and user.pk in wrote_of(letter_of(duty)):
        raise NotAllowed(OWN_WORDS)
    if user is not None and not is_drafter:
        _check_is_not_own_reasons(user, letter_of(duty))


def check_can_answer_step(user: User | None, duty: Duty, step: str) -> None:
    """Refuse to open the page of a step to whoever may neither record it nor take it back.

    What was recorded by mistake can be taken back by whoever records about the letter, with the
    reason, even where they could not record it.
    """
    if not getattr(duty, f"{step}_at"):
        check_can_record_step(user, duty, step)
    elif not is_allowed(check_can_record_step, user, duty, step):
        check_can_take_back(user, duty, step)


def check_can_take_back(user: User | None, duty: Duty, step: str) -> None:
    """Refuse to take back an approval given here to whoever gives none, or once it is out."""
    check_can_record(user, duty)
    letter = letter_of(duty)
    if step != "approved" or letter.approved_version_id is None:
        return
    if duty.sent_at:
        raise NotAllowed(
            f"{letter.approved_by} approved this letter here and it has gone out, so the approval "
            "stays as it is. If its words are wrong, begin a correction letter."
        )
    if user is not None and not is_allowed(check_reaches, user, Permission.LETTER_APPROVE, duty):
        raise NotAllowed(APPROVED_HERE.format(approver=letter.approved_by))


def check_can_call(user: User | None, which: Which) -> None:
    """Refuse to record a call about a letter of another unit."""
    check_reaches(user, Permission.DUTY_RECORD, duty_of(which))


def check_can_send(user: User | None, which: Which) -> None:
    """Refuse to send a letter of another unit, or to say what became of it."""
    check_reaches(user, Permission.LETTER_SEND, duty_of(which))


def check_can_waive_look(user: User, letter: Letter) -> None:
    """Refuse to let a letter go without the look that is required, to whoever had a part in it.

    :raises NotAllowed: with every reason
    """
    check_reaches(user, Permission.LOOK_WAIVE, letter.duty)
    newest = latest_words(letter)
    waits = newest is not None and why_unchecked(letter, newest.pk)
    if not waits or not letter.steps.drafted_at or letter.steps.sent_at:
        raise NotAllowed("This letter waits for no look that it may not go without.")
    if reasons := reasons_of_own_part(user, letter, others=WITHOUT_LOOK):
        raise NotAllowed(" ".join(reasons))


def reasons_of_own_part(user: User, letter: Letter, *, others: str) -> tuple[str, ...]:
    """Say of each part that a person had in a letter what somebody else must therefore do.

    It is whoever drafted it, wrote words or facts of it or the reasons that it gives, or approved
    it. Nothing said means that they had no part.
    """
    note, approver = reasons_given_in(letter), letter.approved_by_id
    did = acts_of(
        user.pk, drafter=letter.steps.drafter_id,
        writers={each for each in wrote_of(letter) if each is not None},
        approvers=[approver] if approver else [],
    )  # fmt: skip
    reasons = reasons_by_acts(did, others=others)
    if note is not None and note.written_by_id == user.pk:
        return (
            *reasons, f"You wrote the reasons for this letter, so somebody else must {others}."
        )  # fmt: skip
    return reasons


def check_can_overrule_lock(user: User, which: Which) -> None:
    """Refuse to go against a person's wishes or safety to whoever may not decide that."""
    check_reaches(user, Permission.UNSAFE_CONTACT, duty_of(which))


def check_can_change_contacts(user: User | None, area: Area) -> None:
    """Refuse to change the contacts of an Area that is not this person's."""
    if user is None:
        return
    check_has_permission(user, Permission.CONTACTS_CHANGE)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the contacts of your own Area, not of {area}.")
