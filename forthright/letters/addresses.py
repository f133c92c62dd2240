"""Where the pages of a letter stand: those of the letter owed under its duty, others beside it."""

from django.urls import reverse

from forthright.letters.models import Letter


def address_of(page: str, letter: Letter, *more: object) -> str:
    """Return the address of one page about a letter."""
    return reverse(f"letters:{page}", args=[*letter.place, *more])
