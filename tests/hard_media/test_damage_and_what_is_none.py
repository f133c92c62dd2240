"""What cannot be read at a moment is no damage; what is gone without a trace is."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.hard_media import storing
from forthright.hard_media.models import Damage, SentFile, ShareContent, ShareLink
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, items, receiving
from forthright.hard_media.services.sharing import ShareRefused
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import address_of, entered, with_a_file
from tests.hard_media.test_damaged_files import flip_a_byte
from tests.hard_media.test_what_is_damaged import with_everybody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


def read_all():
    return CliRunner().invoke(run, ["media", "verify", "--all"])


@pytest.fixture
def silent(monkeypatch):
    """Let the storage not answer for a while."""

    def answer(*_, **__):
        raise OSError("The storage does not answer as it should. Try again later.")

    with monkeypatch.context() as patched:
        patched.setattr(type(storing.store().shelf), "digests", answer)
        yield patched


def test_a_storage_that_does_not_answer_has_damaged_nothing(hearing, silent):
    item = with_a_file(hearing)
    with_everybody(hearing, item)
    before = ladder_of(hearing, TODAY).standing
    firm = ShareLink.objects.get(party="DEFENCE")
    client, given_to = entered(firm), ShareContent.objects.get(share__in=firm.shares.all())
    place = address_of(firm, f"recordings/{given_to.pk}/take-out/")

    answer = client.post(place, follow=True)

    assert "Try again later" in answer.content.decode()
    assert read_all().exit_code == 1
    assert (Damage.objects.count(), ladder_of(hearing, TODAY).standing) == (0, before)
    assert not Event.objects.filter(name__in=["file.damaged", "damage.found"]).exists()
    silent.undo()
    assert client.post(place, follow=True).status_code == 200
    assert read_all().exit_code == 0


def test_what_left_no_trace_in_the_storage_is_gone(hearing):
    item = with_a_file(hearing)
    sent = item.files.get()
    store = storing.store()
    (receipt,) = store.receipts()
    store._receipt_path(receipt.incoming).unlink()
    kept = store.shelf.path_of(sent.sha256)
    kept.chmod(0o600)
    kept.unlink()

    told = read_all()

    assert (told.exit_code, "1 read, 1 not as they came" in told.output) == (1, True)
    assert Damage.objects.get().found == "gone"
    assert ladder_of(hearing, TODAY).has_gone


def test_of_several_files_one_that_is_damaged_is_on_its_disc_alone(hearing):
    item = media.a_requested_item(hearing)
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    item.refresh_from_db()
    files.a_kept_file(item)
    files.a_kept_file(item, content=files.VIDEO + b"camera two", name="two.mp4")
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    assert here_only_on(disc, TODAY) == []

    flip_a_byte(files.SHA256)
    read_all()

    assert here_only_on(disc, TODAY) == [item]
    assert ladder_of(hearing, TODAY).has_gone is False


def test_what_does_not_play_stands_as_it_did_once_its_file_is_put_back(hearing):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    item.refresh_from_db()
    items.try_item(item, plays=False, by=None, at=NOON)
    flip_a_byte(files.SHA256)
    read_all()

    files.a_kept_file(item, at=NOON + timedelta(minutes=1))

    item.refresh_from_db()
    assert (item.state, Damage.objects.get().mended_at is None) == ("UNPLAYABLE", False)


def test_putting_back_is_finished_where_it_was_killed_before_it_was_noted(hearing):
    item = with_a_file(hearing)
    flip_a_byte(files.SHA256)
    read_all()
    again = files.a_whole_file(item, at=NOON + timedelta(minutes=1))
    storing.store().keep(again.incoming, at=NOON + timedelta(minutes=2))

    receiving.keep_file(again, by=None, at=NOON + timedelta(hours=1))

    assert Damage.objects.get().mended_at is not None
    assert SentFile.objects.filter(item=item, state="KEPT").count() == 1


def test_from_a_terminal_too_another_file_is_not_taken_in_the_place_of_the_damaged_one(
    hearing, tmp_path
):
    item = with_a_file(hearing)
    with_everybody(hearing, item)
    before = ladder_of(hearing, TODAY).standing
    flip_a_byte(files.SHA256)
    read_all()
    file = tmp_path / "other.mp4"
    receive = ["media", "receive", str(file), "--case", hearing.case.urn, "--exhibit", item.exhibit]

    file.write_bytes(files.VIDEO + b"quite another")
    told = CliRunner().invoke(run, receive)

    assert "it is not the file that is damaged" in " ".join(told.output.split())
    assert ladder_of(hearing, TODAY).has_gone
    file.write_bytes(files.VIDEO)
    CliRunner().invoke(run, receive)
    assert ladder_of(hearing, TODAY).standing == before
    assert SentFile.objects.filter(item=item, state="KEPT").count() == 1


def test_what_is_damaged_is_shared_by_no_link(hearing):
    item = with_a_file(hearing)
    flip_a_byte(files.SHA256)
    read_all()

    with pytest.raises(ShareRefused, match=r"is damaged, so a link would open nothing"):
        with_everybody(hearing, item)

    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see("is damaged")
