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
