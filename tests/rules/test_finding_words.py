import pytest

from forthright.rules.finding_words import (
    around_words,
    is_within_word,
    places_of_words,
    same_words,
    same_words_no_name,
    whole_words,
)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The blue kestrel sat", "blue kestrel", ["blue kestrel"]),
        ("BLUE Kestrel, blue kestrel", "Blue Kestrel", ["BLUE Kestrel", "blue kestrel"]),
        ("Our oﬃcer and the ﬁnal oﬀer: blue kestrel", "blue kestrel", ["blue kestrel"]),
        ("Our oﬃcer wrote", "officer", ["oﬃcer"]),
        ("Our oﬃcer wrote", "ficer", ["ﬃcer"]),
        ("Straße 4, STRASSE 4", "strasse 4", ["Straße 4", "STRASSE 4"]),
        ("İstanbul and İzmir, the kestrel", "kestrel", ["kestrel"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("Mr O’Neill, O'Neill, OʼNeill", "O'Neill", ["O’Neill", "O'Neill", "OʼNeill"]),
        ("Mr O'Neill", "O’Neill", ["O'Neill"]),
        ("the  Victims’ Right\n to Review", "Victims' Right to  Review",
         ["Victims’ Right\n to Review"]),
        ("“Red – or – blue”, he said", '"Red - or - blue"', ["“Red – or – blue”"]),
        ("The blue\u00a0kestrel", " blue kestrel", [" blue\u00a0kestrel"]),
        ("Nothing of it", "kestrel", []),
        ("Anything", "", []),
    ],
)  # fmt: skip
def test_words_are_found_where_they_stand(text, words, found):
    assert [text[start:end] for start, end in places_of_words(text, words)] == found


def test_the_same_words_in_capitals_and_ligatures_are_the_same():
    assert same_words("oﬃcer Groß", "OFFICER GROSS")
    assert not same_words("Moss", "Mossy")


@pytest.mark.parametrize(
    ("left", "other", "is_so"),
    [
        ("mark", "mark", True),
        ("mark", "Mark", False),
        ("mark", "MARK", False),
        ("Mark", "mark", True),
        ("Marsden", "MARSDEN", True),
        ("rose garden", "rose Garden", False),
        ("ﬁnch", "finch", True),
        ("mark", "marks", False),
    ],
)
def test_no_name_is_left_with_a_word_that_is_none(left, other, is_so):
    assert same_words_no_name(left, other) is is_so


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("what happened: Ed was told", "Ed", ["Ed"]),
        ("ED’s coat, Ed-and-Jo, (ed)", "Ed", ["ED", "Ed", "ed"]),
        ("your job in July, Jo", "Jo", ["Jo"]),
        ("room 12 of 4123, 12", "12", ["12", "12"]),
        ("we’re sorry; Re came", "Re", ["Re"]),
        ("we don’t know; Don doesn't", "Don", ["Don"]),
        ("Don’s O’Brien", "Brien", ["Brien"]),
        ("within an hour", "hour", ["hour"]),
        ("hoped", "Ed", []),
    ],
)
def test_whole_words_stand_in_no_longer_one(text, words, found):
    assert [text[start:end] for start, end in whole_words(text, words)] == found


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [("what happened.", "ed", "happened"), ("to Ed’s", "Ed", "Ed"), ("4123 St", "12", "4123")],
)
def test_the_longer_word_is_told_that_holds_some_letters(text, words, whole):
    start = text.index(words)

    first, last = around_words(text, start, start + len(words))

    assert text[first:last] == whole
    assert is_within_word(text, start, start + len(words)) is (whole != words)
