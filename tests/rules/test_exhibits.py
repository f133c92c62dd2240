"""When two references of an exhibit are one."""

import pytest

from forthright.rules.exhibits import exhibit_key


@pytest.mark.parametrize(
    "other", ["dm/1", " DM/1 ", "DM / 1", "ＤＭ/1", "Dm/\u00a01", "DM\u2009/1", "dm /1"]
)
def test_one_reference_however_it_is_written(other):
    assert exhibit_key(other) == exhibit_key("DM/1")


@pytest.mark.parametrize("other", ["DM/11", "DM/2", "DM1", "MD/1", "DM/1A", "DM/1 copy"])
def test_another_reference_is_another(other):
    assert exhibit_key(other) != exhibit_key("DM/1")


def test_two_kinds_of_dash_are_one():
    assert exhibit_key("AK – 4") == exhibit_key("ak-4")
