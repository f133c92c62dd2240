"""What the police say of an item elsewhere than beside its own table keeps it back as well."""

import pytest
from docx import Document

from forthright.accounts.models import Role
from forthright.disclosure.models import Item
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.checking_again import compare_again
from forthright.disclosure.services.reading import HandedOver
from forthright.disclosure.services.triage import TriageRefused, find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
LETTER = "Letter of 5 March 2026 about the van in the yard and who drove it there that night"
LATER = "Receipt of the hire firm of 6 March 2026 for the return of the van by the defendant"
OPEN = duties.a_schedule(duties.OPEN_ITEMS[0], LETTER, duties.OPEN_ITEMS[1])
BY_MISTAKE = "Item 2 should have been on the MG6D, it was put on the MG6C by mistake."
FIRST = "Item 2 came from the source Heronsgate and should be on the MG6D."
SOURCE = f"{FIRST} It must not be given to the defence."


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def held():
    rows = Item.objects.filter(is_held_back=True, schedule__form="MG6C").order_by("pk")
    return list(rows.values_list("number", flat=True))


def refused(delivery):
    with pytest.raises(TriageRefused, match="should stop"):
        find_adequate(take_in(delivery, by=None, at=given.NOON), unit=duties.a_police_unit(),
                      by=None, at=given.NOON)  # fmt: skip


@pytest.mark.parametrize(
    "said", [SOURCE, BY_MISTAKE, "Item 2 of the first schedule came from the source Heronsgate."]
)
def test_beside_a_later_schedule_an_item_of_an_earlier_one_is_held_back_and_stops(said):
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)

    later = duties.checked(duty, mg6c2_csv=f'{duties.a_schedule(LATER, first=4)}"{said}"\n')

    assert held() == [2]
    assert stops_of(later) >= 1
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/deliveries/{later.pk}/")
    page.not_see(LETTER, "Heronsgate")
    refused(later)


def test_what_was_decided_before_waits_again_once_a_later_schedule_speaks_of_its_source():
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)
    duty = duties.endorse_all(duties.fresh(duty), by=duties.a_lawyer())

    later = duties.checked(duty, mg6c2_csv=f'{duties.a_schedule(LATER, first=4)}"{SOURCE}"\n')

    made = Item.objects.get(number=2).endorsements.order_by("pk")
    assert [(each.code, each.is_hold) for each in made][-1] == ("Q", True)
    said = f"What the MG6C of delivery {later.pk} says of it may be sensitive."
    assert made.last().reason == said


def test_compared_again_a_delivery_asks_once_of_what_it_says():
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)
    duties.endorse_all(duties.fresh(duty), by=duties.a_lawyer())
    words = f'{duties.a_schedule(LATER, first=4)}"{SOURCE}"\n'
    later = duties.checked(duty, mg6c2_csv=words)
    found = len(later.findings)

    compare_again(later, by=None, at=given.NOON)

    later.refresh_from_db()
    assert len(later.findings) == found
    assert Item.objects.get(number=2).endorsements.filter(is_hold=True).count() == 1


def test_an_ordinary_line_of_earlier_items_stops_nothing():
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)
    words = duties.a_schedule(LATER, first=4) + '"Items 1 to 3 were listed on the first schedule."'

    later = duties.checked(duty, mg6c2_csv=words)

    assert held() == []
    assert stops_of(later) == 0


def test_a_later_schedule_of_its_own_numbers_speaks_of_its_own_item():
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)

    anew = duties.a_schedule(LATER, LATER.replace("van", "car"))
    duties.checked(duty, mg6c2_csv=f'{anew}"Item 2 came from the source Heronsgate."\n')

    rows = Item.objects.filter(is_held_back=True)
    assert [each.description for each in rows] == [LATER.replace("van", "car")]


@pytest.mark.parametrize("said", [SOURCE, BY_MISTAKE])
def test_an_entry_of_the_report_holds_its_item_back(said):
    report = f"MG6E\nItem No.,Why it undermines or assists,Copy supplied\n2,'{said}',Yes\n"

    delivery = duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6e_csv=report.replace("'", '"'))

    assert held() == [2]
    assert stops_of(delivery) >= 1
    refused(delivery)


def test_an_entry_that_names_another_item_holds_that_one_back_and_not_its_own():
    report = f'MG6E\nItem No.,Why it undermines or assists,Copy supplied\n3,"{BY_MISTAKE}",Yes\n'

    duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6e_csv=report)

    assert held() == [2]


def test_a_paper_beside_a_new_version_holds_the_version_back_that_still_stands(tmp_path):
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)

    with_a_note(tmp_path, duty, SOURCE, mg6c_csv=OPEN)

    assert held() == [2, 2]


def test_an_entry_that_tells_who_wrote_an_item_and_why_it_assists_holds_nothing_back():
    words = "Written by Mrs Lee. It says that another man drove the van, which may assist."
    report = f'MG6E\nItem No.,Why it undermines or assists,Copy supplied\n2,"{words}",Yes\n'

    delivery = duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6e_csv=report)

    assert held() == []
    assert not [each for each in delivery.findings if each["rule"] in ("R11i", "R11j")]


@pytest.mark.parametrize(
    "line",
    [
        "Item 2 of the MG6C belongs on this form: see my note.",
        "MG6C item 2 was written by the informant Heronsgate.",
        BY_MISTAKE,
    ],
)
@pytest.mark.parametrize("first", [1, 2])
def test_beside_the_sensitive_schedule_an_open_item_that_belongs_there_is_held_back(line, first):
    secret = duties.a_schedule(duties.SECRET, form="MG6D", first=first)

    delivery = duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6d_csv=f'{secret}"{line}"\n')

    assert held() == [2]
    assert stops_of(delivery) >= 1


def test_beside_the_sensitive_schedule_its_own_item_is_no_open_one():
    secret = duties.a_schedule(duties.SECRET, form="MG6D", first=2)
    line = '"Item 2 came from the source Heronsgate."\n'

    duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6d_csv=secret + line)

    assert held() == []


def test_a_sensitive_schedule_that_came_first_speaks_of_the_open_one_that_comes():
    duty = duties.a_duty()
    secret = duties.a_schedule(duties.SECRET, form="MG6D", first=1)
    first = duties.checked(duty, mg6d_csv=f'{secret}"Item 2 of the MG6C belongs on this form."\n')
    take_in(first, by=None, at=given.NOON)

    then = duties.checked(duty, mg6c_csv=OPEN)

    assert held() == [2]
    assert stops_of(then) == 1


def with_a_note(tmp_path, duty, said, **schedules):
    path = tmp_path / "Covering note.docx"
    note = Document()
    for line in ("Covering note to the reviewing lawyer", said):
        note.add_paragraph(line)
    note.save(path)
    return check_delivery(
        duty, [*duties.written(**schedules), HandedOver(path.name, path)],
        police_unit=duties.a_police_unit(), is_whole=False, by=None, at=given.NOON,
    )  # fmt: skip


def test_a_paper_beside_holds_back_what_it_names_and_lawyers_of_the_unit_see_its_words(tmp_path):
    delivery = with_a_note(tmp_path, duties.a_duty(), SOURCE, mg6c_csv=OPEN)

    assert held() == [2]
    assert stops_of(delivery) == 1
    address = f"/disclosure/deliveries/{delivery.pk}/"
    as_(duties.a_lawyer()).open(address).see("Covering note.docx", FIRST)
    as_(given.a_person(Role.LINE_MANAGER)).open(address).not_see("Heronsgate", LETTER)
    assert "Heronsgate" not in str(delivery.note)
    refused(delivery)


@pytest.mark.parametrize(
    "said",
    [
        "Please put item 2 on the MG6D.",
        "Could you list item 2 on the MG6D?",
        "Please move items 2 and 9 to the MG6(D).",
        "Item 2 needs to go on the MG6D.",
        "Item 2 has to be on MG6D.",
        "Item 2 is to be treated as MG6D.",
        "Item 2 is one for the MG6D.",
        "Item 2 is really an MG6D item.",
        "Item 2 to the MG6D please.",
        "Item 2 goes on the MG6D.",
        "In my view, item 2 would be better on the MG6D.",
        "Please add it, item 2, to the form MG 6 D.",
    ],
)
def test_however_it_is_asked_an_item_goes_on_the_sensitive_schedule(tmp_path, said):
    delivery = with_a_note(tmp_path, duties.a_duty(), said, mg6c_csv=OPEN)
    assert held() == [2]
    assert stops_of(delivery) == 1

    report = f'MG6E\nItem No.,Why it undermines or assists,Copy supplied\n3,"{said}",Yes\n'
    duties.checked(duties.a_duty(), mg6c_csv=OPEN, mg6e_csv=report)
    assert held() == [2, 2]

    duties.checked(duties.a_duty(), mg6c_csv=f'{OPEN}"{said}"\n')
    assert held() == [2, 2, 2]


@pytest.mark.parametrize(
    "said",
    [
        "Item 2 on the MG6D is the debrief of a source.",
        "Items 1 and 2 of the MG6D are held at the station.",
        "The tape is listed on the MG6D as MG6D item 2.",
        "I have put item 2 on the MG6C.",
    ],
)
def test_an_item_of_the_sensitive_schedule_itself_is_no_open_one(tmp_path, said):
    with_a_note(tmp_path, duties.a_duty(), said, mg6c_csv=OPEN)

    assert held() == []


def test_a_paper_beside_a_later_schedule_holds_back_an_item_of_an_earlier_one(tmp_path):
    duty = duties.a_duty()
    duties.adequate(duty, mg6c_csv=OPEN)
    schedule = duties.a_schedule(LATER, first=4)

    delivery = with_a_note(tmp_path, duty, SOURCE, mg6c2_csv=schedule)

    assert held() == [2]
    assert stops_of(delivery) == 1
    address = f"/disclosure/deliveries/{delivery.pk}/"
    as_(duties.a_lawyer()).open(address).see("Heronsgate")
    as_(given.a_person(Role.LINE_MANAGER)).open(address).not_see("Heronsgate", LETTER)
    compare_again(delivery, by=None, at=given.NOON)
    delivery.refresh_from_db()
    assert stops_of(delivery) == 1


def test_a_sentence_of_a_paper_that_goes_on_about_an_item_holds_it_back(tmp_path):
    said = "Item 2 was written by Mrs Heronsgate. Please do not disclose it to the defence."

    delivery = with_a_note(tmp_path, duties.a_duty(), said, mg6c_csv=OPEN)

    assert held() == [2]
    assert stops_of(delivery) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Item 2 was seized by PC Hall at the yard and is kept at the station.",
        "Item 2 was left at the yard by mistake. It was found there the next day.",
        "Item 2 may assist the defence. Please see the report. The source of the fire is unknown.",
    ],
)
def test_an_ordinary_paper_that_names_items_stops_nothing(tmp_path, said):
    delivery = with_a_note(tmp_path, duties.a_duty(), said, mg6c_csv=OPEN)

    assert held() == []
    assert stops_of(delivery) == 0


def test_words_of_a_delivery_that_waits_hold_back_what_came_in_meanwhile():
    duty = duties.a_duty()
    later = duties.checked(duty, mg6c2_csv=f'{duties.a_schedule(LATER, first=4)}"{SOURCE}"\n')
    take_in(duties.checked(duty, mg6c_csv=OPEN), by=None, at=given.NOON)

    compare_again(later, by=None, at=given.NOON)

    assert held() == [2]
    later.refresh_from_db()
    assert "R11j" in [each["rule"] for each in later.findings]
