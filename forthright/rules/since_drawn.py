"""What became of a drawn letter since its list was frozen; the list itself keeps what it said."""

from dataclasses import dataclass
from datetime import date

from forthright.rules.words import day_words


@dataclass(frozen=True, slots=True)
class SinceDrawn:
    """How the sending of a drawn letter stands now, beside how it stood when it was drawn."""

    words: str
    is_missing: bool


def since_drawn(
    *, was_sent: bool, sent_on: date | None, is_required: bool = True, sent: str = "sent"
) -> SinceDrawn | None:
    """Return what to say of a letter's sending, or None where nothing changed since it was drawn.

    Whether it was sent when drawn is a fact of the frozen list; whether it is sent now is the
    record's to say. A letter is called "not sent yet" only while the record still says so. `sent`
    is what is said of it where it is no letter: a disclosure is served.
    """
    if was_sent:
        if sent_on is not None:
            return None
        return SinceDrawn(f"{sent.capitalize()} when drawn; the record no longer says so", True)
    if sent_on is not None:
        return SinceDrawn(f"Not {sent} when drawn, {sent} {day_words(sent_on, year=False)}", False)
    if not is_required:
        return SinceDrawn(f"Not {sent} when drawn, and not required since", False)
    return SinceDrawn(f"Not {sent} yet", True)
