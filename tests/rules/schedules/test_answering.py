"""What came mends a return only where it answers what went back."""

import pytest

from forthright.rules.schedules.answering import NOT_PROVIDED, mends_return
from forthright.rules.schedules.schedule import Form
from tests.rules.schedules.test_comparing import CUSTODY, LOG, REPORT, VIEWED, schedule

WRONG = "Schedules of unused material not completed correctly"
RETURNED = schedule((1, LOG), (2, REPORT))


@pytest.mark.parametrize(
    ("came", "reasons", "is_handed_in", "mends"),
    [
        pytest.param(schedule((1, LOG), (2, VIEWED)), [WRONG], False, True, id="a new version"),
        pytest.param(schedule((3, CUSTODY)), [WRONG], False, False, id="a continuation"),
        pytest.param(schedule((1, LOG), form=Form.MG6D), [WRONG], False, False, id="another form"),
        pytest.param(schedule((1, LOG), form=Form.MG6E), [WRONG], True, False,
                     id="another form from the police"),
        pytest.param(schedule((11, LOG), (12, REPORT)), [WRONG], True, True,
                     id="numbered anew by the police"),
        pytest.param(schedule((1, LOG), form=Form.MG6E), [NOT_PROVIDED], False, True,
                     id="what was missing"),
        pytest.param(schedule((1, LOG), form=Form.MG6E), [NOT_PROVIDED, WRONG], False, False,
                     id="what was missing and not the rest"),
        pytest.param(schedule((3, CUSTODY)), [NOT_PROVIDED], False, False,
                     id="not what was missing"),
    ],
)  # fmt: skip
def test_what_mends_a_return(came, reasons, is_handed_in, mends):
    assert mends_return([RETURNED], [came], reasons=reasons, is_handed_in=is_handed_in) is mends
