"""What people record reads as natural English where a letter says it."""

import pytest

from forthright.rules.letter_blocks.slots import (
    body_inside,
    court_inside,
    hours_inside,
    way_to_do_it,
)


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("Victim Liaison Unit", "by the Victim Liaison Unit"),
        ("The Appeals and Review Unit.", "by the Appeals and Review Unit"),
        ("Appeals and Review Unit of the CPS", "by the Appeals and Review Unit of the CPS"),
        ("another prosecutor", "by another prosecutor"),
        ("Another prosecutor", "by another prosecutor"),
        ("a senior prosecutor", "by a senior prosecutor"),
        ("Priya Shah", "by Priya Shah"),
        ("our complaints team", "by our complaints team"),
        ("West Mercia Police", "by the West Mercia Police"),
    ],
)
def test_who_does_it(recorded, said):
    assert f"by {body_inside(recorded)}" == said


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("Coventry Crown Court", "at Coventry Crown Court"),
        ("Birmingham Magistrates’ Court", "at Birmingham Magistrates’ Court"),
        ("Crown Court at Coventry", "at the Crown Court at Coventry"),
        ("The Crown Court at Leeds", "at the Crown Court at Leeds"),
        ("Central Criminal Court", "at the Central Criminal Court"),
        ("Court of Appeal", "at the Court of Appeal"),
    ],
)
def test_the_court(recorded, said):
    assert f"at {court_inside(recorded)}" == said


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("ring 01632 960 110", "To do so, ring 01632 960 110"),
        ("Ring us on 01632 960 110.", "To do so, ring us on 01632 960 110"),
        ("by e-mail to vrr@cps.example", "To do so, get in touch by e-mail to vrr@cps.example"),
        ("By e-mail: vrr@cps.example", "To do so, get in touch by e-mail: vrr@cps.example"),
        ("in writing to the unit", "To do so, get in touch in writing to the unit"),
        ("vrr@cps.example", "To do so, e-mail vrr@cps.example"),
        ("01632 960 110", "To do so, ring 01632 960 110"),
        ("01632 960 110 or e-mail a@b.uk", "To do so, ring 01632 960 110 or e-mail a@b.uk"),
        ("www.cps.gov.uk/review", "To do so, go to www.cps.gov.uk/review"),
        (
            "CPS, 4 Mill Lane, Coventry CV1 2AB",
            "To do so, write to CPS, 4 Mill Lane, Coventry CV1 2AB",
        ),
        ("the form with this letter", "To do so, use the form with this letter"),
    ],
)
def test_how_to_do_it(recorded, said):
    assert f"To do so, {way_to_do_it(recorded)}" == said


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("Monday to Friday, 9am to 5pm", "answered Monday to Friday, 9am to 5pm"),
        ("Weekdays, 9am to 5pm.", "answered weekdays, 9am to 5pm"),
        ("9am to 5pm", "answered 9am to 5pm"),
    ],
)
def test_when_the_telephone_is_answered(recorded, said):
    assert f"answered {hours_inside(recorded)}" == said
