import pytest

from forthright.rules.finding_words import places_of_words, same_words, same_words_no_name


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
        ("Nothing of it", "kestrel", []),
        ("Anything", "", []),
    ],
)
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
