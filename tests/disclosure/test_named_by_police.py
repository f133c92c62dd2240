"""What the police say may undermine or assist stands beside the item until somebody decided it."""

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import Endorsement
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
)
from forthright.disclosure.services.serving import ServingRefused, approve_duty
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

ITEMS = (
    "Receipt for the hire of a van on 3 May 2026 by the defendant",
    "Letter from Halford Hire of 9 May 2026 about the van",
)
WHY = "The receipt shows that another man, Carl Voss, hired the van that day"
HEAD = "MG6E DISCLOSURE OFFICER’S REPORT\nItem No.,Schedule,Why it may undermine or assist,Copy\n"
CERTIFIED = (
    "SDC STREAMLINED DISCLOSURE CERTIFICATE\nNo.,For Police Use: brief description,For CPS Use\n"
    f'1,"{ITEMS[0]}",\n2,"{ITEMS[1]}",\n'
    '"I certify that relevant material has been recorded and retained, that I have inspected it '
    "and that it is shown on the schedule above. Item 1 might reasonably undermine the "
    "prosecution or assist the defence because it shows that Carl Voss hired the van. "
    'Name: DC Mears Signature: J Mears Date: 3/9/26",,\n'
)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def report(number=1, form="MG6C", why=WHY):
    return f'{HEAD}{number},{form},"{why}",Yes\n'


def reported(**files):
    files = {"mg6c_csv": duties.a_schedule(*ITEMS), "mg6e_csv": report()} | files
    return duties.adequate(duties.a_duty(), **files)


def certified():
    return duties.adequate(duties.a_duty(court="MAGISTRATES"), sdc_csv=CERTIFIED)


def line_of(duty, number, form=None):
    return next(each for each in lines_of(duty)
                if each.item.number == number and form in {None, each.form})  # fmt: skip


def endorse(duty, number, code, reason=""):
    wish = Written(item_id=line_of(duty, number).item.pk, code=code, reason=reason)
    endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)


@pytest.mark.parametrize("made", [reported, certified])
def test_an_item_that_the_police_name_is_never_obvious_and_is_withheld_only_with_a_reason(made):
    duty = made()
    lawyer = as_(duties.a_lawyer())
    address = f"/disclosure/{duty.pk}/endorse/"

    lawyer.open(f"{address}obvious/").not_see("item 1").see("item 2", ITEMS[1])
    lawyer.open(address).see("May undermine or assist", "Carl Voss")
    lawyer.open(f"{address}{line_of(duty, 1).item.pk}/").see(
        "The police say that it may undermine the prosecution or assist the defence", "Carl Voss"
    )
    item = line_of(duty, 1).item
    with pytest.raises(EndorsementRefused, match="takes a decision of its own"):
        endorse_obvious(duty, [item.pk], by=None, at=given.NOON)
    for code in ("CND", "ND"):
        with pytest.raises(EndorsementRefused, match="Write why: the police say that it may"):
            endorse(duty, 1, code)
    endorse(duty, 1, "CND", "Voss says in his statement that he hired it for the defendant")
    endorse(duty, 2, "CND")
    assert duties.fresh(duty).state == "ENDORSED"


@pytest.mark.parametrize("made", [reported, certified])
def test_who_approves_reads_why_the_police_name_it_and_looks_at_it_again(made):
    duty = made()
    endorse(duty, 1, "CND", "Voss hired it for the defendant")
    endorse(duty, 2, "CND")
    approver = as_(duties.a_lawyer(Role.LEGAL_MANAGER))
    page = approver.open(f"/disclosure/{duty.pk}/approve/")
    page.see("said by the police to be what may undermine", "Carl Voss", "Voss hired it for")

    page.press("Approve").see("1 item to look at again")

    assert duties.fresh(duty).state == "ENDORSED"
    page.press("Approve", looked_again=[line_of(duty, 1).item.pk]).see("Approved")


def test_what_was_withheld_with_no_reason_before_the_police_named_it_is_endorsed_again():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*ITEMS))
    endorse(duty, 1, "CND")
    endorse(duty, 2, "CND")
    duty = duties.adequate(duties.fresh(duty), mg6e_csv=report())

    again = [line.item.pk for line in lines_of(duty)]
    with pytest.raises(ServingRefused, match=r"MG6C item 1: said by the police .* no reason"):
        approve_duty(duty, looked_again=again, by=duties.a_lawyer(Role.LEGAL_MANAGER),
                     at=given.NOON)  # fmt: skip


def test_an_item_that_is_disclosed_needs_no_second_look_for_being_named():
    duty = reported()
    endorse(duty, 1, "D", "It shows that another man hired the van")
    endorse(duty, 2, "CND")

    assert duties.approve_and_serve(duty).state == "SERVED"


def test_a_sensitive_item_that_the_report_names_is_looked_at_again():
    duty = reported(
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"), mg6e_csv=report(form="MG6D")
    )
    assert [bool(line.named) for line in lines_of(duty)] == [False, False, True]
    endorse(duty, 1, "CND")
    endorse(duty, 2, "CND")
    duties.endorse(duty, line_of(duty, 1, "MG6D").item, "SN", reason="It names a source", by=None)

    with pytest.raises(ServingRefused, match="1 item to look at again"):
        approve_duty(duties.fresh(duty), by=duties.a_lawyer(Role.LEGAL_MANAGER), at=given.NOON)


def test_an_item_stays_named_in_later_versions_under_other_numbers_and_words():
    duty = reported()
    again = duties.a_schedule(f"{ITEMS[0]}, with its back page", ITEMS[1])
    duty = duties.adequate(duty, mg6c_csv=again)
    assert [bool(line.named) for line in lines_of(duty)] == [True, False]

    moved = duties.a_schedule("Rota of the desk on 3 May 2026", f"{ITEMS[0]}, with its back page")
    duty = duties.adequate(duty, mg6c_csv=moved)
    named = {line.item.description: [each.why for each in line.named] for line in lines_of(duty)}
    assert named[f"{ITEMS[0]}, with its back page"] == [WHY]


def test_a_new_report_says_what_holds_from_then_on():
    duty = reported()

    duty = duties.adequate(duty, mg6e_csv=report(why="It gives another day"))

    [line, other] = lines_of(duty)
    assert ([each.why for each in line.named], other.named) == (["It gives another day"], ())


def served_without():
    """Return a duty that was served before the police said anything of its items."""
    duty = duties.court_told()
    assert not any(line.named for line in lines_of(duty))
    return duty


def codes(duty):
    return [line.endorsement.code for line in lines_of(duty) if line.form == "MG6C"]


def test_what_is_named_after_the_service_waits_to_be_decided_anew():
    duty = served_without()

    duty = duties.adequate(duty, mg6e_csv=report())

    assert codes(duty) == ["Q", "ND", "D"]
    lawyer = duties.a_lawyer()
    assert waiting_for(lawyer, given.NOON.date()).filter(pk=duty.pk).exists()
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/endorse/{line_of(duty, 1, 'MG6C').item.pk}/")
    page.see("The police say since", "decide it anew", "Carl Voss")
    with pytest.raises(EndorsementRefused, match="Write why: the police say"):
        endorse(duty, 1, "CND")
    # The same report once more says nothing new, whatever was decided meanwhile.
    duties.endorse(duty, line_of(duty, 1, "MG6C").item, "ND", reason="His brother", by=lawyer)
    duty = duties.adequate(duty, mg6e_csv=report())
    assert codes(duty) == ["ND", "ND", "D"]


def test_what_was_served_waits_for_nothing_when_it_is_named():
    duty = served_without()

    duty = duties.adequate(duty, mg6e_csv=report(number=3))

    assert codes(duty) == ["CND", "ND", "D"]


def test_nothing_of_it_is_told_to_anybody_else():
    why = "Veyrthorpe says that he was with him"
    secret = duties.a_schedule(duties.SECRET, form="MG6D")
    duty = reported(mg6d_csv=secret, mg6e_csv=report(form="MG6D", why=why))
    lawyer = duties.a_lawyer()
    as_(lawyer).open(f"/disclosure/{duty.pk}/endorse/").see("Veyrthorpe")
    duties.endorse(duty, line_of(duty, 1, "MG6C").item, "D", reason="It assists", by=lawyer)
    duties.endorse(duty, line_of(duty, 2).item, "CND", reason="", by=lawyer)
    duties.endorse(duty, line_of(duty, 1, "MG6D").item, "SN", reason="It names one", by=lawyer)
    manager = as_(given.a_person(Role.LINE_MANAGER))
    inspector = as_(given.a_person(Role.INSPECTOR))
    duty = duties.approve_and_serve(duties.fresh(duty))

    for person in (manager, inspector):
        for address in ("", "record/"):
            person.open(f"/disclosure/{duty.pk}/{address}").not_see("Veyrthorpe")
    manager.open(f"/disclosure/{duty.pk}/serve/").not_see("Veyrthorpe")
    assert "Veyrthorpe" not in str(duty.servings.get().papers)
    assert "Veyrthorpe" not in "".join(map(str, Event.objects.values_list("detail")))
    assert not Endorsement.objects.filter(reason__contains="Veyrthorpe").exists()


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.INSPECTOR, Role.SENIOR_MANAGER])
def test_the_pages_that_show_it_open_for_lawyers_alone(role):
    duty = reported()
    person = as_(given.a_person(role, unit=duty.unit))

    for address in ("endorse/", "endorse/items/", "endorse/obvious/", "approve/"):
        assert person.client.get(f"/disclosure/{duty.pk}/{address}").status_code in {403, 404}


@pytest.mark.parametrize(("reason", "found"), [("", ["R2d"]), ("It is his brother’s", [])])
def test_the_check_of_a_delivery_names_one_that_was_withheld_without_a_reason(reason, found):
    listed = "MG6C SCHEDULE\nItem No.,Description,Location,CPS decision,Reason\n"
    rows = f'1,"{ITEMS[0]}",Store,CND,{reason}\n2,"{ITEMS[1]}",Store,CND,\n'

    delivery = duties.checked(
        duties.a_duty(), mg6c_csv=listed + rows, mg6e_csv=report(why="Veyrthorpe was there")
    )

    named = [each for each in delivery.findings if each["rule"] == "R2d"]
    assert [each["rule"] for each in named] == found
    assert "Veyrthorpe" not in str(named)
