"""What was read and is not what came is no copy and opens nothing, until it is whole again."""

from datetime import timedelta

import pytest
import time_machine
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media.models import Damage, SentFile, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, receiving, sharing
from forthright.hard_media.services.put_back import PUT_BACK
from forthright.rules.media_rungs import Rung
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    a_copy,
    address_of,
    entered,
    given_of,
    shared,
    shared_by_link,
    with_a_file,
)
from tests.hard_media.test_damaged_files import flip_a_byte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
DAMAGED = "What is kept of {} in {} is damaged"


def found_damaged(item, sha256=files.SHA256):
    """Have a kept file damaged, and found so by whoever takes it out."""
    flip_a_byte(sha256)
    page = as_(media.a_lawyer()).open(f"/recordings/files/{item.files.get().pk}/")
    return page.press("Take it out").see("Nothing is handed out")


def rung_of(hearing, rung):
    (on_ladder,) = ladder_of(hearing, TODAY).items
    return next(each for each in on_ladder.steps if each.rung is rung)


def is_in_stock(hearing):
    end = TODAY + timedelta(days=1)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        week = week_of(TODAY)
        (one,) = backlog_of(hearing.area, week, week.plus(-12), as_of=end).recordings
    (on_ladder,) = ladder_of(hearing, TODAY).items
    assert one.is_in_stock(TODAY) == on_ladder.is_owed
    return on_ladder.is_owed


def with_everybody(hearing, item, **until):
    court = sharing.Party(kind="COURT", email="court@court.example")
    shared_by_link(hearing, item, parties=[court, *media.parties_of(hearing)[1:]], **until)


def test_it_is_no_copy_so_its_disc_is_the_last_one(hearing):
    item = with_a_file(hearing)
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    assert not here_only_on(disc, TODAY)

    found_damaged(item)

    assert here_only_on(disc, TODAY) == [item]
    assert ladder_of(hearing, TODAY).has_gone is False


def test_nothing_of_it_is_here_where_it_was_all_there_was(hearing):
    item = with_a_file(hearing)

    found_damaged(item)

    assert ladder_of(hearing, TODAY).has_gone
    why = rung_of(hearing, Rung.RECEIVED).why
    assert "as a file, of which what is kept was found damaged on" in why


def test_its_shares_open_nothing_and_the_case_is_not_ready(hearing):
    item = with_a_file(hearing)
    with_everybody(hearing, item)
    assert rung_of(hearing, Rung.SHARED).reached
    assert not is_in_stock(hearing)

    found_damaged(item)

    assert not rung_of(hearing, Rung.SHARED).reached
    assert is_in_stock(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("What is kept of it is damaged, so the link for the court and", "Opens nothing")


def test_whoever_opened_it_before_has_it(hearing):
    item = with_a_file(hearing)
    with_everybody(hearing, item)
    for each in ShareRecord.objects.all():
        sharing.record_opened(each, on=TODAY, known="RECEIPT", by=None, at=NOON)

    found_damaged(item)

    assert rung_of(hearing, Rung.SHARED).reached
    assert not is_in_stock(hearing)


def test_the_link_of_a_party_opens_nothing_of_it(hearing):
    item = with_a_file(hearing)
    shared_by_link(hearing, item)
    link, content = hearing.links.get(), given_of(item)
    client = entered(link)

    found_damaged(item)

    listed = client.get(address_of(link, "recordings/")).content.decode()
    assert "Nothing of it can be opened now" in listed
    assert client.get(address_of(link, f"recordings/{content.pk}/")).status_code == 404


def test_the_unit_is_told_at_home_and_on_its_page(hearing):
    item = with_a_file(hearing)
    browser = as_(media.a_lawyer())
    words = DAMAGED.format(item, item.case)
    browser.open("/").not_see(words)

    found_damaged(item)

    page = browser.open("/").see("Take the same file in again, or ask the police").follow(words)
    page.see("What is kept of it is damaged.", "Send the same file once more", "Send a file")


def test_the_same_file_taken_in_again_puts_it_back(hearing):
    item = with_a_file(hearing)
    with_everybody(hearing, item)
    found_damaged(item)
    before = item.files.get()

    again = files.a_kept_file(item)

    assert (again.state, again.refusal) == (SentFile.State.REFUSED, PUT_BACK)
    before.refresh_from_db()
    assert before.superseded_at is None
    assert rung_of(hearing, Rung.SHARED).reached
    assert not is_in_stock(hearing)
    assert Damage.objects.get().mended_at is not None
    assert Event.objects.filter(name="damage.mended").count() == 1
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.not_see("What is kept of it is damaged").see("which is whole again by it")
    as_(media.a_lawyer()).open("/").not_see("is damaged")


def test_another_file_is_not_taken_in_its_place(hearing):
    item = with_a_file(hearing)
    found_damaged(item)

    other = files.a_kept_file(item, content=files.VIDEO + b"more")

    assert other.state == SentFile.State.REFUSED
    assert "so it is not the file that is damaged" in other.refusal
    assert Damage.objects.get().mended_at is None


def test_what_is_decided_and_sound_takes_no_file(hearing):
    item = with_a_file(hearing)

    with pytest.raises(receiving.NotTaken, match="no file is taken for it now"):
        files.a_whole_file(item)


def test_all_files_read_again_from_a_terminal_say_the_same(hearing):
    item = with_a_file(hearing)
    flip_a_byte(files.SHA256)

    assert CliRunner().invoke(run, ["media", "verify", "--all"]).exit_code == 1
    assert ladder_of(hearing, TODAY).has_gone
    CliRunner().invoke(run, ["media", "verify", "--all"])
    assert Damage.objects.count() == 1

    flip_a_byte(files.SHA256)  # whole again, as an administrator brings it back
    assert CliRunner().invoke(run, ["media", "verify", files.SHA256]).exit_code == 0
    assert not ladder_of(hearing, TODAY).has_gone
    assert Damage.objects.get().mended_at is not None
    assert item.files.get().superseded_at is None


def test_of_what_nobody_ever_kept_nothing_is_said():
    assert CliRunner().invoke(run, ["media", "verify", "0" * 64]).exit_code == 1

    assert not Damage.objects.exists()


def test_a_damaged_copy_is_told_of_while_it_is_given(hearing):
    item = with_a_file(hearing)
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    flip_a_byte(copy.sha256)

    as_(media.a_lawyer()).client.post(f"/recordings/copies/{copy.pk}/take-out/")

    assert not ladder_of(hearing, TODAY).has_gone
    words = DAMAGED.format(item, item.case)
    as_(media.a_lawyer()).open("/").see(words)
    sharing.revoke_share(ShareRecord.objects.get(), reason="Damaged.", by=None, at=NOON)
    as_(media.a_lawyer()).open("/").not_see(words)
