"""When two references of an exhibit are one."""

import pytest

from forthright.rules.exhibits import LONGEST, exhibit_key


@pytest.mark.parametrize(
    "other", ["dm/1", " DM/1 ", "DM / 1", "ＤＭ/1", "Dm/\u00a01", "DM\u2009/1", "dm /1"]
)
def test_one_reference_however_it_is_written(other):
    assert exhibit_key(other) == exhibit_key("DM/1")


@pytest.mark.parametrize(
    "other", ["DM/11", "DM/10", "DM/2", "MD/1", "DM/1A", "DM/1 copy", "DM/1/1", "DM"]
)
def test_another_reference_is_another(other):
    assert exhibit_key(other) != exhibit_key("DM/1")


def test_two_kinds_of_dash_are_one():
    assert exhibit_key("AK – 4") == exhibit_key("ak-4")


@pytest.mark.parametrize(
    "other",
    [
        "dm / 2", "DM 2", "DM2", "DM-2", "DM–2", "DM\\2", "DM_2", "DM/02", "DM 002", "DM/2.",
        "DM/2 .",
        "DM\N{DIVISION SLASH}2", "DM\N{FRACTION SLASH}2", "DM\N{BIG SOLIDUS}2", "DM\N{SET MINUS}2",
        "DM\N{FULLWIDTH REVERSE SOLIDUS}2", "D\N{CYRILLIC CAPITAL LETTER EM}/2",
        "D\N{GREEK CAPITAL LETTER MU}/2", "D\N{CYRILLIC SMALL LETTER EM}2",
        "DM\N{ZERO WIDTH SPACE}/2",
    ],
)  # fmt: skip
def test_what_parts_the_letters_and_the_number_and_how_they_are_drawn_do_not_count(other):
    assert exhibit_key(other) == exhibit_key("DM/2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DM/12", "DM1/2"),
        ("DM/12", "DM/1/2"),
        ("DM/1A", "DM/1"),
        ("ABC/JT/1", "ABCJT/1"),
        ("DM/20", "DM/2"),
        ("CCTV from Asda", "CCTV from Tesco"),
        ("/", "-"),
    ],
)
def test_what_parts_two_numbers_or_two_words_counts(one, other):
    assert exhibit_key(one) != exhibit_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ABC/JT/1", "abc JT 01"), ("DM1/2", "DM/1/2"), ("DM/2 (copy)", "DM2(copy)")]
)
def test_longer_references_are_one_in_the_same_way(one, other):
    assert exhibit_key(one) == exhibit_key(other)


def test_a_key_is_never_longer_than_its_column():
    assert len(exhibit_key("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 40)) == LONGEST
