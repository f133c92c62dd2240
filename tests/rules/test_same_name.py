import pytest

from forthright.rules.same_name import may_be


@pytest.mark.parametrize(
    ("full_name", "given", "family", "is_so"),
    [
        ("Dean Marsden", "Dean", "Marsden", True),
        ("Dean Marsden", "D", "Marsden", True),
        ("D. Marsden", "Dean Paul", "Marsden", True),
        ("Paul Marsden", "Dean Paul", "MARSDEN", True),
        ("Ada Marsden", "Dean", "Marsden", False),
        ("Ada Marsden", "", "Marsden", True),
        ("Marsden", "Dean", "Marsden", True),
        ("Dean Farrow", "Dean", "Marsden", False),
        ("Zoë Smith-Jones", "Zoe", "Smith Jones", True),
        ("Marsden Dean", "Dean", "Marsden", False),
        ("Dean Marsden", "", "", False),
    ],
)
def test_a_name_may_be_that_of_somebody_known(full_name, given, family, is_so):
    assert may_be(full_name, given, family) is is_so


def test_another_name_that_they_go_by_counts_where_it_is_a_whole_one():
    assert may_be("Dee Mars", "Dean", "Marsden", ["Dee Mars"])
    assert not may_be("Dee", "Dean", "Marsden", ["Dee"])
