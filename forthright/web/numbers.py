"""Numbers of things, as an address or a form sends them."""

# A database keeps no longer ones, and ends in an error where it is asked for one.
MOST_DIGITS = 18


def number_of(text: str) -> int | None:
    """Return the number that was sent; None where it is none, or longer than an id can be."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
