"""The papers of a service say what was served then, whatever comes or is decided later."""

import io

import pytest

from forthright.disclosure.documents import pack_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.serving import serve
from forthright.letter_files.reading import words_of_file
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
REWORDED = [f"{words} (two pages)" for words in duties.OPEN_ITEMS]
LATER = "Diary of Mr Hall for May 2026, noting who hired the van"


def papers(duty, serving=None):
    files = pack_of(duty, serving, by=None, at=given.NOON)
    return {
        name: words_of_file(io.BytesIO(content), name)
        for name, content in files.items()
        if name.endswith(".docx")
    }


def test_a_later_version_of_the_schedule_changes_no_paper_of_a_service():
    duty = duties.court_told()
    before = papers(duty)
    duties.adequate(duty, mg6c_csv=duties.a_schedule(*REWORDED, LATER))

    after = papers(duties.fresh(duty))

    assert after == before
    assert "discloses 1 item" in after["covering-letter.docx"]


def test_a_later_decision_changes_no_paper_of_an_earlier_service():
    duty = duties.court_told()
    first = duty.servings.get()
    before = papers(duty, first.pk)
    line = next(each for each in lines_of(duty) if each.item.number == 1 and each.form == "MG6C")
    wish = Written(item_id=line.item.pk, code="D", reason="The defence says he hired it")
    endorse_item(duty, wish, by=None, at=given.NOON)
    serve(duties.approve_since(duty), duties.a_service(duty), by=None, at=given.NOON)

    assert papers(duty, first.pk) == before
    assert "Receipt for the hire" in papers(duty)["disclosed-material.docx"]


def test_each_service_has_its_own_papers_on_the_page(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.served()

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")

    assert page.tree.xpath(f"//a[contains(@href, 'pack/?service={duty.servings.get().pk}')]")
