import pytest

from forthright.anonymiser.short_names import short_forms
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
        ("Marsden Dean", "Dean", "Marsden", True),
        ("Dean Marsden", "", "", False),
        ("Elizabeth Quartermaine MBE", "Elizabeth", "Quartermaine", True),
        ("Elizabeth Quartermaine-Hall", "Elizabeth", "Quartermaine", True),
        ("Elizabeth Hall", "Elizabeth", "Quartermaine-Hall", True),
        ("Elizabeth Quartermaine Hall", "Elizabeth", "Hall", True),
        ("Dr Elizabeth Quartermaine, KC", "Elizabeth", "Quartermaine", True),
        ("Ms Quartermaine", "Elizabeth", "Quartermaine", True),
        ("Adam Quartermaine-Hall", "Elizabeth", "Quartermaine", False),
        ("Owen O’Brien", "Oscar", "O'Brien", False),
        ("Owen O’Brien", "Owen", "OBrien", True),
        ("Yusuf al-Amin", "Yusuf", "al-Rashid", False),
        ("Yusuf al-Amin", "Yusuf", "Al Amin", True),
        ("Łukasz Wójcik", "Lukasz", "Wojcik", True),
        ("Elizabeth Quatermaine", "Elizabeth", "Quartermaine", True),
        ("Catherine Quartermaine", "Katherine", "Farrow", False),
        ("Ella Farrow", "", "Ella", False),
        ("Dean Hale", "Dean", "Hall", False),
    ],
)
def test_a_name_may_be_that_of_somebody_known(full_name, given, family, is_so):
    assert may_be(full_name, given, family) is is_so


@pytest.mark.parametrize(
    ("full_name", "given", "is_so"),
    [
        ("Liz Marsden", "Elizabeth", True),
        ("Elizabeth Marsden", "Liz", True),
        ("Beth Marsden", "Liz", True),
        ("Bob Marsden", "Robert", True),
        ("Mohammed Marsden", "Muhammad", True),
        ("Liz Marsden", "E", True),
        ("Liz Marsden", "Robert", False),
    ],
)
def test_short_forms_and_spellings_of_a_given_name_are_the_same(full_name, given, is_so):
    assert may_be(full_name, given, "Marsden", forms=short_forms) is is_so


def test_another_name_that_they_go_by_counts_where_it_is_a_whole_one():
    assert may_be("Dee Mars", "Dean", "Marsden", ["Dee Mars"])
    assert not may_be("Dee", "Dean", "Marsden", ["Dee"])
    assert may_be("Dee Marsden", "Dean", "Marsden", ["Dee"])
    assert not may_be("Dee Marsden", "Ada", "Marsden")
