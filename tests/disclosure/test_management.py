"""The disclosure management document: written, frozen, served, and free of what is sensitive."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.documents import management_file, pack_of
from forthright.disclosure.models import Item
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.services.managing import DocumentRefused, write_document
from forthright.disclosure.services.serving import ServingRefused, serve
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import MUST_STAY, everything_in

pytestmark = pytest.mark.django_db
WRITTEN = {"issues": "Who drove the van on 3 May.", "recordings": "The camera was viewed whole."}


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def written(duty, words=None):
    return write_document(duty, words or WRITTEN, by=duties.a_lawyer(), at=given.NOON)


def test_it_is_written_on_a_page_and_says_by_itself_what_was_done():
    duty = duties.endorsed()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/management/").follow("Write it")

    page = page.press("Make this version", **WRITTEN)

    page.see("Version 1 is made", "Who drove the van", "Schedule MG6C, version 1, of 3 items")
    page.not_see("MG6D", "Heronsgate")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_no_file_of_it_holds_what_must_stay(kind):
    duty = duties.served()
    content = management_file(written(duty), kind, by=None, at=given.NOON)
    said = everything_in(content)
    if kind == "pdf":
        said += " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

    assert [words for words in MUST_STAY if words in said] == []
    assert "Who drove the van" in said
    assert Event.objects.filter(name="document.taken_out").exists()


def test_words_of_a_sensitive_item_are_refused_and_not_repeated():
    duty = duties.reviewing()

    with pytest.raises(DocumentRefused, match="repeats words of sensitive material") as refusal:
        written(duty, {"other": "There was a debrief of the source Heronsgate."})
    assert "Heronsgate" not in str(refusal.value)
    assert not duty.documents.exists()


@pytest.mark.parametrize(
    "words",
    [
        "It was an informant, Herongate, who named the van.",
        "There is no CHIS in this case.",
        "The handler’s notes were read.",
        "An intelligence report was read.",
        "He was under surveillance that week.",
        "An item of the MG6D was read.",
    ],
)
def test_what_speaks_of_sensitive_material_is_refused_before_any_schedule_says_it(words):
    duty = duties.endorsed()

    with pytest.raises(DocumentRefused, match="speaks of sensitive material"):
        written(duty, {"other": words})


@pytest.mark.parametrize(
    "words",
    ["The dog handler was asked.", "Intelligent search terms were used.", "Sources of CCTV"],
)
def test_what_only_sounds_like_it_is_written(words):
    assert written(duties.endorsed(), {"other": words}).version == 1


def test_it_goes_with_the_service_and_a_later_version_does_not_change_what_went():
    duty = duties.approved()
    written(duty)
    duty = duties.served_after_approval(duty)
    written(duty, {"issues": "Whether he was there at all."})

    said = everything_in(
        pack_of(duty, by=None, at=given.NOON)["disclosure-management-document.docx"]
    )

    assert "Who drove the van" in said
    assert "Whether he was there" not in said


def test_what_was_made_after_a_service_did_not_go_with_it():
    duty, later = duties.approved(), given.NOON + timedelta(hours=2)
    write_document(duty, WRITTEN, by=duties.a_lawyer(), at=later)

    serving = serve(duty, duties.a_service(duty), by=None, at=later)

    assert serving.management is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.LINE_MANAGER, 403), (Role.INSPECTOR, 403), (Role.POLICE_PARTNER, 403)],
)
def test_only_lawyers_of_the_unit_write_it(role, status):
    duty = duties.reviewing()
    unit = duties.a_police_unit() if role == Role.POLICE_PARTNER else duty.unit

    client = as_(given.a_person(role, unit=unit)).client

    assert client.get(f"/disclosure/{duty.pk}/management/write/").status_code == status


def test_what_became_sensitive_after_it_was_written_keeps_it_from_going_out():
    duty = duties.approved()
    Item.objects.filter(schedule__form="MG6D").update(description="A card of Mr Penrose at the bar")
    written(duty, {"other": "There was a debrief of the source Heronsgate."})
    Item.objects.filter(schedule__form="MG6D").update(description=duties.SECRET)

    with pytest.raises(NoPackYet, match="repeats words of sensitive material"):
        pack_of(duty, by=None, at=given.NOON)
    with pytest.raises(DocumentRefused):
        management_file(duty.documents.get(), "docx", by=None, at=given.NOON)
    with pytest.raises(ServingRefused, match="Write a new version"):
        duties.served_after_approval(duty)
    address = f"/disclosure/{duty.pk}/management/"
    as_(given.a_person(Role.LINE_MANAGER)).open(address).not_see("Heronsgate")
    as_(duties.a_lawyer()).open(address).see("Heronsgate", "cannot go out")
    page = as_(duties.a_lawyer()).open(f"{address}file/docx/")
    page.see("Write a new version without them")
