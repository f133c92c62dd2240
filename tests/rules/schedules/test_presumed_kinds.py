"""The check of a schedule and the grid agree on what is presumed to be disclosed."""

from datetime import date

import pytest

from forthright.rules.endorsements import (
    Endorsed,
    Endorsement,
    ItemToEndorse,
    may_be_one_of_many,
    needs_second_look,
    reasons_against,
)
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem

R3A = [rule for rule in shipped_schedule_rules() if rule.id == "R3a"]
KINDS = [
    ("999 call by Mrs Oduya of 1 June 2026", True),
    ("Storm incident log 1881 of 1 June 2026", True),
    ("Crime report 42 of 3 June 2026", True),
    ("Custody record of Dean Hollis", True),
    ("Officer’s notebook of PC Khan, who writes what Mr Dean told him", True),
    ("PNB of PC Khan, 1 June 2026", True),
    ("Pocket book entry of PC Khan", True),
    ("Record of the interview of Mr Hall under caution", True),
    ("First account of Mrs Oduya to PC Khan", True),
    ("Previous convictions of Mr Hall", True),
    ("CCTV of the yard, camera 3, with the fight by the gate", True),
    ("Body worn video of PC Khan at the scene of the robbery", True),
    ("CCTV enquiry log about the robbery", False),
    ("CCTV of the till at noon", False),
    ("Receipt for the hire of a van on 3 May 2026", False),
    ("Letter of the council about the state of the road outside, asking for an interview", False),
]  # fmt: skip


@pytest.mark.parametrize(("description", "is_presumed"), KINDS)
def test_the_check_and_the_grid_agree_on_what_is_presumed(description, is_presumed):
    item = ScheduleItem(place=Place(file="mg6c.csv", row=2), number=1, description=description,
                        endorsed="CND", code="CND")  # fmt: skip
    schedule = Schedule(form=Form.MG6C, place=Place(file="mg6c.csv"), items=(item,))
    found = check_schedules(Bundle(schedules=(schedule,)), R3A, as_of=date(2026, 10, 5))
    known = ItemToEndorse(form=Form.MG6C, description=description)

    assert bool(found) is is_presumed
    assert known.is_presumed is is_presumed
    assert needs_second_look(known, Endorsed.CLEARLY_NOT) is is_presumed
    if is_presumed:
        assert reasons_against(known, Endorsement(code=Endorsed.CLEARLY_NOT))
        assert not may_be_one_of_many(known, Endorsed.CLEARLY_NOT)


@pytest.mark.parametrize(
    ("reason", "inspected", "says"),
    [("", "PC Khan, 6 March", "Write the reason"), ("Another street", "", "unseen"),
     ("Another street", "PC Khan, 6 March", "")],
)  # fmt: skip
def test_a_recording_is_not_clearly_anything_unseen_and_without_a_reason(reason, inspected, says):
    item = ItemToEndorse(form=Form.MG6C, description="CCTV of the till, another man leaves")
    wanted = Endorsement(code=Endorsed.CLEARLY_NOT, reason=reason, inspected=inspected)

    said = " ".join(reasons_against(item, wanted))

    assert says in said if says else said == ""
