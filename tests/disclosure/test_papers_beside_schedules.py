"""A schedule that cannot be read is no paper: it stops its delivery, and its words stay in it."""

from io import BytesIO

import pytest
from docx import Document

from forthright.accounts.models import Role
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.services.bringing import check_delivery
from forthright.disclosure.services.reading import HandedOver
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.schedule_files.files import a_pdf_schedule

pytestmark = pytest.mark.django_db

GOOD = duties.a_schedule(*duties.OPEN_ITEMS).encode()
SECRET = "CCTV footage from the house of the source Heronsgate showing the van"
MORE = [("4", SECRET, "Intel unit"), ("5", "Body worn video of PC Hall at Heronsgate", "Intel")]


LISTED = [
    "11. Letter from the landlord of 14 Mill Lane about earlier noise, with his reply to DC Laing",
    "12. Second set of photographs of the kitchen, taken by SOCO Pell showing no blood",
    "13. Hand-held radio recording of PC Ames naming another man seen running off",
]


def a_paper(*lines, style=None):
    document = Document()
    for place, line in enumerate(lines):
        document.add_paragraph(line, style=style if place else None)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_document(title, rows):
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(0, len(rows[0]))
    for cells in rows:
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def checked(tmp_path, name, content):
    files = []
    for each, held in (("mg6c.csv", GOOD), (name, content)):
        path = tmp_path / each
        path.write_bytes(held)
        files.append(HandedOver(each, path))
    duty = duties.a_duty()
    return check_delivery(
        duty, files, police_unit=duties.a_police_unit(), is_whole=False, by=None, at=given.NOON
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("MG6D sensitive.docx", "MG6D SENSITIVE MATERIAL"),
        ("part 2.docx", "MG6C continuation"),
        ("MG6C part 2.docx", "R v Marsden"),
        ("part 2.docx", "R v Marsden"),
        ("sensitive.docx", "R v Marsden"),
    ],
)
def test_a_schedule_without_headings_stops_the_delivery_and_nothing_in_it_is_told(
    tmp_path, name, title
):
    delivery = checked(tmp_path, name, a_document(title, MORE))

    [_, unread] = delivery.files
    assert "was not taken as another paper either" in unread["unread"]
    assert stops_of(delivery) == 1
    assert "Heronsgate" not in str((delivery.findings, delivery.note, delivery.files))


def test_a_pdf_whose_name_is_that_of_a_schedule_is_no_paper(tmp_path):
    content = a_pdf_schedule([("R v Marsden",), *MORE])

    assert stops_of(checked(tmp_path, "MG6C part 2.pdf", content)) == 1


@pytest.mark.parametrize(
    ("name", "title", "rows"),
    [
        ("MG5.docx", "Police report", [("Summary", "Mr Marsden hit Mrs Oduya.")]),
        ("MG9.docx", "Witness list", [("No.", "Name"), ("1", "Mrs Oduya"), ("2", "Mr Hall")]),
        ("MG5.docx", "The unused material is on the MG6C", [("Summary", "A fight")]),
    ],
)
def test_another_paper_is_one_and_the_page_says_so(tmp_path, name, title, rows):
    delivery = checked(tmp_path, name, a_document(title, rows))

    assert [each["is_paper"] for each in delivery.files] == [False, True]
    assert stops_of(delivery) == 0
    lawyer = given.a_person(Role.PROSECUTOR, unit=delivery.unit)
    page = as_(lawyer).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see(f"{name} (read as another paper: no schedule)")


@pytest.mark.parametrize(
    "title",
    [
        "The disclosure schedule for Osgood, typed up by PC Halloran on 2 Nov",
        "Further unused items not on the MG6C",
        "List of unused, Osgood",
        "Osgood - additional material",
        "Items left off the MG6C",
        "The following were left out of the list of unused material.",
        "These items were found later and are unused:",
    ],
)
@pytest.mark.parametrize("between", [(), ("R v Osgood", "PC Halloran, 2 November 2026")])
def test_numbered_lines_below_what_may_head_a_list_are_asked_about(tmp_path, title, between):
    delivery = checked(tmp_path, "list.docx", a_paper(title, *between, *LISTED))

    [_, unread] = delivery.files
    assert "numbered lines stand below" in unread["unread"]
    assert stops_of(delivery) == 1


def test_so_are_lines_that_word_numbers_by_itself_or_that_no_sign_follows(tmp_path):
    words = [each[4:] for each in LISTED]
    by_word = a_paper("List of unused", *words, style="List Number")
    bare = a_paper("List of unused", *(f"{each[:2]} {each[4:]}" for each in LISTED))

    assert stops_of(checked(tmp_path, "list.docx", by_word)) == 1
    assert stops_of(checked(tmp_path, "list.docx", bare)) == 1


ORDINARY = [
    ("MG12 exhibits.docx", ("MG12 EXHIBIT LIST", "Additional items", "1. Photograph JK/1",
                            "2. Map JK/2")),
    ("MG9 witnesses.docx", ("MG9 WITNESS LIST", "Additional documents", "1. Statement of PC Khan",
                            "2. Statement of Mrs Oduya")),
    ("MG5.docx", ("MG5 POLICE REPORT", "Additional material", "1. Film of the yard",
                  "2. Call to 999")),
    ("MG20.docx", ("MG20", "Further documents", "1. Statement of PC Khan", "2. Map of the yard")),
    ("MG3A action plan.docx", ("Case action plan", "Further material", "1. The phone of Mr Osgood",
                               "2. Statement of Mrs Oduya")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), ORDINARY)
def test_a_form_that_its_name_calls_so_may_list_what_is_more(tmp_path, name, lines):
    delivery = checked(tmp_path, name, a_paper(*lines))

    assert [each["is_paper"] for each in delivery.files] == [False, True]


@pytest.mark.parametrize(("name", "lines"), ORDINARY)
def test_under_another_name_it_is_asked_about_and_told_to_name_it(tmp_path, name, lines):
    delivery = checked(tmp_path, "scan 4.docx", a_paper(*lines))

    [_, unread] = delivery.files
    assert "give the file the name of the paper that it is, such as MG11" in unread["unread"]


def test_what_is_unused_is_asked_about_whatever_the_file_is_called(tmp_path):
    delivery = checked(tmp_path, "MG20.docx", a_paper("Further unused items", *LISTED))

    [_, unread] = delivery.files
    assert "numbered lines stand below" in unread["unread"]
    assert "give the file the name" not in unread["unread"]


@pytest.mark.parametrize(
    "lines",
    [
        ("WITNESS STATEMENT (CJ Act 1967)", "Statement of PC Khan", "Further items seized:",
         "1. A phone, exhibit JK/1", "2. A wallet, exhibit JK/2"),
        ("Record of interview", "Additional documents shown:", "1. Photograph JK/1", "2. Map"),
    ],
)  # fmt: skip
def test_what_was_seized_or_shown_is_no_list_of_unused_material(tmp_path, lines):
    delivery = checked(tmp_path, "scan 4.docx", a_paper(*lines))

    assert [each["is_paper"] for each in delivery.files] == [False, True]


@pytest.mark.parametrize(
    "lines",
    [
        ("Police report", "Unused material: none", "1. Summary of the evidence", "2. Interview"),
        ("Police report", "The unused material is on the MG6C.", "1. Summary", "2. Interview"),
        ("MG3 action plan", "Further material required", "1. CCTV of the bar", "2. The 999 call"),
        ("Statement", "Additional items stolen", "1. A gold ring", "2. A watch"),
        ("List of unused", "14 November 2026", "Nothing more is held of this case than was sent."),
        ("Contents", "1. Summary", "2. Unused items", "3. Interview"),
        ("Mr Osgood was seen by his neighbour, who knows him", *LISTED),
    ],
)
def test_numbered_lines_of_another_paper_are_no_list(tmp_path, lines):
    delivery = checked(tmp_path, "MG5.docx", a_paper(*lines))

    assert [each["is_paper"] for each in delivery.files] == [False, True]
