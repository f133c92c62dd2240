"""Looks at a cell's text before it is read: what no text holds is refused, the unseen dropped."""

import re
from typing import Any

from forthright.extracts.imports.values import NotReadable
from forthright.rules.names import CONTROLS, code_of, why_no_name
from forthright.rules.unseen_characters import UNSEEN_BUT_JOINERS

# What Excel shows for a formula that failed.
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
# How a .csv file keeps Excel from reading a number: ="0123".
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
NUMBER_OF_EXCEL = re.compile(r"\d(?:[.,]\d+)?e\+\d+", re.IGNORECASE)
DIGITS_THAT_EXCEL_KEEPS = 15


def cleaned(cell: Any) -> Any:
    """Return a cell without marks that nobody sees, and out of its ="…" if it has one."""
    if not isinstance(cell, str):
        return cell
    text = cell if cell.isascii() else UNSEEN_BUT_JOINERS.sub("", cell)
    return unwrapped(text)


def unwrapped(text: str) -> str:
    """Return a text out of the ="…" by which a .csv file keeps it from being a number."""
    kept = KEPT_AS_TEXT.fullmatch(text) if text.startswith('="') else None
    return kept[1] if kept else text


def fault_in(cell: str) -> NotReadable | None:
    """Return what makes a cell no plain text: a formula, its error, a character of no writing."""
    if cell in ERRORS:
        return NotReadable(
            f"The cell holds the error {cell}.", "Mend the formula that made it, or clear the cell."
        )
    if cell.startswith("="):
        return NotReadable(
            f"“{cell[:40]}” is a formula, not a plain value.",
            "Paste the column back as values (Paste Special, Values), or type what is meant.",
        )
    if found := CONTROLS.search(cell):
        return NotReadable(
            f"The cell holds a character that no writing has ({code_of(found[0])}).",
            "Type the cell again, or run the extract again.",
        )
    return None


def fault_in_name(written: str, *, needs_letter: bool = True) -> NotReadable | None:
    """Return what makes a text no name: it would stand in a letter, and in spreadsheets.

    Whoever writes the letters may be known by a number, and so need no letter in their names.
    """
    if fault := fault_in(written):
        return fault
    why = why_no_name(written, needs_letter=needs_letter)
    if not why:
        return None
    return NotReadable(
        f"“{UNSEEN_BUT_JOINERS.sub('', written).strip()[:40]}” cannot be a name: it {why}.",
        "Type the name alone. If this belongs in another column, the columns may have slipped.",
    )


def unseen_in_name(written: str) -> NotReadable | None:
    """Return what to say of a name out of which a mark that nobody sees is left."""
    found = None if written.isascii() else UNSEEN_BUT_JOINERS.search(written)
    if found is None:
        return None
    return NotReadable(
        f"“{UNSEEN_BUT_JOINERS.sub('', written).strip()[:40]}” holds a mark that nobody sees "
        f"({code_of(found[0])}); it was left out.",
        "Nothing needs doing, unless the name looks wrong.",
    )


def fault_in_number(cell: Any) -> NotReadable | None:
    """Return what Excel lost when it took a reference for a number, if it did."""
    is_long = isinstance(cell, float) and cell >= 10**DIGITS_THAT_EXCEL_KEEPS
    if is_long or (isinstance(cell, str) and NUMBER_OF_EXCEL.fullmatch(cell.strip())):
        return NotReadable(
            f"“{cell}” is a number of Excel’s own making: it took the reference for a number and "
            "lost its last digits.",
            "Make the column text (Format Cells, Text) and run the extract again, or type it.",
        )
    return None
