"""A certificate comes in from a police form's own PDF, and what could not be read is said.

Of the case that the CPS published where that lies beside the repository, and everywhere of one of
our own that is laid out alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from forthright.letter_files.reading import words_of_file
from forthright.rules.schedules.bundle import Bundle, Paper
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.presumed import presumed_in
from forthright.rules.schedules.rule import failure_reasons, shipped_schedule_rules
from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests import shared_data
from tests.corpus.schedule_measure import DAY
from tests.schedule_files import sample_case

CASE = shared_data.find("data/disclosure/cps-dcf-sample-case-mclove")
LISTS = shared_data.find("data/disclosure/cps-dcf-prototype")
FAILURES = shared_data.find("data/disclosure/cps-prototype/dga-failure-reasons.csv")
ABSENT = "the published sample case is kept beside the repository, and is not here"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A certificate and its papers, and what should come out of them."""

    certificate: Callable[[Path], Path]
    papers: Callable[[Path], list[Path]]
    defendant: str
    officer: str
    # How each description begins and ends, and how many words it has.
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    words: tuple[int, ...]
    # The number in the reason that its certificate gives from another entry.
    entry: str


OURS = Sample(
    certificate=sample_case.certificate, papers=sample_case.papers,
    defendant=sample_case.DEFENDANT, officer="Disclosure Officer’s name: J Okoro PTO",
    begins=tuple(f"{title} {told[:20]}" for _, title, told in sample_case.ITEMS),
    ends=tuple(told[-30:] for _, _, told in sample_case.ITEMS),
    words=tuple(len(f"{title} {told}".split()) for _, title, told in sample_case.ITEMS),
    entry="5",
)  # fmt: skip
PUBLISHED = CASE and Sample(
    certificate=lambda _: CASE / "SDC_items_to_be_Disclosed_MCLOVE.pdf",
    papers=lambda _: [CASE / name for name in ("MG05MCLOVE.pdf", "CM01.pdf", "MG00.pdf")],
    defendant="MCLOVE", officer="Disclosure Officer’s name: R Byrne PTO",
    begins=("Storm Incident Log 1881 01/6/20 - Edited Provides details of", "Occurrence report",
            "Custody Record for MCLOVE C00965660 Record of period in custody",
            "SDN MG15 Interview notes Handwritten notes taken during",
            "DASH risk assessment A series of questions and answers", "Domestic violence"),
    ends=("left in her car.", "AND IS DRUNK”", "during his time in custody.",
          "Interviewing Officers present", "with the suspect.", "risks to those involved."),
    # Counted on the printed pages.
    words=(48, 48, 57, 34, 22, 22), entry="2",
)  # fmt: skip


@pytest.fixture(params=["ours", "published"])
def sample(request):
    found = OURS if request.param == "ours" else PUBLISHED
    if found is None:
        pytest.skip(ABSENT)
    return found


@pytest.fixture
def certificate(sample, tmp_path):
    [schedule] = read_schedules(sample.certificate(tmp_path))
    return schedule


def test_its_items_come_out_right(sample, certificate):
    told = [(x.number, x.place.page) for x in certificate.items]

    assert told == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)]
    facts = zip(certificate.items, sample.begins, sample.ends, sample.words, strict=True)
    for item, begins, ends, words in facts:
        assert item.description.startswith(begins)
        assert item.description.endswith(ends)
        assert len(item.description.split()) == words


def test_its_form_key_and_certificate_come_out_right(sample, certificate):
    text = " ".join(certificate.certificate_text.split())

    assert certificate.form is Form.SDC
    assert certificate.defendant == sample.defendant
    assert certificate.key == {
        "D": "Disclose", "I": "Inspect", "CND": "Clearly Not Disclosable"}  # fmt: skip
    assert "any relevant unused material has been recorded and retained in accordance" in text
    assert "That such material as is non-sensitive is shown on the schedule above." in text
    assert "items 1 in the schedule might reasonably undermine the case" in text
    assert sample.officer in text


def test_what_it_leaves_blank_is_blank_and_not_guessed(certificate):
    assert certificate.urn == ""
    assert {item.endorsed for item in certificate.items} == {""}
    assert certificate.unread == ()


def test_its_certificate_gives_a_reason_from_another_entry(sample, certificate):
    findings = check_schedules(
        Bundle(schedules=(certificate,)), shipped_schedule_rules(), as_of=DAY
    )

    found = [x for x in findings if x.level != "advise"]
    assert [(x.rule, x.words) for x in found] == [("R6h", sample.entry)]


def test_its_logs_notes_and_records_are_presumed_to_be_disclosed(certificate):
    assert [
        item.number for item in certificate.items[:4] if not presumed_in(item.description)
    ] == []


def test_recordings_that_its_other_papers_name_are_not_scheduled(sample, certificate, tmp_path):
    papers = []
    for path in sample.papers(tmp_path):
        with path.open("rb") as file:
            papers.append(Paper(name=path.name, text=words_of_file(file, path.name)))
    bundle = Bundle(schedules=(certificate,), papers=tuple(papers))

    findings = check_schedules(bundle, shipped_schedule_rules(), as_of=DAY)

    missing = {x.message.split(" is named")[0] for x in findings if x.rule == "R8a"}
    assert missing == {"Body-worn video", "CCTV", "The 999 recording"}


@pytest.mark.parametrize(
    ("name", "numbers"), [("case-materials.json", [3, 3]), ("materials.json", [5])]
)
def test_lists_of_materials_as_the_prototype_keeps_them_come_in(name, numbers, tmp_path):
    assert_list_comes_in(sample_case.material_list(tmp_path, name), numbers)


@pytest.mark.parametrize(
    ("name", "numbers"), [("case-materials.json", [3, 3]), ("test.json", [4, 1])]
)
def test_the_lists_of_the_prototype_come_in(name, numbers):
    if LISTS is None:
        pytest.skip("the published lists of materials are kept beside the repository")

    assert_list_comes_in(LISTS / name, numbers)


def assert_list_comes_in(path, numbers):
    schedules = read_schedules(path)

    assert [len(x.items) for x in schedules] == numbers
    assert all(x.code for s in schedules for x in s.items if x.endorsed)
    assert sum(bool(x.endorsed) for s in schedules for x in s.items) > 1
    assert "a list of materials has none" in schedules[0].unread[0].why.lower()


def test_the_reasons_of_a_return_are_the_published_ones_to_the_letter():
    if FAILURES is None:
        pytest.skip("the published list of failure reasons is kept beside the repository")
    published = FAILURES.read_text()

    assert [reason for reason in failure_reasons() if reason not in published] == []
    assert published.count("Disclosure failure,") == sum(
        f"Disclosure failure,{reason}" in published for reason in failure_reasons()
    )
