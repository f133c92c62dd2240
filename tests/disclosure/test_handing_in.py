"""The police hand in a new version on their own page, and see nothing else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.findings import note_of
from forthright.disclosure.services.bringing import (
    DeliveryRefused,
    check_delivery,
    give_up,
    take_in,
)
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.triage import find_adequate
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.schedule_files.files import a_pdf_schedule

pytestmark = pytest.mark.django_db
NOON = given.NOON
MENDED = duties.a_schedule(*duties.OPEN_ITEMS)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def an_officer(unit=None):
    return given.a_person(Role.POLICE_PARTNER, unit=unit or duties.a_police_unit())


def handed_in(returned, words=MENDED, by=None, at=NOON):
    files = duties.written(mg6c_csv=words)
    return hand_in(returned, files, by=by or an_officer(), at=at)


def test_a_new_version_is_handed_in_and_the_prosecutor_takes_it_in():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    officer = as_(an_officer())
    page = officer.open(f"/returned-schedules/{returned.pk}/").follow("Hand in the new version")
    file = SimpleUploadedFile("mg6c.csv", MENDED.encode())

    page = page.press("Hand it in", schedules=file)

    page.see("Handed in. The prosecutor takes it from here.", "MG6C with 3 items")
    officer.open("/returned-schedules/").see("Nothing waits for your unit")
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open("/").follow("1 new version of schedules from the police")
    page.see("The police handed this in").not_see("Throw it away")
    page.press("Take it in").see("Is it adequate?")
    assert PoliceReturn.objects.get().mended_by == Delivery.objects.latest("pk")
    assert duties.fresh(duty).state == DutyState.RECEIVED


def test_another_unit_of_the_police_cannot_hand_in_or_look():
    returned = duties.returned(duties.a_duty())
    far = Unit.objects.create(area=returned.area, name="Far", kind=Unit.Kind.POLICE)

    with pytest.raises(NotAllowed, match="another unit"):
        handed_in(returned, by=an_officer(far))
    address = f"/returned-schedules/{returned.pk}/new-version/"
    assert as_(an_officer(far)).client.get(address).status_code == 404


def test_once_mended_nothing_more_is_handed_in():
    returned = duties.returned(duties.a_duty())
    take_in(handed_in(returned), by=None, at=NOON)

    with pytest.raises(NotAllowed, match="taken in already"):
        handed_in(returned)


def test_what_the_police_handed_in_is_not_thrown_away():
    delivery = handed_in(duties.returned(duties.a_duty()))

    with pytest.raises(DeliveryRefused, match="The police handed this in"):
        give_up(delivery, by=duties.a_lawyer(), at=NOON)


def test_a_schedule_of_another_case_is_not_handed_in():
    returned = duties.returned(duties.a_duty())

    with pytest.raises(DeliveryRefused, match="another case"):
        handed_in(returned, "URN,20ZZ9999926\n" + MENDED)
    assert PoliceReturn.objects.get().answered_at is None


def unread_pdf():
    """A schedule that numbers its items below no heading of their numbers, and draws no lines."""
    rows = [
        ("MG6C",),
        ("R v Marsden",),
        ("Note", "Description", "Location"),
        ("", "1 Incident log 4 of 3 May", "STORM"),
        ("", "2 Notebook of PC Ali", "Store"),
    ]
    [file] = duties.written(mg6c_pdf="")
    file.path.write_bytes(a_pdf_schedule(rows, is_ruled=False))
    return file


def test_what_cannot_be_read_is_refused_to_the_police_at_once_with_how_to_send_it():
    returned = duties.returned(duties.a_duty())
    content = unread_pdf().path.read_bytes()
    page = as_(an_officer()).open(f"/returned-schedules/{returned.pk}/new-version/")

    page = page.press("Hand it in", schedules=SimpleUploadedFile("mg6c.pdf", content))

    [error] = page.errors
    for words in (
        "mg6c.pdf, page 1, row 3: The rows below the headings could not be read.",
        "None of the headings is one of a column of numbers",
        "Head the column of numbers “Item No.”",
        "Nothing was handed in.",
    ):
        assert words in error
    assert not Delivery.objects.filter(answers=returned).exists()
    returned.refresh_from_db()
    assert returned.answered_at is None


def test_a_file_that_cannot_be_read_beside_one_that_can_is_refused_too():
    returned = duties.returned(duties.a_duty())
    picture = duties.written(mg6d_docx="no Word file")

    with pytest.raises(DeliveryRefused, match=r"mg6d\.docx: .* Nothing was handed in"):
        hand_in(returned, [*duties.written(mg6c_csv=MENDED), *picture], by=an_officer(), at=NOON)


def test_of_what_was_not_read_nothing_is_said_to_be_missing_and_it_can_be_thrown_away():
    duty = duties.a_duty()
    lawyer = duties.a_lawyer()

    delivery = check_delivery(
        duty, [unread_pdf()], police_unit=None, is_whole=False, by=lawyer, at=NOON
    )

    # It is headed without a URN, which could be read.
    assert [each["rule"] for each in delivery.findings] == ["R18g"]
    page = as_(lawyer).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see("Not read, mg6c.pdf, page 1, row 3", "None of the headings is one of a column")
    page.press("Throw it away").see("Thrown away. Nothing of the case changed.")


def test_the_days_of_the_police_end_when_they_hand_it_in():
    returned = duties.returned(duties.a_duty())
    delivery = handed_in(returned, at=NOON + timedelta(days=3))
    take_in(delivery, by=None, at=NOON + timedelta(days=20))
    find_adequate(delivery, reason="Enough for this case", by=None, at=NOON + timedelta(days=20))

    found = compliance_of(
        DisclosureDuty.objects.all(), Delivery.objects.all(), Month(2026, 10), NOON.date()
    )

    figure = next(each for each in found.figures if each.key == "turnaround_0")
    assert figure.words == "3 (of 1; too few for an interval)"


def test_what_another_unit_of_the_police_sent_mends_no_return_of_this_one():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    far = Unit.objects.create(area=duty.area, name="Far", kind=Unit.Kind.POLICE)
    more = duties.a_schedule("Hire of a second van on 4 May 2026 by Mr Hollis", first=4)
    theirs = check_delivery(
        duty, duties.written(mg6c_csv=more), police_unit=far, is_whole=False, by=None, at=NOON
    )

    find_adequate(take_in(theirs, by=None, at=NOON), reason="Enough", by=None, at=NOON)

    returned.refresh_from_db()
    assert returned.mended_by is None
    assert duties.fresh(duty).state == DutyState.RETURNED
    take_in(handed_in(returned), by=None, at=NOON)
    assert duties.fresh(duty).state == DutyState.RECEIVED


@pytest.mark.parametrize("form", ["MG6D", "MG6E"])
def test_a_form_that_did_not_go_back_leaves_the_return_with_the_police(form):
    duty = duties.a_duty()
    returned = duties.returned(duty)
    other = "MG6E DISCLOSURE OFFICER’S REPORT\nItem No.,Reason,Copy\n1,It names another man,Yes\n"
    if form == "MG6D":
        other = duties.a_schedule(duties.SECRET, form="MG6D")
    came = duties.received(duty, other_csv=other)

    find_adequate(came, reason="Enough", by=None, at=NOON)

    returned.refresh_from_db()
    assert returned.mended_by is None
    assert duties.fresh(duty).state == DutyState.RETURNED
    page = as_(an_officer()).open(f"/returned-schedules/{returned.pk}/")
    page.see("Hand in the new version").not_see("A new version was taken in")
    take_in(handed_in(returned), by=None, at=NOON)
    returned.refresh_from_db()
    assert returned.mended_by is not None


def test_who_takes_in_what_gave_way_to_a_newer_version_is_told_so():
    returned = duties.returned(duties.a_duty())
    first = handed_in(returned)
    handed_in(returned)

    with pytest.raises(DeliveryRefused, match="handed a newer version in"):
        take_in(first, by=None, at=NOON)
    with pytest.raises(DeliveryRefused, match="handed a newer version in"):
        give_up(first, by=None, at=NOON)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("mg6c.txt", b"MG6C", "Save the schedule as an Excel, Word, .csv or text PDF file"),
        ("mg6c.csv", b"URN,20ZZ9999926\n" + MENDED.encode(), "Look that it is the right file."),
        ("mg6c.csv", b"R v Darren OKAFOR\n" + MENDED.encode(), "mend it in the file."),
    ],
)
def test_the_police_are_told_what_they_do_and_not_what_a_prosecutor_does(name, content, says):
    returned = duties.returned(duties.a_duty())
    page = as_(an_officer()).open(f"/returned-schedules/{returned.pk}/new-version/")

    page = page.press("Hand it in", schedules=SimpleUploadedFile(name, content))

    error = " ".join(page.errors)
    assert says in error
    for words in ("Ask the police", "open the right case", "write why it is of this case"):
        assert words not in error


def test_which_numbers_are_missing_is_said_where_the_words_of_the_item_are_not():
    rows = '1,"Receipt for a van","Store"\n2,"Log 88","Store"\n5,"Debrief of the source","Store"\n'
    words = f"MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL\n{duties.HEAD}{rows}"

    asked = [one for each in note_of(duties.checked(duties.a_duty(), mg6c_csv=words))
             for one in each["requests"]]  # fmt: skip

    [missing] = [each for each in asked if "missing" in each]
    assert missing.endswith("Send what is missing (3 to 4), or say that it was not used.")
