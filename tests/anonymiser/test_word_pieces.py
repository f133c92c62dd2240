"""Words are cut as the model learnt them."""

import pytest

from forthright.anonymiser.classifier import classifier, looks_of
from forthright.anonymiser.word_pieces import words_in

# As the tokenizer that the base model came with cuts them.
CUTS = [
    ("Dear Ms Osei,", ["dear", "ms", "os", "##ei", ","]),
    ("Łukasz’s flat", ["ł", "##uka", "##sz", "’", "s", "flat"]),
    ("Siân", ["si", "##an"]),
    ("", []),
]


def pieces(text):
    names = {number: word for word, number in classifier().vocabulary.numbers.items()}
    return [names[each] for each in classifier().vocabulary.cut(text).ids]


@pytest.mark.parametrize(("text", "cut"), CUTS, ids=[text or "nothing" for text, _ in CUTS])
def test_words_are_cut_into_known_pieces(text, cut):
    assert pieces(text) == cut


def test_each_piece_has_its_place():
    text = "Dear Ms Osei,\nŁukasz’s flat"

    places = classifier().vocabulary.cut(text).places

    assert "".join(text[start:end] for start, end in places) == "".join(text.split())


def test_a_word_that_is_not_known_is_one_piece():
    assert pieces("ჩემი") == ["[UNK]"]


def test_underscores_and_signs_stand_apart():
    text = "a_b £5"

    assert [text[start:end] for start, end in words_in(text)] == ["a", "_", "b", "£5"]


def test_capitals_and_lines_are_seen():
    text = "Dear MS\nosei"

    assert looks_of(text, [(0, 4), (5, 7), (8, 12)]) == [4, 2, 3]


def test_a_word_longer_than_any_is_one_piece_and_costs_no_time():
    text = "1" * 40_000

    cut = classifier().vocabulary.cut(text)

    assert cut.places == [(0, len(text))]
    assert pieces(text) == ["[UNK]"]
