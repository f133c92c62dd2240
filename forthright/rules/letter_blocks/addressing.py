"""The address that a letter goes out with: always the record's, never words that were typed."""

from collections.abc import Sequence
from datetime import date

from forthright.rules.case_file import Recipient
from forthright.rules.contact_lock import BY_POST, Way
from forthright.rules.envelopes import window_for
from forthright.rules.letter_blocks.composed import Composed, Origin, Paragraph, ParagraphKind, Run
from forthright.rules.letter_blocks.naming import name_on_envelope
from forthright.rules.letter_checks.text import SALUTATION

NOT_TO_BE_SENT = "NOT TO BE SENT"
NOT_FOR_SENDING = (
    "Not to be sent. Something stands against sending this letter, so this copy has no address. "
    "The page of the letter says what, and who may decide it."
)
LEFT_ABOVE = {ParagraphKind.DATE, ParagraphKind.REFERENCE, ParagraphKind.HEADING}


def envelope_lines(reader: Recipient, way: Way) -> tuple[str, ...]:
    """Return what stands on the envelope of a letter that goes a way; by e-mail the name alone."""
    name = name_on_envelope(reader)
    if way is Way.VIA_POLICE:
        return (name, "By hand, through the police")
    if way is Way.VIA_ADVISER:
        return (name, f"Care of {reader.adviser}") if reader.adviser else (name,)
    return (name, *reader.address) if way in BY_POST else (name,)


def too_long_for_window(reader: Recipient, way: Way, on: date) -> str:
    """Say that name and address take more lines than the window shows, or nothing if they fit."""
    window = window_for(way, on)
    lines = len(window.fitted(envelope_lines(reader, way)))
    if lines <= window.most_lines:
        return ""
    return (
        f"The name and address take {lines} lines, and the window of the envelope shows "
        f"{window.most_lines}. Join two lines of the address."
    )


def addressed(composed: Composed, lines: Sequence[str]) -> Composed:
    """Return a letter with an address above it in the place of any that was typed there."""
    typed = {_plain(each) for each in lines}
    kept = [
        each
        for place, each in enumerate(composed.paragraphs)
        if each.kind is not ParagraphKind.ADDRESS
        and not (place < _greeting(composed) and _plain(each.text) in typed)
    ]
    return composed.model_copy(update={"paragraphs": (*_block(lines), *kept)})


def not_to_be_sent(composed: Composed) -> Composed:
    """Return a letter that can be read and not sent: its window says so, and nothing else there."""
    greeting = _greeting(composed)
    warning = Paragraph(runs=(Run(text=NOT_FOR_SENDING, is_bold=True),))
    kept = [
        each
        for place, each in enumerate(composed.paragraphs)
        if each.kind is not ParagraphKind.ADDRESS and (place >= greeting or each.kind in LEFT_ABOVE)
    ]
    block = _block((NOT_TO_BE_SENT,))
    return composed.model_copy(update={"paragraphs": (*block, warning, *kept)})


def without_address(composed: Composed) -> Composed:
    """Return a letter as it is edited in Word: its address is put in when it goes."""
    kept = [each for each in composed.paragraphs if each.kind is not ParagraphKind.ADDRESS]
    return composed.model_copy(update={"paragraphs": tuple(kept)})


def with_address_of(composed: Composed, before: Composed) -> Composed:
    """Return a letter that came back from Word, with the address it was handed out without."""
    if any(each.kind is ParagraphKind.ADDRESS for each in composed.paragraphs):
        return composed
    block = [each for each in before.paragraphs if each.kind is ParagraphKind.ADDRESS]
    return composed.model_copy(update={"paragraphs": (*block, *composed.paragraphs)})


def _block(lines: Sequence[str]) -> list[Paragraph]:
    return [
        Paragraph(kind=ParagraphKind.ADDRESS, runs=(Run(text=line, origin=Origin.PERSON),))
        for line in lines
    ]


def _greeting(composed: Composed) -> int:
    """Return the place of the paragraph that greets, or 0 where nobody is greeted."""
    for place, each in enumerate(composed.paragraphs):
        if each.kind is ParagraphKind.SALUTATION or SALUTATION.fullmatch(each.text):
            return place
    return 0


def _plain(line: str) -> str:
    return " ".join(line.casefold().replace(",", " ").split())
