"""The public sample case comes in from its own PDFs, and what could not be read is said."""

import pytest

from forthright.letter_files.reading import words_of_file
from forthright.rules.schedules.bundle import Bundle, Paper
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import failure_reasons, shipped_schedule_rules
from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests import shared_data
from tests.corpus.schedule_measure import DAY

CASE = shared_data.find("data/disclosure/cps-dcf-sample-case-mclove")
LISTS = shared_data.find("data/disclosure/cps-dcf-prototype")
FAILURES = shared_data.find("data/disclosure/cps-prototype/dga-failure-reasons.csv")
ABSENT = "the published sample case is kept beside the repository, and is not here"


def papers():
    for name in ("MG05MCLOVE.pdf", "CM01.pdf", "MG00.pdf"):
        with (CASE / name).open("rb") as file:
            yield Paper(name=name, text=words_of_file(file, name))


@pytest.fixture
def certificate():
    if CASE is None:
        pytest.skip(ABSENT)
    [schedule] = read_schedules(CASE / "SDC_items_to_be_Disclosed_MCLOVE.pdf")
    return schedule


def test_its_items_come_out_right(certificate):
    told = [(x.number, x.place.page, x.description) for x in certificate.items]

    assert [(number, page) for number, page, _ in told] == [
        (1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)]  # fmt: skip
    assert told[0][2].startswith("Storm Incident Log 1881 01/6/20 - Edited Provides details of")
    assert told[1][2].endswith("HE HAS FLED THE SCENE IN HER CAR AND IS DRUNK”")
    assert told[2][2].startswith("Custody Record for MCLOVE C00965660 Record of period in custody")
    assert told[3][2].startswith("SDN MG15 Interview notes Handwritten notes taken during")
    assert told[4][2].startswith("DASH risk assessment A series of questions and answers")
    assert told[5][2].endswith("outlining the circumstances of the incident, and risks to those "
                               "involved.")  # fmt: skip


def test_its_form_key_and_certificate_come_out_right(certificate):
    text = " ".join(certificate.certificate_text.split())

    assert certificate.form is Form.SDC
    assert certificate.defendant == "MCLOVE"
    assert certificate.key == {
        "D": "Disclose", "I": "Inspect", "CND": "Clearly Not Disclosable"}  # fmt: skip
    assert "any relevant unused material has been recorded and retained in accordance" in text
    assert "That such material as is non-sensitive is shown on the schedule above." in text
    assert "items 1 in the schedule might reasonably undermine the case" in text
    assert "Disclosure Officer’s name: R Byrne PTO" in text


def test_what_it_leaves_blank_is_blank_and_not_guessed(certificate):
    assert certificate.urn == ""
    assert {item.endorsed for item in certificate.items} == {""}
    assert certificate.unread == ()


def test_its_certificate_gives_a_reason_from_another_entry(certificate):
    findings = check_schedules(
        Bundle(schedules=(certificate,)), shipped_schedule_rules(), as_of=DAY
    )

    assert [x.rule for x in findings if x.level != "advise"] == ["R6h"]


def test_recordings_that_its_other_papers_name_are_not_scheduled(certificate):
    bundle = Bundle(schedules=(certificate,), papers=tuple(papers()))

    findings = check_schedules(bundle, shipped_schedule_rules(), as_of=DAY)

    missing = {x.message.split(" is named")[0] for x in findings if x.rule == "R8a"}
    assert missing == {"Body-worn video", "CCTV", "The 999 recording"}


@pytest.mark.parametrize(("name", "numbers"), [("case-materials.json", [3, 3]), ("test.json", [5])])
def test_the_lists_of_the_prototype_come_in(name, numbers):
    if LISTS is None:
        pytest.skip("the published lists of materials are kept beside the repository")

    schedules = read_schedules(LISTS / name)

    assert [len(x.items) for x in schedules] == numbers
    assert all(x.code for s in schedules for x in s.items if x.endorsed)
    assert "a list of materials has none" in schedules[0].unread[0].why.lower()


def test_the_reasons_of_a_return_are_the_published_ones_to_the_letter():
    if FAILURES is None:
        pytest.skip("the published list of failure reasons is kept beside the repository")
    published = FAILURES.read_text()

    assert [reason for reason in failure_reasons() if reason not in published] == []
    assert published.count("Disclosure failure,") == sum(
        f"Disclosure failure,{reason}" in published for reason in failure_reasons()
    )
