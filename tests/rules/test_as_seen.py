"""Words are read as whoever looks at the page sees them."""

import pytest

from forthright.rules.as_seen import as_seen, joined, with_whole_words


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Report of the in\u00adfor\u00admant", "Report of the informant"),
        ("under\u200bcover officer", "undercover officer"),
        ("identi\ufb01ed by a con\ufb01dential source", "identified by a confidential source"),
        ("o\ufb03cer’s note", "officer’s note"),
        ("ＣＨＩＳ ｒｅｐｏｒｔ", "CHIS report"),
        ("\U0001d402\U0001d407\U0001d408\U0001d412 report", "CHIS report"),
        ("non\u2011sensitive, body\u2010worn", "non-sensitive, body-worn"),
        ("C.H.I.S. report", "CHIS report"),
        ("Report of a C.H.I.S.", "Report of a CHIS"),
        ("c. h. i. s. report", "chis report"),
        ("It came from a C.H.I.S. Item 3 too.", "It came from a CHIS. Item 3 too."),
        ("C.C.T.V. of the yard", "CCTV of the yard"),
        ("B.W.V of PC Hall", "BWV of PC Hall"),
        ("Note\x01 of a call", "Note  of a call"),
        ("Note\ufffe of a call\ufdd0", "Note of a call"),
        ("two lines\nof a cell", "two lines\nof a cell"),
        # What only looks like these stays as it is.
        ("J.R.R. Lee at ½ mile, 3 m², “No. 2” – e.g. i.e. a.m.",
         "J.R.R. Lee at ½ mile, 3 m², “No. 2” – e.g. i.e. a.m."),
        ("Zoë Müller-Ó Briain", "Zoë Müller-Ó Briain"),
        ("Exhibit A.B.C/1 and www.cctv.co.uk", "Exhibit A.B.C/1 and www.cctv.co.uk"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_in_no_word(written, seen):
    assert as_seen(written) == seen
    assert as_seen(seen) == seen


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Report of an in-", "formant on Mr Lee", "Report of an informant on Mr Lee"),
        ("Log of the under-", "cover officer", "Log of the undercover officer"),
        ("sur-", "veillance log", "surveillance log"),
        ("Film of a body-", "worn camera", "Film of a body-worn camera"),
        ("It is non-", "sensitive", "It is non-sensitive"),
        ("Notes of the co-", "defendant", "Notes of the co-defendant"),
        ("the bric-", "olage", "the bricolage"),
        ("his drink-", "drive statement", "his drink-drive statement"),
        ("Statement -", "of PC Hall", "Statement - of PC Hall"),
        ("Items 2-", "5 of the log", "Items 2- 5 of the log"),
        ("Mr Lee-", "Hall said so", "Mr Lee- Hall said so"),
        ("First line", "second line", "First line second line"),
        ("", "second line", "second line"),
        ("First line", "", "First line"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole(above, below, whole):
    assert joined(above, below) == whole


def test_a_paper_has_its_words_whole_and_as_many_lines():
    paper = "Told by an in-\nformant of long\nstanding on the body-\nworn film.\nEnds -\nhere"

    assert with_whole_words(paper) == (
        "Told by an informant\nof long\nstanding on the body-worn\nfilm.\nEnds -\nhere"
    )


def test_a_paper_may_break_words_with_a_hyphen_that_is_not_shown():
    assert with_whole_words(as_seen("An in\u00ad\nformant")) == "An informant\n"
    assert with_whole_words(as_seen("An in\u2010\nformant")) == "An informant\n"
