"""What a recording was called before is kept on its page, in its custody and for forms."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from forthright.accounts.models import Role
from forthright.hard_media.exports import export_case
from forthright.hard_media.models import ItemChange
from forthright.hard_media.selectors.named import read_form
from forthright.hard_media.services import items
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import with_a_file
from tests.hard_media.test_exports import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


def changed(item, *, by=None, at=NOON, **words):
    item.refresh_from_db()
    known = {name: getattr(item, name) for name in ("exhibit", "kind", "named_in", "title")}
    return items.change_item(item, items.ItemWords(**{**known, **words}), by=by, at=at)


def custody_of(hearing, tmp_path):
    """Return what a bag says for programs, and for people."""
    export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=LATER)
    graph = json.loads((tmp_path / "bag" / "custody.jsonld").read_text())["@graph"]
    return graph, text_of(tmp_path / "bag" / "custody.pdf")


def test_a_former_reference_is_on_the_page_with_who_changed_it(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2")
    lawyer = media.a_lawyer(unit=hearing.unit)
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/change/")

    page = page.press("Change it", exhibit="XX/77").see("It is changed.")

    page.see("Exhibit reference changed from DM/2 to XX/77").see(str(lawyer))
    row = ItemChange.objects.get()
    assert (row.old_exhibit, row.new_exhibit, row.changed_by) == ("DM/2", "XX/77", lawyer)


def test_what_happened_stands_in_its_order(hearing):
    item = media.a_requested_item(hearing, exhibit="DM/2")
    changed(item, exhibit="DM/3", at=LATER)
    item.refresh_from_db()
    items.withdraw_item(item, reason="A slip of the pen.", by=None, at=LATER + timedelta(hours=1))

    words = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").words

    steps = words[words.index("Every step") :]
    assert steps.index("from DM/2 to DM/3") < steps.index("A slip of the pen.")
    assert steps.index("sked") < steps.index("from DM/2 to DM/3")


def test_only_what_it_was_called_is_kept_and_no_title_where_none_stood(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2", title="")

    changed(item, title="The yard")
    changed(item, kind="BWV")
    assert not ItemChange.objects.exists()

    changed(item, title="The gate")
    assert [each.old_title for each in ItemChange.objects.all()] == ["The yard"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemChange.objects.update(old_title="")


def test_former_words_of_a_sensitive_recording_are_for_whoever_may_see_it(hearing):
    item = with_a_file(hearing, kind="SENSITIVE")
    changed(item, title="Safe house, Elm Row")
    changed(item, title="A house", exhibit="XX/77")
    address = f"/recordings/items/{item.pk}/"

    as_(media.a_lawyer(unit=hearing.unit)).open(address).see("until then: Safe house, Elm Row")
    page = as_(given.a_person(Role.INSPECTOR)).open(address)

    page.see("Exhibit reference changed; title changed").not_see("Elm Row", "to XX/77")


def test_the_custody_tells_a_former_reference_and_no_former_title(hearing, tmp_path):
    item = with_a_file(hearing)
    before = item.exhibit
    lawyer = media.a_lawyer(unit=hearing.unit)
    changed(item, title="Ms Bevan at her door")
    changed(item, title="A door")

    changed(item, exhibit="XX/77", by=lawyer, at=NOON + timedelta(hours=1))
    graph, people = custody_of(hearing, tmp_path)

    said = f"exhibit reference changed from {before} to XX/77"
    (act,) = [each for each in graph if each.get("uco-core:name") == said]
    (person,) = [each for each in graph if each.get("uco-core:name") == str(lawyer)]
    assert act["uco-action:performer"]["@id"] == person["@id"]
    (record,) = [each for each in graph if each["@type"].endswith("ProvenanceRecord")]
    assert record["case-investigation:exhibitNumber"] == "XX/77"
    assert act["uco-action:result"] == [{"@id": record["@id"]}]
    assert f"Exhibit reference changed from {before} to XX/77" in people
    for words in (json.dumps(graph), people):
        assert "Bevan" not in words


def test_words_that_were_no_reference_stay_here(hearing, tmp_path):
    item = with_a_file(hearing)
    changed(item, exhibit="CCTV of Elm Row")
    changed(item, exhibit="DM/9")

    graph, people = custody_of(hearing, tmp_path)

    for words in (json.dumps(graph), people.lower()):
        assert "elm row" not in words.lower()
        assert "changed from words that are kept here to dm/9" in words.lower()
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see("from CCTV of Elm Row to DM/9")


def test_a_form_that_names_a_former_reference_is_told_which_recording_had_it(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2")
    changed(item, exhibit="XX/77")
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/form/")

    page = page.press("Look for recordings", named_in="MG12", text="DM/02 CCTV\nDM/3 999 call")

    page.see("XX/77, CCTV had this reference until").see("choose it only if it is another")
    chosen = page.tree.xpath("//input[@name='chosen'][@checked]/@value")
    assert chosen == ["dm3"]


def test_what_may_be_a_former_reference_says_so(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2")
    changed(item, exhibit="XX/77")

    (said,) = read_form(hearing, "DM-02 was seized").unread

    assert said.startswith("DM-02: XX/77, CCTV had this reference until Monday 5 October 2026")


def test_a_form_that_names_both_references_means_two_recordings(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2")
    changed(item, exhibit="XX/77")

    found = read_form(hearing, "DM/2 CCTV of the yard\nXX/77 CCTV of the gate")

    assert found.held == (item,)
    assert [(each.exhibit.reference, each.is_chosen) for each in found.new] == [("DM/2", True)]


def test_a_reference_that_another_recording_has_now_is_that_recording(hearing):
    item = media.an_expected_item(hearing, exhibit="DM/2")
    changed(item, exhibit="XX/77")
    other = media.an_expected_item(hearing, exhibit="DM/2")

    found = read_form(hearing, "DM/2 CCTV of the yard")

    assert (found.new, found.held) == ((), (other,))
