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


@pytest.mark.parametrize("heading", ["# Grace and your son", "## 2. Grace", "# **Price**"])
def test_a_name_that_is_a_word_too_is_hidden_where_a_heading_begins(heading):
    letter = anonymise(f"Dear Ms Ansell\n\n{heading}\n\nWe write to you about this.", KNOWN).text

    assert not any(name in letter for name in ("Grace", "Price"))


@pytest.mark.parametrize(
    "heading",
    ["# Reasons", "## Support for you", "# **Decision**", "# Next steps", "## **Your rights**",
     "# Evidence", "## Trial and sentence", "# The court", "# Asking for a review"],
)  # fmt: skip
def test_what_a_heading_says_stays(heading):
    letter = anonymise(f"Dear reader\n\n{heading}\n\nWe write to you.", KNOWN).text

    assert letter == f"Dear reader\n\n{heading}\n\nWe write to you."
