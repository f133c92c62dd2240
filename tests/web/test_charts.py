"""Charts say the same to those who see them and to those who do not."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from forthright.rules.figures import Proportion
from forthright.web.charts.control import (
    ControlPoint,
    ControlSegment,
    control_chart,
)
from forthright.web.charts.counts import bar_chart, interval_chart
from forthright.web.charts.drawing import apart, round_steps
from forthright.web.tables import Cell

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script> & friends'


def a_segment(*values, name="", **signals):
    points = tuple(
        ControlPoint(f"Week {n}", value, signals.get(f"week_{n}", ""), "above the upper limit")
        for n, value in enumerate(values, 1)
    )
    return ControlSegment(mean=0.8, lower=0.6, upper=1.1, points=points, name=name)


def a_control_chart(*segments, **named):
    return control_chart(
        segments, name="share", caption="Letters in time", sentence="No change shown.", **named
    )


def a_bar_chart(**named):
    bars = [("Explains the reason", 7, 12), ("Shows empathy", 3, 9)]
    return bar_chart(bars, name="defects", caption="Defects", sentence="Two kinds.", **named)


def an_interval_chart(**named):
    shares = [("Crown Court", Proportion(48, 200)), ("Fraud", Proportion(3, 7))]
    return interval_chart(shares, name="units", caption="Units", sentence="By unit.", **named)


def tree_of(chart) -> Any:
    return ET.fromstring(chart.svg)


def words_in(chart):
    return [text.text for text in tree_of(chart).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(a_control_chart(a_segment(0.7, 0.8)), id="control"),
        pytest.param(a_bar_chart(), id="bars"),
        pytest.param(an_interval_chart(target=0.9), id="intervals"),
    ],
)
def test_a_chart_has_a_role_a_title_and_a_description_it_is_called_by(chart):
    root = tree_of(chart)
    ids = {element.get("id") for element in root.iter() if element.get("id")}

    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby").split()) == ids
    assert root.find(f"{SVG}title").text == chart.caption
    assert chart.sentence in root.find(f"{SVG}desc").text
    assert chart.table.caption == chart.caption


@pytest.mark.parametrize(
    "chart",
    [a_control_chart(a_segment(0.7, 0.8)), a_bar_chart(), an_interval_chart(target=0.5)],
    ids=["control", "bars", "intervals"],
)
def test_a_chart_holds_no_style_and_no_script(chart):
    root = tree_of(chart)

    assert not [e.tag for e in root.iter() if e.tag in (f"{SVG}style", f"{SVG}script")]
    assert not [name for e in root.iter() for name in e.attrib if name in ("style", "onload")]
    assert root.get("viewBox").startswith("0 0 480 ")


def test_hostile_words_are_drawn_as_words():
    chart = bar_chart([(HOSTILE, 1, 2)], name="x", caption=HOSTILE, sentence=HOSTILE)

    assert "<script>" not in chart.svg
    assert HOSTILE in " ".join(words_in(chart))


def test_a_signal_is_told_by_its_shape_and_its_words():
    chart = a_control_chart(a_segment(0.7, 0.8, 0.5, week_3="CONCERN"))
    root = tree_of(chart)

    marks = root.findall(f"{SVG}polygon")
    assert len(marks) == 2, "the point, and the legend"
    assert len(root.findall(f"{SVG}circle")) == 2
    assert "Worse than usual" in words_in(chart)
    assert "Better than usual" not in words_in(chart)
    assert chart.table.rows[2][-1].words == "Concern: above the upper limit"


def test_each_meaning_has_a_shape_of_its_own():
    chart = a_control_chart(
        a_segment(0.7, 0.8, 0.5, week_1="CONCERN", week_2="IMPROVEMENT", week_3="NEUTRAL")
    )
    marks = [mark.get("points") for mark in tree_of(chart).findall(f"{SVG}polygon")]

    shapes = {len(points.split()) for points in marks[:3]}
    assert len(marks) == 6
    assert shapes == {3, 4}, "a triangle among the squares and diamonds"


def test_new_limits_are_marked_with_the_reason():
    chart = a_control_chart(a_segment(0.7, 0.8), a_segment(0.9, 0.9, name="Standard 2"))

    assert "Standard 2" in words_in(chart)
    assert len(chart.table.rows) == 4


def test_a_limit_that_cannot_happen_is_not_drawn():
    chart = a_control_chart(a_segment(0.7, 0.8))

    assert "Upper limit" not in words_in(chart)
    assert "Lower limit" in words_in(chart)
    assert chart.table.rows[0][6].words == "none below 100%"


def test_the_table_beneath_a_control_chart_holds_every_value_with_its_n():
    points = (
        ControlPoint("Week 1", 0.7, of="14 of 20", interval="48.1% to 85.5%"),
        ControlPoint("Week 2", None, of="3 of 5", words="3 of 5 (too few to say)"),
    )
    segment = ControlSegment(0.7, 0.6, 0.8, points, made_of="1 week, 20 letters")

    chart = a_control_chart(segment, counted="Counted from letters due. Rules: version 1.")

    assert [[cell.words for cell in row] for row in chart.table.rows] == [
        ["Week 1", "70.0%", "14 of 20", "48.1% to 85.5%", "70.0% (1 week, 20 letters)",
         "60.0%", "80.0%", "None"],
        ["Week 2", "Too few to say", "3 of 5", "Too few to say", "70.0% (1 week, 20 letters)",
         "60.0%", "80.0%", "None"],
    ]  # fmt: skip
    assert len(tree_of(chart).findall(f"{SVG}circle")) == 1, "the second week is not drawn"
    assert "Rules: version 1." in tree_of(chart).find(f"{SVG}desc").text
    assert chart.note == "Counted from letters due. Rules: version 1."


def test_each_mark_says_its_value_with_its_n():
    point = ControlPoint("Week 1", 0.7, words="70.0% (14 of 20, 95% interval 48.1% to 85.5%)")
    chart = a_control_chart(ControlSegment(0.7, 0.6, 0.8, (point,)))

    mark = tree_of(chart).find(f"{SVG}circle/{SVG}title")
    assert mark.text == "Week 1: 70.0% (14 of 20, 95% interval 48.1% to 85.5%)"


def test_a_segment_without_limits_says_so():
    few = ControlPoint("Week 1", None, of="3 of 5")
    chart = a_control_chart(ControlSegment(None, None, None, (few,)))

    assert [cell.words for cell in chart.table.rows[0]][4:7] == ["None yet"] * 3


def test_a_chart_of_nothing_is_still_a_chart():
    chart = a_control_chart()

    assert "no values" in tree_of(chart).find(f"{SVG}desc").text
    assert chart.table.rows == []


def test_bars_say_how_many_of_how_many_and_lead_to_the_records():
    chart = a_bar_chart(addresses=["/letters/?criterion=A1"])

    assert "7 of 12" in words_in(chart)
    assert chart.table.rows[0][1] == Cell("7 of 12", "/letters/?criterion=A1")
    assert chart.table.rows[1][1] == Cell("3 of 9", "")


def test_bars_are_as_long_as_their_counts():
    chart = a_bar_chart()
    lengths = [float(b.get("width")) for b in tree_of(chart).findall(f"{SVG}rect")]

    assert lengths[1] / lengths[0] == pytest.approx(3 / 7, abs=0.01)


def test_a_share_of_few_is_not_drawn_but_said():
    chart = an_interval_chart()

    assert "Too few to say: 3 of 7" in words_in(chart)
    assert len(tree_of(chart).findall(f"{SVG}circle")) == 1
    assert [cell.words for cell in chart.table.rows[0]] == [
        "Crown Court", "48 of 200", "24.0%", "18.6% to 30.4%",
    ]  # fmt: skip
    assert [cell.words for cell in chart.table.rows[1]][2:] == ["Too few to say"] * 2


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        pytest.param(0, 1, [0, 0.5, 1], id="a share"),
        pytest.param(0, 37, [0, 10, 20, 30, 40], id="counts"),
        pytest.param(5, 5, [5, 5.5, 6], id="one value"),
        pytest.param(0, 0, [0, 0.5, 1], id="all nought"),
        pytest.param(0.62, 0.97, [0.6, 0.7, 0.8, 0.9, 1], id="a part of a share"),
    ],
)
def test_steps_are_round_and_hold_every_value(low, high, steps):
    assert round_steps(low, high) == steps


def test_names_of_lines_do_not_overlap():
    assert apart([100, 95, 50], gap=17) == [112, 95, 50]
