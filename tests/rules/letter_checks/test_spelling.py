"""Words are looked up in the British dictionary as a spelling program would."""

import json
import re
import subprocess
import sys

import pytest

from forthright.rules.letter_checks import spelling
from tests.guards.tree import HOUSE

if not spelling.is_available():
    pytest.skip("there is no British dictionary on this machine", allow_module_level=True)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("decided", True), ("prosecutors", True), ("colour", True), ("color", False),
     ("recieve", False), ("victim’s", True), ("Worcester", True), ("unhappily", True),
     ("DECIDED", True), ("seperate", False), ("re-examined", True), ("organise", True)],
)  # fmt: skip
def test_words(word, is_one):
    assert spelling.is_word(word) is is_one


def test_a_slip_has_its_word_suggested_first():
    assert spelling.suggestions("recieve")[0] == "receive"
    assert spelling.suggestions("Beleive")[0] == "Believe"


# It leaves files open, so it runs as a program of its own.
INDEPENDENT = """
import json, sys
from spylls.hunspell import Dictionary
known = Dictionary.from_files(sys.argv[1])
print(json.dumps([known.lookup(word) for word in json.load(sys.stdin)]))
"""


@pytest.mark.slow  # an independent spelling program takes seconds to read the dictionary
def test_an_independent_spelling_program_agrees():
    known = spelling.dictionary()
    text = "\n".join(path.read_text() for path in HOUSE.glob("docs/**/*.md"))
    words = sorted(set(re.findall(r"\b[A-Za-z][a-z]+\b", text)))
    words += [word[:2] + word[3:] for word in words if len(word) > 5]
    stems = str(spelling.stems_file().with_suffix(""))

    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", INDEPENDENT, stems],
        input=json.dumps(words), capture_output=True, text=True, check=True,
    )  # fmt: skip

    answers = zip(words, json.loads(said.stdout), strict=True)
    differ = [word for word, answer in answers if known.knows(word) is not answer]
    assert len(words) > 1000
    assert len(differ) <= len(words) / 1000, differ
