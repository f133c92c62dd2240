"""A composed letter, whole and from the starter set, for the tests of its files."""

from forthright.rules.case_file import Meeting
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.composed import Composed
from tests.rules.letter_blocks.cases import a_case

HELD = published_wordings()
TITLE = "Letter about your case"


def a_letter_of(template="discontinued", **changes) -> Composed:
    """Return the letter that a template makes of the plain case, with changes to the case."""
    changes = {"meeting": Meeting(is_offered=True)} | changes
    return assemble(HELD.templates[template], HELD.blocks, a_case(**changes))
