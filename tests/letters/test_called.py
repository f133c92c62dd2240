"""What came up when we spoke has a place of its own in the letter."""

from datetime import datetime

from forthright.letters.called import with_calls
from forthright.letters.models import CallAttempt
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.composed import ParagraphKind
from forthright.rules.words import LONDON
from tests.rules.letter_blocks.cases import a_case

HELD = published_wordings()
LETTER = assemble(HELD.templates["discontinued"], HELD.blocks, a_case())


def a_call(words, day=5):
    return CallAttempt(called_at=datetime(2026, 10, day, 10, tzinfo=LONDON), came_up=words)


def test_what_came_up_stands_under_its_own_heading_before_the_questions():
    said = with_calls(LETTER, [a_call("You asked about the bail. It has ended.")]).plain()

    support, spoken = said.split("\n\nWhen we spoke\n\n")
    assert "Mercia Victim Support" in support
    assert spoken.startswith("We spoke on 5 October 2026. You asked about the bail.")
    assert spoken.split("\n\n")[1] == "If you have questions"


def test_a_second_call_stands_below_the_first_without_another_heading():
    once = with_calls(LETTER, [a_call("You asked about the bail.")])
    twice = with_calls(once, [a_call("You asked for large print.", day=6)])

    headings = [each.text for each in twice.paragraphs if each.kind is ParagraphKind.HEADING]
    assert headings.count("When we spoke") == 1
    said = twice.plain()
    assert said.index("about the bail") < said.index("large print") < said.index("If you have q")


def test_what_is_said_already_is_not_said_twice():
    once = with_calls(LETTER, [a_call("You asked about the bail.")])

    assert with_calls(once, [a_call("You asked about the bail.")]) == once
