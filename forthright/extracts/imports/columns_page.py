"""The columns that are read, as tables that a person can show to whoever makes the extract."""

from forthright.extracts.imports.headings import (
    CASE_FIELDS,
    HEADINGS,
    LETTER_FIELDS,
    PERSON_FIELDS,
)
from forthright.extracts.imports.values import KINDS
from forthright.rules.words import capitalised
from forthright.web.tables import Table, table

PARTS = {
    "The case": ("urn", *CASE_FIELDS),
    "The person to be told": PERSON_FIELDS,
    "The decision": ("decision_kind", "decided_on", "decided_time", "decision_reference",
                     "prosecutor", "is_after_withdrawal", "was_made_in_court",
                     "defendant_name", "defendant_reference", "defendant_born_on"),
    "What was done about the letter": LETTER_FIELDS,
}  # fmt: skip
SHOWN = 6


def columns_table() -> list[Table]:
    """Return each column's heading with the other ways that it may be written."""
    tables = [
        table(
            caption,
            ["Heading", "Also read as"],
            [[HEADINGS[name][0], ", ".join(HEADINGS[name][1 : SHOWN + 1])] for name in names],
        )
        for caption, names in PARTS.items()
    ]
    kinds: list[list[object]] = [
        [capitalised(spellings[0]), ", ".join(spellings[1 : SHOWN + 1])]
        for spellings in KINDS.values()
    ]
    return [*tables, table("Kinds of decision", ["Decision", "Also read as"], kinds)]
