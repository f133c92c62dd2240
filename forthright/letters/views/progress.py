"""What is done of one letter and what comes next, as the page of the letter leads with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.policies import is_allowed
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.models import Letter, LetterVersion, ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.letter import latest_words
from forthright.rules.words import moment_words
from forthright.schemes.models import Duty

DONE, TO_DO, NOT_YET = "Done", "To do", "Not yet"


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
    letter: Letter | None

    @property
    def next(self) -> Task | None:
        """Return the first step that is not done, if this person can do it."""
        waiting = next((each for each in self.tasks if each.status == TO_DO), None)
        return waiting if waiting and waiting.address and waiting.act else None

    @property
    def waits_for(self) -> Task | None:
        """Return the first step that is not done, whoever does it."""
        return next((each for each in self.tasks if each.status == TO_DO), None)


def progress_of(duty: Duty, user: User) -> Progress:
    """Return the steps of a letter as this person may take them."""
    version = latest_words(duty)
    letter = Letter.objects.filter(duty=duty).select_related("approved_by", "returned_by").first()
    facts = _Facts(duty, user, note_for(duty.decision), version, letter)
    return Progress(tasks=list(_in_turn(facts)), letter=letter)


@dataclass(frozen=True, slots=True)
class _Facts:
    duty: Duty
    user: User
    note: ReasonsNote | None
    version: LetterVersion | None
    letter: Letter | None

    def address(self, name: str) -> str:
        return reverse(f"letters:{name}", args=[self.duty.pk])

    @property
    def may_draft(self) -> bool:
        return is_allowed(policies.check_can_draft, self.user, self.duty)


def _in_turn(facts: _Facts) -> Iterator[Task]:
    """Yield the steps; after the first that is to do, those that need it are not yet."""
    is_blocked = False
    for task in (_reasons(facts), _draft(facts), _approval(facts)):
        if task.status == TO_DO and is_blocked:
            yield Task(words=task.words, hint=task.hint, address=task.address)
            continue
        is_blocked = is_blocked or task.status == TO_DO
        yield task


def _reasons(facts: _Facts) -> Task:
    words, address = "The prosecutor’s reasons", facts.address("note")
    if facts.note:
        by = facts.note.written_by or "the prosecutor"
        return Task(words=words, hint=f"Written by {by}", status=DONE, address=address)
    if facts.duty.sent_at or facts.duty.decision.kind == Decision.Kind.CHARGED:
        return Task(words=words, hint="None were written here", status=DONE, address=address)
    may = is_allowed(policies.check_can_write_reasons, facts.user, facts.duty)
    act = "Write the reasons" if may else ""
    hint = "Facts, not paragraphs" if may else "Waits for the prosecutor"
    address = facts.address("note_write") if may else address
    return Task(words=words, hint=hint, status=TO_DO, address=address, act=act)


def _draft(facts: _Facts) -> Task:
    address = facts.address("draft") if facts.may_draft else ""
    version, letter = facts.version, facts.letter
    if facts.duty.drafted_at or facts.duty.sent_at:
        hint = f"Version {version.number}" if version else "Its words were not added"
        return Task(words="The draft", hint=hint, status=DONE, address=address)
    if letter and letter.returned_because:
        hint = f"Returned by {letter.returned_by}: {letter.returned_because}"
        return Task(words="The draft", hint=hint, status=TO_DO, address=address,
                    act="Change the draft")  # fmt: skip
    act = "Go on with the draft" if version else "Draft the letter"
    hint = f"Version {version.number}, not handed over yet" if version else ""
    return Task(words="The draft", hint=hint, status=TO_DO, address=address, act=act)


def _approval(facts: _Facts) -> Task:
    duty, letter = facts.duty, facts.letter
    may = facts.version is not None and is_allowed(
        policies.check_can_approve, facts.user, facts.duty
    )
    address = facts.address("approve") if may and duty.drafted_at and not duty.sent_at else ""
    if duty.approved_at or duty.sent_at:
        by = f" by {letter.approved_by}" if letter and letter.approved_by else ""
        on = f"Approved{by}, {moment_words(duty.approved_at)}" if duty.approved_at else ""
        return Task(words="The check and approval", hint=on, status=DONE, address=address)
    hint = "" if address else "By a second person, never the drafter"
    return Task(words="The check and approval", hint=hint, status=TO_DO, address=address,
                act="Read and approve the letter")  # fmt: skip
