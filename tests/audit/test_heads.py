"""Heads kept outside the database show what a changed database cannot."""

import logging
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit import heads
from forthright.audit import services as audit
from forthright.audit.models import Event, Head
from forthright.cli.main import run
from tests import given
from tests.audit.tampering import cut_after, take_locks_off, ten_events, verify
from tests.audit.test_verify import write_anew
from tests.client import as_

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)


@pytest.fixture
def place(tmp_path, settings):
    """Keep heads in a file, as the worker does in the data folder."""
    kept = tmp_path / "record_heads.txt"
    settings.RECORD_HEADS = [kept]
    return kept


def lines(place):
    return place.read_text().splitlines()


def more(count, at=given.NOON):
    person = given.a_person(Role.ADMINISTRATOR)
    for _ in range(count):
        audit.record("letter.seen", person, by=person, at=at)


def a_restore_from(sequence, place):
    """Keep heads at ten and twelve events, then bring an older database back."""
    ten_events()
    audit.keep_head(at=given.NOON)
    more(1)
    audit.keep_head(at=given.NOON)
    cut_after(sequence)


def accept(*, reason="The disk failed."):
    return CliRunner().invoke(run, ["audit", "accept-restore", "--reason", reason])


def test_a_head_is_kept_when_it_moved_and_that_the_file_was_begun_is_an_event(place):
    ten_events()

    audit.keep_head(at=given.NOON)
    assert Event.objects.latest("sequence").name == "record.heads_begun"
    audit.keep_head(at=LATER)
    audit.keep_head(at=LATER)

    assert [line.split()[:2] for line in lines(place)] == [
        ["2026-10-05T11:00:00+00:00", "10"],
        ["2026-10-05T12:00:00+00:00", "11"],
    ]
    assert verify().ok


def test_an_empty_record_has_no_head_to_keep(place):
    audit.keep_head(at=given.NOON)

    assert not place.exists()
    assert verify().ok


def test_a_tail_that_was_cut_with_a_head_made_to_fit_is_named(place):
    a_restore_from(7, place)

    (fault,) = verify().faults
    assert "reached event 12 on Monday 5 October 2026, midday" in fault
    assert "the record ends at event 7: Events 8 to 12 are missing" in fault
    assert "accept-restore" in fault
    assert not verify(newest=5).ok, "the page that looks at the newest events says so too"


def test_a_tail_that_was_cut_and_written_over_is_named(place):
    a_restore_from(9, place)
    more(5)

    (fault,) = verify().faults
    assert "another event stands there: what followed event 0 was written anew" in fault


def test_a_record_written_anew_is_named(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    take_locks_off()
    write_anew(name="letter.drafted")

    assert not verify().ok


def test_a_restored_backup_can_be_accepted_and_stays_in_the_record(place):
    a_restore_from(7, place)

    told = accept()

    assert told.exit_code == 0, told.output
    verdict = verify()
    assert verdict.ok
    assert [note for note in verdict.notes if "The disk failed." in note and "event 12" in note]
    event = Event.objects.get(name="record.restore_accepted")
    assert event.detail == {
        "after": 0, "reached": 12, "reason": "The disk failed.", "heads": 2, "where": "command",
    }  # fmt: skip
    audit.keep_head(at=LATER)
    assert verify().ok


def test_what_is_cut_after_an_accepted_restore_is_named_again(place):
    a_restore_from(7, place)
    accept()
    more(9, at=LATER)
    audit.keep_head(at=given.NOON + timedelta(days=3650))

    cut_after(10)

    assert "the record ends at event 10" in verify().faults[0]


def test_nothing_to_accept_is_refused(place):
    ten_events()
    audit.keep_head(at=given.NOON)

    told = accept()

    assert told.exit_code == 1
    assert "nothing to accept" in told.stderr
    assert not Event.objects.filter(name="record.restore_accepted").exists()


def test_an_edit_is_not_hidden_behind_an_accepted_restore(place):
    a_restore_from(7, place)
    Head.objects.update(hash="f" * 64)

    told = accept()

    assert told.exit_code == 1
    assert "A restored backup does not explain this" in told.stderr


def test_a_reason_is_wanted(place):
    assert accept(reason="  ").exit_code == 2


def test_a_torn_last_line_is_passed_over_and_the_next_begins_anew(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    with place.open("a") as opened:
        opened.write("2026-10-05T11:00:30+00:00 11 abc\0\0")

    assert verify().ok
    audit.keep_head(at=LATER)

    assert lines(place)[-1].startswith("2026-10-05T12:00:00+00:00 11 ")
    assert verify().ok
    assert len(heads.read(place).heads) == 2


def test_a_line_that_was_changed_is_named(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    with place.open("a") as opened:
        opened.write("nothing to see here\n")

    assert f"Line 2 of {place} is not a head: the file was changed." in verify().faults


def test_a_place_that_cannot_be_written_is_said_and_stops_no_work(place, settings, caplog):
    ten_events()
    settings.RECORD_HEADS = [place.parent / "nowhere" / "heads.txt", place]

    with caplog.at_level(logging.WARNING):
        audit.keep_head(at=given.NOON)

    assert "No head of the record can be kept in" in caplog.text
    assert lines(place), "the other place has it all the same"
    (fault,) = verify().faults
    assert "the folder is missing or cannot be written to" in fault


def test_a_file_that_cannot_be_read_is_said(place):
    place.mkdir()

    assert "cannot be read (Is a directory)" in verify().faults[0]


def test_a_second_place_finds_what_the_first_was_made_to_hide(place, settings, tmp_path):
    elsewhere = tmp_path / "other_disk.txt"
    settings.RECORD_HEADS = [place, elsewhere]
    a_restore_from(7, place)
    place.write_text("")

    (fault,) = verify().faults
    assert str(elsewhere) in fault


def test_only_the_newest_lines_are_read_for_a_page(place):
    line = f"2026-10-05T11:00:00+00:00 1 {'a' * 64}\n"
    place.write_text(line * 2_000)

    assert len(heads.read(place).heads) == 2_000
    newest = heads.read(place, only_newest=True)
    assert 500 < len(newest.heads) < 800
    assert newest.faults == []


def test_the_command_says_what_it_compared_and_keeps_its_json(place):
    ten_events()
    audit.keep_head(at=given.NOON)

    told = CliRunner().invoke(run, ["audit", "verify"])
    as_json = CliRunner().invoke(run, ["audit", "verify", "--json"])

    assert f"Compared with 1 head kept in {place}" in told.stdout
    assert as_json.stdout.count("\n") == 1
    assert '"notes"' not in as_json.stdout


def test_a_file_that_was_begun_and_is_gone_is_a_fault_with_the_way_to_mend_it(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    place.unlink()

    for told in (verify(), verify(newest=5)):
        (fault,) = told.faults
        assert f"Event 11 says that heads of the record were begun to be kept in {place}" in fault
        assert "Bring the file back" in fault
    assert CliRunner().invoke(run, ["audit", "verify"]).exit_code == 1


def test_a_file_that_was_emptied_is_a_fault_too(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    place.write_text("")

    assert "that file is gone or empty" in verify().faults[0]


def test_a_file_that_was_begun_again_is_told_of_for_good(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    place.unlink()
    audit.keep_head(at=LATER)

    told = verify()

    assert told.ok
    assert [note for note in told.notes if "was begun 2 times, by events 11 and 12" in note]


def test_a_file_that_was_never_begun_is_no_fault(place):
    ten_events()

    assert verify().ok
    assert "No head is kept in" in verify().notes[0]


def test_the_page_of_the_record_says_that_a_file_of_heads_is_gone(place):
    ten_events()
    audit.keep_head(at=given.NOON)
    place.unlink()
    browser = as_(given.a_person(Role.ADMINISTRATOR))

    page = browser.open("/record/").see("The record is not as it should be")

    page.press("Check the record").see("Bring the file back from where it was moved to")
