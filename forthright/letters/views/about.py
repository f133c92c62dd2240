"""What every page about a letter needs: the letter, its duty, and what it is written from."""

from typing import Any

from forthright.letters.models import Letter, LetterVersion
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.new_reasons import new_reasons_for
from forthright.letters.selectors.others import facts_in_words
from forthright.letters.selectors.sending import safely
from forthright.web import clock


def about_letter(letter: Letter) -> dict[str, Any]:
    """Return what a page shows of a letter besides its own matter."""
    duty = letter.duty
    return {
        "letter": letter,
        "duty": duty,
        "note": note_for(duty.decision),
        "given": [] if letter.is_owed else facts_in_words(letter),
        "safely": safely(letter, clock.today()),
        "new_reasons": new_reasons_for(letter),
    }


def file_name_of(letter: Letter, version: LetterVersion, ending: str) -> str:
    """Return the name of a file of a letter, which says what it is and which version."""
    kind = "letter" if letter.is_owed else letter.get_kind_display().lower().replace(" ", "-")
    return f"{kind}-{letter.duty.reference}-version-{version.number}.{ending}"
