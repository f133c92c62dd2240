"""Whether the reasons were written anew since a letter was held against them, and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from forthright.letters.models import Letter, ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import Which, letter_of
from forthright.rules.words import day_words, moment_words

# Letters that give the reasons for the decision; the others are written from facts of their own.
GIVE_REASONS = (Letter.Kind.DECISION, Letter.Kind.CORRECTION)
# What a note says, under the names by which its page shows it.
PARTS = {
    "decided": "What was decided",
    "test": "It turned on",
    "facts": "The facts that decided it",
    "what_changed": "What changed",
    "must_not_say": "The letter must not say",
    "offence_in_plain_words": "Offence in plain words",
    "from_charge": "The charge before",
    "to_charge": "The charge now",
    "from_charge_in_plain_words": "The charge before, in words for a child",
    "to_charge_in_plain_words": "The charge now, in words for a child",
    "from_most": "The most a court could give before",
    "to_most": "The most a court can give now",
    "rest_goes_on": "Whether the rest goes on",
    "against": "About whom",
    "court_name": "Court",
    "hearing_on": "Next hearing",
    "no_meeting_because": "Why no meeting is offered",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions of the reasons say differently, line by line."""

    part: str
    out: tuple[str, ...]  # lines that were taken out
    put_in: tuple[str, ...]  # lines that were put in


@dataclass(frozen=True, slots=True)
class NewReasons:
    """Reasons that the newest words of a letter were not held against yet."""

    note: ReasonsNote
    before: ReasonsNote | None
    differences: tuple[Difference, ...]

    @property
    def words(self) -> str:
        """Say who wrote them and when, and how a letter goes on from here."""
        by = f" by {self.note.written_by}" if self.note.written_by else ""
        return (
            f"Newer reasons were written{by}, {moment_words(self.note.written_at)}, and this "
            "letter does not know of them. Its drafter reads them on the page of the draft, and "
            "puts the letter together again or says there that its words are right with them. "
            "Then a second person approves it."
        )


def gives_reasons(letter: Letter) -> bool:
    """Say whether a letter is of a kind that gives the reasons for the decision."""
    return letter.kind in GIVE_REASONS


def new_reasons_for(which: Which) -> NewReasons | None:
    """Return reasons newer than those that the words of a letter were held against, or None.

    A letter that is out has none: it stays as the person has it.
    """
    letter = letter_of(which)
    if letter.steps.sent_at is not None or not gives_reasons(letter):
        return None
    latest, note = latest_words(letter), note_for(letter.duty.decision)
    if latest is None or note is None or latest.note_id == note.pk:
        return None
    before = latest.note
    return NewReasons(note=note, before=before, differences=tuple(differences(before, note)))


def differences(before: ReasonsNote | None, now: ReasonsNote) -> Iterator[Difference]:
    """Yield what a note says that the one before it does not, and the other way round."""
    for name, part in PARTS.items():
        old, new = _lines(before, name) if before else (), _lines(now, name)
        if old != new:
            yield Difference(
                part=part,
                out=tuple(each for each in old if each not in new),
                put_in=tuple(each for each in new if each not in old),
            )


def _lines(note: ReasonsNote, name: str) -> tuple[str, ...]:
    """Return what a note says in one of its parts, a line each."""
    value = getattr(note, name)
    if name == "against":
        return tuple(str(each) for each in value.order_by("pk"))
    if name == "test":
        return (str(note.get_test_display()),)
    if name == "rest_goes_on":
        return ("The rest goes on",) if value else ()
    if name == "hearing_on":
        return (day_words(value),) if value else ()
    return tuple(value) if isinstance(value, list) else (value,) if value else ()
