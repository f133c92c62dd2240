"""What is done of one letter and what comes next, as the page of the letter leads with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.policies import is_allowed
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.addresses import address_of
from forthright.letters.models import Dispatch, Letter, LetterVersion
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.checks import check_words, look_waived, why_unchecked
from forthright.letters.selectors.holding import held_back_because
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import (
    GONE_WRONG,
    MOST_CALLS,
    UNDER_WAY,
    calls_of,
    last_dispatch,
    may_call_again,
)
from forthright.letters.selectors.which import Which, facts_of, letter_of
from forthright.rules.words import capitalised, day_words, moment_words
from forthright.schemes.models import Duty
from forthright.web import clock

DONE, TO_DO, NOT_YET, WAITS = "Done", "To do", "Not yet", "Waits"
WITHOUT = "Goes without"
# Of a letter that is out: what nobody says was done is not done by that.
NOT_RECORDED = "Not recorded"
# Of reasons that are recorded as arrived and were never written here.
NOT_KEPT = "Not kept here"
CHECK = "A colleague’s check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step from the reasons to the proof that the letter arrived."""

    words: str
    hint: str = ""
    status: str = NOT_YET
    address: str = ""
    act: str = ""  # what the button says while this comes next


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The steps of a letter, and the one that comes next."""

    tasks: list[Task]
    letter: Letter

    @property
    def next(self) -> Task | None:
        """Return the first step that is not done, if this person can do it."""
        waiting = next((each for each in self.tasks if each.status == TO_DO), None)
        return waiting if waiting and waiting.address and waiting.act else None

    @property
    def waits_for(self) -> Task | None:
        """Return the first step that is not done, whoever does it."""
        return next((each for each in self.tasks if each.status == TO_DO), None)


def progress_of(which: Which, user: User) -> Progress:
    """Return the steps of a letter as this person may take them."""
    letter = letter_of(which)
    facts = _Facts(letter, user, last_dispatch(letter), latest_words(letter))
    return Progress(tasks=list(_in_turn(facts)), letter=letter)


@dataclass(frozen=True, slots=True)
class _Facts:
    letter: Letter
    user: User
    last: Dispatch | None
    version: LetterVersion | None

    def address(self, page: str) -> str:
        return address_of(page, self.letter)

    @property
    def duty(self) -> Duty:
        return self.letter.duty

    @property
    def of_last(self) -> str:
        """Return the address of the newest dispatch, where there is one this person may see."""
        may = self.last is not None and is_allowed(policies.check_can_send, self.user, self.letter)
        return address_of("dispatch", self.letter, self.last.pk) if self.last and may else ""

    @property
    def may_draft(self) -> bool:
        return is_allowed(policies.check_can_draft, self.user, self.letter)


def _in_turn(facts: _Facts) -> Iterator[Task]:
    """Yield the steps; after the first that is to do, those that need it are not yet."""
    is_blocked = False
    first = _reasons if facts.letter.is_owed else _given
    steps = (first, _draft, _approval, _check, _calls, _sending, _arrival)
    for task in (found for step in steps if (found := step(facts)) is not None):
        # A letter that cannot be telephoned about may be sent all the same.
        if task.status == TO_DO and is_blocked and not (task.words == "Sending" and task.address):
            yield Task(words=task.words, hint=task.hint, address=task.address)
            continue
        is_blocked = is_blocked or task.status == TO_DO
        yield task


def _reasons(facts: _Facts) -> Task:
    words, address = "The prosecutor’s reasons", facts.address("note")
    if note := note_for(facts.duty.decision):
        by = note.written_by or "the prosecutor"
        return Task(words=words, hint=f"Written by {by}", status=DONE, address=address)
    if facts.duty.sent_at or facts.duty.decision.kind == Decision.Kind.CHARGED:
        # They may have come by another way, and of a charge none are needed.
        otherwise = NOT_RECORDED if facts.duty.sent_at else "Not needed"
        status = DONE if facts.duty.explained_at else otherwise
        return Task(words=words, hint="None were written here", status=status, address=address)
    may = is_allowed(policies.check_can_write_reasons, facts.user, facts.duty)
    address = facts.address("note_write") if may else address
    if arrived := facts.duty.explained_at:
        hint = f"Arrived another way, {day_words(clock.day_of(arrived))}"
        return Task(words=words, hint=hint, status=NOT_KEPT, address=address)
    act = "Write the reasons" if may else ""
    hint = "Facts, not paragraphs" if may else "Waits for the prosecutor"
    return Task(words=words, hint=hint, status=TO_DO, address=address, act=act)


def _given(facts: _Facts) -> Task:
    """Return the facts of a letter that is not owed, without which none is begun."""
    address = facts.address("other_facts") if facts.may_draft else ""
    newest = facts_of(facts.letter).first()
    hint = f"Given by {newest.written_by}" if newest else ""
    return Task(words="What it is written from", hint=hint, status=DONE, address=address)


def _draft(facts: _Facts) -> Task:
    address = facts.address("draft") if facts.may_draft else ""
    version, letter = facts.version, facts.letter
    if facts.letter.steps.drafted_at or facts.letter.steps.sent_at:
        hint = f"Version {version.number}" if version else "Its words were not added"
        status = DONE if version or facts.letter.steps.drafted_at else NOT_RECORDED
        return Task(words="The draft", hint=hint, status=status, address=address)
    if letter.returned_because:
        hint = f"Returned by {letter.returned_by}: {letter.returned_because}"
        return Task(words="The draft", hint=hint, status=TO_DO, address=address,
                    act="Change the draft")  # fmt: skip
    may_begin = is_allowed(policies.check_can_put_together, facts.user, letter)
    begin = "Draft the letter" if may_begin else ""
    act = "Go on with the draft" if version else begin
    hint = f"Version {version.number}, not handed over yet" if version else ""
    return Task(words="The draft", hint=hint, status=TO_DO, address=address, act=act)


def _check(facts: _Facts) -> Task | None:
    """Return the look of a colleague, where one was asked for; who looks is kept elsewhere."""
    letter = facts.letter
    if letter.check_asked_at is None:
        return None
    newest = facts.version.pk if facts.version else None
    is_done = newest is not None and letter.checked_version_id == newest
    status = DONE if is_done else TO_DO if letter.check_is_required else WAITS
    if not is_done and look_waived(letter, newest):
        status = WITHOUT
    if not is_done and letter.steps.sent_at:
        status = NOT_RECORDED
    address = reverse("peer_checks:of_letter", args=[letter.pk])
    return Task(words=CHECK, hint=check_words(letter, newest), status=status, address=address)


def _approval(facts: _Facts) -> Task:
    letter, steps = facts.letter, facts.letter.steps
    may = facts.version is not None and is_allowed(policies.check_can_approve, facts.user, letter)
    address = facts.address("approve") if may and steps.drafted_at and not steps.sent_at else ""
    if steps.approved_at or steps.sent_at:
        by = f" by {letter.approved_by}" if letter.approved_by else ""
        on = f"Approved{by}, {moment_words(steps.approved_at)}" if steps.approved_at else ""
        status = DONE if steps.approved_at else NOT_RECORDED
        return Task(words="The check and approval", hint=on, status=status, address=address)
    hint = "" if address else "By a second person, never the drafter nor whoever wrote the reasons"
    return Task(words="The check and approval", hint=hint, status=TO_DO, address=address,
                act="Read and approve the letter")  # fmt: skip


def _calls(facts: _Facts) -> Task:
    """Return the calls: tried before the letter where there is a number, and never in its way."""
    words, calls, sent_at = "The telephone call", calls_of(facts.letter), facts.letter.steps.sent_at
    may = is_allowed(policies.check_can_call, facts.user, facts.letter)
    address = facts.address("calls") if may else ""
    said = f"{len(calls)} of up to {MOST_CALLS} tried" if calls else ""
    if calls and not may_call_again(calls):
        last = calls[len(calls) - 1].get_outcome_display()
        return Task(words=words, hint=f"{said}: {last}", status=DONE, address=address)
    if not calls and not facts.duty.person.phone:
        return Task(words=words, hint="No number is recorded", status="No number")
    if sent_at:
        return Task(words=words, hint=said, status=DONE if calls else "None recorded")
    hint = f"{said}. " if said else ""
    return Task(words=words, hint=f"{hint}Telephone first, then write", status=TO_DO,
                address=address, act="Record a call")  # fmt: skip


def _sending(facts: _Facts) -> Task:
    steps, last = facts.letter.steps, facts.last
    may = is_allowed(policies.check_can_send, facts.user, facts.letter)
    if steps.sent_at:
        by = f"{capitalised(last.way_words)}, " if last else ""
        hint = f"{by}{moment_words(steps.sent_at)}"
        return Task(words="Sending", hint=hint, status=DONE, address=facts.of_last)
    if last and last.state in UNDER_WAY:
        hint = f"{last.get_state_display()}, {last.way_words}"
        return Task(words="Sending", hint=hint, status=TO_DO, address=facts.of_last,
                    act="See what became of it")  # fmt: skip
    if steps.approved_at and facts.letter.is_owed and facts.letter.approved_version_id is None:
        record = reverse("letters:stage_record", args=[facts.duty.pk, "sent"])
        return Task(
            words="Sending", hint="Its words were approved elsewhere, so it goes from there",
            status=TO_DO, address=record if may else "", act="Record that it was sent",
        )  # fmt: skip
    is_held = facts.version is not None and why_unchecked(facts.letter, facts.version.pk)
    address = facts.address("send") if may and steps.approved_at and not is_held else ""
    hint = held_back_because(facts.letter, clock.today())
    if last:
        hint = f"{last.get_state_display()} {last.way_words}. Choose another way"
    return Task(words="Sending", hint=hint, status=TO_DO, address=address,
                act="Send it another way" if last else "Send the letter")  # fmt: skip


def _arrival(facts: _Facts) -> Task:
    steps, last = facts.letter.steps, facts.last
    if steps.reached_at:
        hint = moment_words(steps.reached_at)
        return Task(words="Proof that it arrived", hint=hint, status=DONE)
    if last and last.state in GONE_WRONG:
        return Task(words="Proof that it arrived", hint=last.get_state_display())
    return Task(words="Proof that it arrived", hint="Not known yet" if steps.sent_at else "",
                status=TO_DO, address=facts.of_last, act="Say what became of it")  # fmt: skip
