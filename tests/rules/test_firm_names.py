"""A firm is one however its name is written, and two whose addresses are of one domain may be."""

import pytest

from forthright.rules.firm_names import firm_key, may_be_one_firm


@pytest.mark.parametrize(
    "name",
    ["Hale LLP", "HALE  L.L.P.", "Hale Solicitors LLP", "Hale & Co LLP", "The Hale Ltd", "hale"],
)
def test_what_says_only_that_it_is_a_firm_does_not_count(name):
    assert firm_key(name) == "hale"


def test_a_name_of_nothing_else_is_itself():
    assert firm_key("The Solicitors") == "the solicitors"
    assert firm_key("") == ""


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (("Hale L.L.P.", "tom@elsewhere.example"), True),
        (("Hale Criminal Defence", "tom@HALE.example"), True),
        (("Rowe & Co", "rowe@gmail.com"), False),
        (("Rowe & Co", ""), False),
        (("Hales LLP", "post@hales.example"), False),
    ],
)
def test_one_firm_by_its_name_or_its_own_domain(other, is_one):
    assert may_be_one_firm("Hale LLP", "rosa@hale.example", *other) is is_one
    assert may_be_one_firm(*other, "Hale LLP", "rosa@hale.example") is is_one


def test_an_address_at_a_provider_of_everybody_makes_no_two_firms_one():
    assert not may_be_one_firm("Hale LLP", "hale@gmail.com", "Rowe & Co", "rowe@gmail.com")
