"""What can be the name of a person or an Area."""

import pytest

from forthright.rules.names import why_no_name


@pytest.mark.parametrize("name", ["Ann Bell", "Llŷr ap Gwilym", "O’Neill-Smith", " Ann Bell\n"])
def test_a_name_is_a_name(name):
    assert why_no_name(name) == ""


@pytest.mark.parametrize("unseen", ["", "\u200e ", "\u2060", "\u061c"])
@pytest.mark.parametrize("mark", "=+@")
def test_no_mark_that_nobody_sees_hides_the_first_of_a_formula(unseen, mark):
    assert why_no_name(f"{unseen}{mark}1+1x") == f"begins with “{mark}”"


@pytest.mark.parametrize("between", ["\n", "\r\n", "\u2028", "\u2029"])
def test_a_name_is_one_line(between):
    assert why_no_name(f"Ann{between}Bell").startswith("goes over more than one line")
