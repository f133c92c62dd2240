import pytest

from forthright.anonymiser.by_hand import where_it_stands


@pytest.mark.parametrize(
    ("text", "words", "surely", "in_doubt"),
    [
        ("He decided. Ed hoped, and Ed’s son.", "Ed", ["Ed", "Ed"], []),
        ("Marsden came, MARSDEN and marsden.", "Marsden", ["Marsden", "MARSDEN", "marsden"], []),
        # A name that is a plain word: only where it is sure to be the name.
        ("I will write. I saw Will then.", "Will", ["Will"], ["will"]),
        ("I saw Will. Will you want to meet?", "Will", ["Will"], ["Will"]),
        ("I told An within an hour.", "An", ["An"], ["an"]),
        # It stands nowhere else, so this one is meant.
        ("Will came. I will write.", "Will", ["Will"], ["will"]),
        ("I will write.", "will", ["will"], []),
        # A longer word that may be the name too.
        ("I told Okafor and the Okafors.", "Okafor", ["Okafor"], ["Okafors"]),
        ("I told Ed, who is Edward.", "Ed", ["Ed"], ["Edward"]),
        ("I told Al, and Also and All of it.", "Al", ["Al"], []),
        ("the jobs that hoped", "Jo", [], []),
    ],
)
def test_words_hidden_by_hand_stand_whole(text, words, surely, in_doubt):
    stands = where_it_stands(text, words)

    assert [text[start:end] for start, end in stands.surely] == surely
    assert [text[each.start : each.end] for each in stands.in_doubt] == in_doubt
