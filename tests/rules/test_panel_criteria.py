"""A panel is asked what the words of a letter can answer."""

from dataclasses import replace

from forthright.rules.panel_criteria import asked_of_panel
from forthright.rules.rubric import published_rubric

QUALITY = published_rubric().quality_criteria


def test_what_the_case_record_alone_decides_is_not_asked():
    left = {each.code for each in QUALITY} - {each.code for each in asked_of_panel(QUALITY)}

    assert left == {"A1", "A2", "A9", "B5"}


def test_an_area_that_asks_something_else_under_the_same_code_is_asked_it():
    other = replace(published_rubric().criterion("A1"), question="Does it begin with a greeting?")

    assert asked_of_panel([other]) == [other]
