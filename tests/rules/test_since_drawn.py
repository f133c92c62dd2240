from datetime import date

import pytest

from forthright.rules.since_drawn import SinceDrawn, since_drawn

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        pytest.param({"was_sent": True, "sent_on": MONDAY}, None, id="sent then and now"),
        pytest.param({"was_sent": False, "sent_on": None}, SinceDrawn("Not sent yet", True),
                     id="still missing"),
        pytest.param({"was_sent": False, "sent_on": MONDAY},
                     SinceDrawn("Not sent when drawn, sent Monday 23 November", False),
                     id="sent since"),
        pytest.param({"was_sent": False, "sent_on": None, "is_required": False},
                     SinceDrawn("Not sent when drawn, and not required since", False),
                     id="not required after all"),
        pytest.param({"was_sent": True, "sent_on": None},
                     SinceDrawn("Sent when drawn; the record no longer says so", True),
                     id="the sending taken back"),
    ],
)  # fmt: skip
def test_what_became_of_a_drawn_letter(facts, says):
    assert since_drawn(**facts) == says
