import pytest

from forthright.anonymiser.begins_sentence import Sense, sense_of
from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson

HIDDEN = Known(people=tuple(
    KnownPerson("somebody beside", given, family)
    for given, family in (("Will", "Stanton"), ("Mark", "Hobbs"), ("Grace", "Dunmore"))
))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "sense"),
    [
        ("Will you want to meet us?", "Will", Sense.WORD),
        ("I am sorry. Mark the envelope private.", "Mark", Sense.WORD),
        ("Will I be told?", "Will", Sense.WORD),
        ("Will told us.", "Will", Sense.NAME),
        ("Mark was there.", "Mark", Sense.NAME),
        ("Will Stanton saw it.", "Will", Sense.NAME),
        ("We asked Will you know.", "Will", Sense.NAME),
        ("Grace, you were told.", "Grace", Sense.NAME),
        ("It was Mark.", "Mark", Sense.NAME),
        ("Mark every page.", "Mark", Sense.ASKED),
        ("Will that help?", "Will", Sense.ASKED),
        # No plain word, so it is a name wherever it stands.
        ("Stanton you know.", "Stanton", Sense.NAME),
    ],
)
def test_a_word_that_begins_a_sentence_is_told_by_what_follows_it(text, word, sense):
    start = text.index(word)

    assert sense_of(text, start, start + len(word)) is sense


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Will you want to meet us? Mark the envelope.", []),
        ("Mark every page.", [("Mark", True)]),
        ("Will told us.", [("Will", False)]),
        ("Stanton you know.", [("Stanton", False)]),
    ],
)
def test_the_gate_asks_where_what_lies_beside_may_be_a_plain_word(text, left):
    found = left_in([("page 1", text)], Known(), beside=HIDDEN)

    assert [(each.words, each.is_asked) for each in found] == left


def test_what_the_record_of_the_case_knows_is_found_as_before():
    found = left_in([("page 1", "Mark every page.")], HIDDEN, beside=HIDDEN)

    assert [(each.words, each.is_asked) for each in found] == [("Mark", False)]
