"""The buttons by which the order of a template's blocks is changed."""

import pytest

from forthright.letter_templates.forms.order import is_order, rearranged

ORDER = ["address", {"one_of": ["news", "part"]}, "facts"]
OPEN = [{"at_most_one_of": ["news", "part", "late"]}]


@pytest.mark.parametrize(
    ("act", "after"),
    [
        pytest.param("up 3", ["address", "facts", ORDER[1]], id="up"),
        pytest.param("down 1", [ORDER[1], "address", "facts"], id="down"),
        pytest.param("up 1", ORDER, id="the first goes no higher"),
        pytest.param("down 3", ORDER, id="the last goes no lower"),
        pytest.param("out facts", ORDER[:2], id="out"),
        pytest.param("out part", ["address", "news", "facts"], id="one of two out"),
        pytest.param("need 2", ["address", {"at_most_one_of": ["news", "part"]}, "facts"],
                     id="none needed"),
        pytest.param("need 1", ORDER, id="a block by itself is always needed"),
        pytest.param("up 9", ORDER, id="a place that is not there"),
        pytest.param("up -1", ORDER, id="a number that is none"),
        pytest.param("burn 1", ORDER, id="an act that is none"),
    ],
)  # fmt: skip
def test_a_button_changes_the_order(act, after):
    assert rearranged(ORDER, act, code="", where="") == after


@pytest.mark.parametrize(
    ("where", "after"),
    [
        pytest.param("after 0", ["late", *ORDER], id="first"),
        pytest.param("after 1", ["address", "late", *ORDER[1:]], id="between"),
        pytest.param("after 3", [*ORDER, "late"], id="last"),
        pytest.param("with 1", [{"one_of": ["address", "late"]}, *ORDER[1:]], id="beside one"),
        pytest.param("with 2", ["address", {"one_of": ["news", "part", "late"]}, "facts"],
                     id="beside several"),
        pytest.param("", ORDER, id="nowhere"),
    ],
)  # fmt: skip
def test_a_block_is_added_where_it_is_wanted(where, after):
    assert rearranged(ORDER, "add", code="late", where=where) == after


def test_one_of_three_taken_out_leaves_a_choice_of_two():
    left = rearranged(OPEN, "out part", code="", where="")

    assert left == [{"at_most_one_of": ["news", "late"]}]
    assert rearranged(left, "need 1", code="", where="") == [{"one_of": ["news", "late"]}]


@pytest.mark.parametrize(
    ("given", "is_one"),
    [
        pytest.param(ORDER, True, id="an order"),
        pytest.param([], True, id="an empty one"),
        pytest.param({"one_of": ["news"]}, False, id="no list"),
        pytest.param(["nonsense"], False, id="an unknown block"),
        pytest.param([{"some_of": ["news"]}], False, id="an unknown choice"),
        pytest.param([{"one_of": []}], False, id="a choice of none"),
        pytest.param([{"one_of": ["news"], "at_most_one_of": ["part"]}], False, id="two choices"),
        pytest.param([{}], False, id="nothing"),
        pytest.param([7], False, id="a number"),
        pytest.param([["news"]], False, id="a list in a list"),
    ],
)
def test_only_an_order_of_known_blocks_is_taken(given, is_one):
    assert is_order(given, {"address", "news", "part", "facts"}) is is_one
