"""What Markdown writes before a word leaves it the beginning of a sentence."""

import pytest

from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise

KNOWN = Known((KnownPerson("the defendant", "Dean", "Marsden"),))
READS = [
    "**We will not charge [the defendant].**",
    "# What we decided",
    "## 1. How we decided",
    "**If** you want a review, ask us.",
    "- **Why** we stopped",
    "1. **Then** we asked.",
    "> Thank you for waiting.",
    "__Please__ write to us. **Nothing** was lost. *Should* you ask, we answer.",
    "**Decision:** We stopped it. **Reason:** The evidence was thin.",
    "**[the defendant]** told us so.",
]


@pytest.mark.parametrize("done", READS)
def test_a_word_after_a_mark_begins_its_sentence(done):
    text = done.replace("[the defendant]", "Dean Marsden")

    letter = anonymise(f"Dear reader\n\n{text}\n\nWe write to you.", KNOWN).text

    assert letter == f"Dear reader\n\n{done}\n\nWe write to you."


@pytest.mark.parametrize(
    "text",
    ["He was in **Hope** that day.", "- **Wojcik** told us.", "# Wojcik", "> _Khan_ said so."],
)
def test_a_name_between_marks_is_hidden(text):
    letter = anonymise(f"{text}\n\nWe write to you.", KNOWN).text

    assert not any(name in letter for name in ("Hope", "Wojcik", "Khan"))
