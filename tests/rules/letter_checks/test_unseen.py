"""What nobody sees in a letter hides nothing, and every place stays that of the text as given."""

import pytest

from forthright.rules.letter_checks.unseen import seen_text


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        pytest.param("Mr Pol\u200blard", "Mr Pollard", id="a space of no width"),
        pytest.param("Mr Pol\u00adlard", "Mr Pollard", id="a soft hyphen"),
        pytest.param("Mr \u202ePollard\u202c", "Mr Pollard", id="marks of direction"),
        pytest.param("Môn, Ивана", "Môn, Ивана", id="other letters stay"),
    ],
)
def test_what_nobody_sees_is_left_out(given, seen):
    assert seen_text(given).text == seen


def test_a_place_is_that_of_the_text_as_given():
    given = "\ufeffMr Pol\u200blard went"
    seen = seen_text(given)

    start, end = seen.as_given(seen.text.index("Pollard"), seen.text.index(" went"))

    assert given[start:end] == "Pol\u200blard"


def test_an_empty_place_at_the_end_stays_at_the_end():
    seen = seen_text("a\u200bb")

    assert seen.as_given(2, 2) == (3, 3)


def test_the_places_of_standard_words_move_with_them():
    given = "Dear\u200b all, the case"
    start = given.index("the")

    assert seen_text(given).as_seen([(start, len(given), "opening")]) == [(10, 18, "opening")]
