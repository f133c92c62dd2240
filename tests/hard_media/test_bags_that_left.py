"""A bag that left is named and asked for, once what is in it is to be with nobody any more."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media.exports import export_case
from forthright.hard_media.models import Bag, BagAnswer
from forthright.hard_media.selectors.bags import SAME_AS_ANOTHER, bags_to_ask_for
from forthright.hard_media.services import asked_back, items
from forthright.hard_media.services.giving import ShareRefused
from forthright.media_files.bags import NotWritten
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
MIGRATION = import_module("forthright.hard_media.migrations.0059_bags_of_before")
LATER = NOON + timedelta(hours=1)
URN = "20AB7000126"
IN_A_BAG = "It is in a bag that left, and is to be asked for."
ASK = "Ask whoever has a bag to delete or return what is named here"


@pytest.fixture
def hearing():
    return media.a_hearing(urn=URN)


@pytest.fixture
def item(hearing):
    return with_a_file(hearing)


def bagged(hearing, tmp_path, by=None, **how):
    export_case(hearing, tmp_path / "bag", by=by, at=NOON, **how)
    return Bag.objects.get()


def made_sensitive(item):
    items.classify_item(item, "SENSITIVE", reason="His new address.", by=None, at=LATER)


def not_relevant(item):
    items.classify_item(item, "NOT_RELEVANT", reason="Another street.", by=None, at=LATER)


def withdrawn(item):
    items.withdraw_item(item, reason="Of another case.", by=None, at=LATER)


def hidden(item):
    a_copy(item)


@pytest.mark.parametrize("change", [made_sensitive, not_relevant, withdrawn, hidden])
def test_the_pages_name_the_bag_once_a_recording_in_it_is_for_nobody(
    hearing, item, tmp_path, change
):
    lawyer = media.a_lawyer()
    bag = bagged(hearing, tmp_path, by=lawyer, for_whom="Leeds Crown Court")
    browser = as_(lawyer)
    address = f"/recordings/items/{item.pk}/"
    before = browser.open(address)
    before.see("It left in the bag that was written", "Leeds Crown Court", bag.manifest)
    before.not_see(IN_A_BAG)

    change(item)

    said = (f"by {lawyer}", "for Leeds Crown Court", bag.manifest, ASK, "personal data breach")
    browser.open(address).see(IN_A_BAG, *said)
    case = browser.open(f"/recordings/cases/{hearing.case_id}/")
    case.see("In a bag that left, and to be asked for", item.exhibit, *said)
    words = f"{item} in {item.case} is in a bag that left, and is to be asked for"
    browser.open("/").follow(words).see(IN_A_BAG)


def test_whoever_finds_it_sensitive_is_told_of_the_bag_at_once(hearing, item, tmp_path):
    bagged(hearing, tmp_path)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/classified/")

    page = page.press("Classify it", classification="SENSITIVE", reason="His new address.")

    page.see("Ask whoever has the bag that it is in to delete or return what they have")


def test_it_waits_until_an_answer_settles_it(hearing, item, tmp_path):
    bag = bagged(hearing, tmp_path)
    withdrawn(item)
    lawyer = media.a_lawyer()
    words = f"Record what they said: bag {bag.pk}, {item}"
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/").see("whom is not said").follow(words)
    page = page.press("Record it", answer="They will look for it.", wait="WAITS")
    page.see(IN_A_BAG, "Asked for: They will look for it.", "it waits still")

    with pytest.raises(ShareRefused, match="Say what they said"):
        asked_back.record_answer_of_bag(bag.bagged.get(), " . ", is_settled=True, by=None, at=LATER)
    asked_back.record_answer_of_bag(
        bag.bagged.get(), "Deleted, they write.", is_settled=True, by=lawyer,
        at=LATER + timedelta(minutes=1),
    )  # fmt: skip

    page.browser.open(f"/recordings/items/{item.pk}/").not_see(IN_A_BAG).see("Deleted, they write")
    page.browser.open("/").not_see("in a bag that left")
    page.browser.open(f"/recordings/cases/{hearing.case_id}/").not_see("In a bag that left")
    event = Event.objects.filter(name="bag.asked_back").last()
    assert event.detail == {"answer": BagAnswer.objects.last().pk, "is_settled": True}


def test_what_comes_after_an_answer_that_settled_it_is_asked_for_anew(hearing, item, tmp_path):
    bag = bagged(hearing, tmp_path)
    a_copy(item)
    asked_back.record_answer_of_bag(
        bag.bagged.get(), "The court may see it.", is_settled=True, by=None, at=NOON
    )
    assert bags_to_ask_for([item.pk]) == []

    made_sensitive(item)

    (asked,) = bags_to_ask_for([item.pk])
    assert asked.why == "it was found sensitive or not relevant since, or was withdrawn"


def test_one_that_could_not_be_put_in_its_place_left_nowhere(hearing, item, tmp_path, monkeypatch):
    def refuse(*paths):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(NotWritten, match="There is none"):
        bagged(hearing, tmp_path)

    assert not Bag.objects.exists()
    names = Event.objects.filter(name__startswith="media.export").order_by("sequence")
    assert [each.name for each in names] == ["media.exported", "media.export_failed"]
    made_sensitive(item)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.not_see(IN_A_BAG, "It left in the bag")


def test_an_answer_settles_nothing_that_came_after_its_page_was_opened(hearing, item, tmp_path):
    bag = bagged(hearing, tmp_path)
    a_copy(item)
    address = f"/recordings/bags/{bag.bagged.get().pk}/asked/"
    page = as_(media.a_lawyer()).open(address).see("since a copy hides something of it since")
    item.refresh_from_db()
    made_sensitive(item)
    said = {"answer": "The court may keep it.", "wait": "SETTLED"}

    page = page.press("Record it", **said)

    page.see("after you opened the page: it was found sensitive", "ask them about it as well")
    assert not BagAnswer.objects.exists()
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        page.press("Record it", **said).see("It is recorded, and waits no more")
    assert bags_to_ask_for([item.pk]) == []


def test_what_stands_or_was_known_to_be_hidden_or_is_in_no_bag_asks_nobody(hearing, item, tmp_path):
    a_copy(item)
    bagged_at = NOON + timedelta(seconds=1)
    export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=bagged_at)
    other = with_a_file(hearing)
    withdrawn(other)
    items.request_item(item, reason="The wrong camera.", by=None, at=LATER)

    assert bags_to_ask_for([item.pk, other.pk]) == []


def test_another_unit_records_nothing_of_a_bag(hearing, item, tmp_path):
    bag = bagged(hearing, tmp_path)
    stranger = media.a_lawyer(unit=given.a_unit("MAGISTRATES"))

    assert as_(stranger).try_("get", f"/recordings/bags/{bag.bagged.get().pk}/asked/") == 404


def test_bags_of_before_are_known_by_the_record(hearing, item, tmp_path):
    bag = bagged(hearing, tmp_path)
    bag.delete()

    MIGRATION.read_from_the_record(apps, None)

    kept = Bag.objects.get()
    assert (kept.hearing, kept.manifest, kept.at) == (hearing, bag.manifest, NOON)
    assert [each.item for each in kept.bagged.all()] == [item]


def test_the_command_says_for_whom_and_by_whom_it_was(hearing, item, tmp_path):
    lawyer = media.a_lawyer()
    typed = ["media", "export", "--case", URN, "--out", str(tmp_path / "bag")]

    nobody = CliRunner().invoke(run, [*typed, "--by", "nobody@here.example"])
    police = given.a_person(Role.POLICE_PARTNER)
    not_theirs = CliRunner().invoke(run, [*typed, "--by", police.email])
    too_long = CliRunner().invoke(run, [*typed, "--for", "x" * 201])
    done = CliRunner().invoke(run, [*typed, "--for", "Leeds  Crown Court", "--by", lawyer.email])

    assert (nobody.exit_code, not_theirs.exit_code, too_long.exit_code) == (1, 1, 1)
    assert "signs in as nobody@here.example" in nobody.stderr
    assert "may not record anything of this case" in not_theirs.stderr
    assert "at most 200 characters" in too_long.stderr
    assert done.exit_code == 0
    bag, event = Bag.objects.get(), Event.objects.get(name="media.exported")
    assert (bag.for_whom, bag.by) == ("Leeds Crown Court", lawyer)
    assert (event.by, event.detail["bag"]) == (lawyer, bag.pk)
    assert "Leeds" not in str(event.detail)


def test_what_is_found_sensitive_under_another_reference_is_asked_for(hearing, tmp_path):
    same = b"the very same"
    here, other = with_a_file(hearing, content=same), with_a_file(hearing, content=same)
    bag = bagged(hearing, tmp_path)
    bag.bagged.get(item=other).delete()
    lawyer = media.a_lawyer()
    page = as_(lawyer).open(f"/recordings/items/{other.pk}/decide/classified/")

    page = page.press("Classify it", classification="SENSITIVE", reason="His new address.")

    page.see(f"A file of it, byte for byte, is in a bag that left, as {here.exhibit}")
    (asked,) = bags_to_ask_for([here.pk, other.pk])
    assert (asked.bagged.item, asked.why) == (here, SAME_AS_ANOTHER)
    page.browser.open(f"/recordings/items/{here.pk}/").see(IN_A_BAG, SAME_AS_ANOTHER[1:])
    asked_back.record_answer_of_bag(asked.bagged, "Gone.", is_settled=True, by=lawyer, at=LATER)
    assert bags_to_ask_for([here.pk]) == []


def test_what_came_after_a_bag_was_written_is_not_in_it(hearing, tmp_path):
    here = with_a_file(hearing, content=b"late")
    bagged(hearing, tmp_path)
    here.files.update(kept_at=LATER)
    made_sensitive(with_a_file(hearing, content=b"late"))

    assert bags_to_ask_for([here.pk]) == []
