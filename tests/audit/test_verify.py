"""A record that was tampered with is found out, and how."""

import json

import pytest
from typer.testing import CliRunner

from forthright.audit import locks, selectors
from forthright.audit.chain import digest_of
from forthright.audit.models import Event, Head
from forthright.cli.main import run
from tests import given
from tests.audit.tampering import take_locks_off, ten_events, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Write ten events, then open the database to whoever wants to change them."""
    events = ten_events()
    take_locks_off()
    return events


def swap(first, second):
    for old, new in ((first, 1_000), (second, first), (1_000, second)):
        Event.objects.filter(sequence=old).update(sequence=new)


def write_anew(**changes):
    """Change the fifth event and make every later link, and the head, fit it."""
    Event.objects.filter(sequence=5).update(**changes)
    before = Event.objects.get(sequence=4).hash
    for event in Event.objects.filter(sequence__gte=5):
        event.previous_hash = before
        event.hash = before = digest_of(event)
        event.save()
    Head.objects.update(hash=before)


def test_a_whole_record_has_no_faults(chain):
    verdict = verify()

    assert verdict.ok
    assert verdict.events == 10
    assert verdict.head == chain[-1].hash
    assert verdict.faults == []


def test_an_empty_record_is_whole():
    assert verify().ok


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"name": "letter.drafted"}, id="what was done"),
        pytest.param({"detail": {"number": 99}}, id="a detail"),
        pytest.param({"by": None}, id="who did it"),
        pytest.param({"at": given.NOON.replace(hour=13)}, id="when"),
        pytest.param({"subject_id": "7"}, id="to what"),
        pytest.param({"area": None}, id="the Area"),
    ],
)
def test_an_edit_is_found(chain, change):
    Event.objects.filter(sequence=5).update(**change)

    verdict = verify()

    assert not verdict.ok
    assert [fault for fault in verdict.faults if "Event 5 (" in fault and "was edited" in fault]


def test_an_edit_with_a_fresh_hash_is_found_by_the_next_link(chain):
    event = Event.objects.get(sequence=5)
    event.name = "letter.drafted"
    event.hash = digest_of(event)
    event.save()

    assert verify().faults == ["Event 6 does not follow on from event 5."]


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        pytest.param([1], "Event 1 is missing: it was removed.", id="the first"),
        pytest.param([5], "Event 5 is missing: it was removed.", id="one within"),
        pytest.param([4, 5, 6], "Events 4 to 6 are missing: they were removed.", id="three"),
        pytest.param([10], "Event 10 is missing: it was removed.", id="the last"),
        pytest.param([8, 9, 10], "Events 8 to 10 are missing: they were removed.", id="a tail"),
        pytest.param([*range(1, 11)], "Events 1 to 10 are missing: they were removed.", id="all"),
    ],
)
def test_a_deletion_is_found(chain, gone, words):
    Event.objects.filter(sequence__in=gone).delete()

    assert words in verify().faults


def test_a_deletion_that_was_closed_up_is_found(chain):
    Event.objects.filter(sequence=5).delete()
    for sequence in range(6, 11):
        Event.objects.filter(sequence=sequence).update(sequence=sequence - 1)
    Head.objects.update(sequence=9)

    assert "Event 5 does not follow on from event 4." in verify().faults


@pytest.mark.parametrize(("first", "second"), [(4, 5), (2, 9)], ids=["neighbours", "far apart"])
def test_a_reordering_is_found(chain, first, second):
    swap(first, second)

    faults = verify().faults

    assert f"Event {first} was written as event {second}: the order was changed." in faults
    assert f"Event {second} was written as event {first}: the order was changed." in faults


def test_an_event_added_past_the_head_is_found(chain):
    Head.objects.update(sequence=9, hash=chain[8].hash)

    assert "before the last one" in verify().faults[0]


def test_a_head_of_another_hash_is_found(chain):
    Head.objects.update(hash="f" * 64)

    assert verify().faults == ["The head of the record is not the hash of the last event."]


def test_a_head_that_is_gone_is_found(chain):
    Head.objects.all().delete()

    assert not verify().ok


def test_a_cut_tail_with_a_head_made_to_fit_is_found_by_a_printed_head(chain):
    Event.objects.filter(sequence__gt=7).delete()
    Head.objects.update(sequence=7, hash=chain[6].hash)

    assert verify().ok, "the record alone cannot tell"
    assert "cut off" in verify(known_heads=[(10, chain[9].hash)]).faults[0]


def test_a_record_written_anew_is_found_by_a_printed_head(chain):
    write_anew(name="letter.drafted")

    assert verify().ok, "the record alone cannot tell"
    assert verify(known_heads=[(3, chain[2].hash)]).ok
    assert "written anew" in verify(known_heads=[(8, chain[7].hash)]).faults[0]


def test_only_the_newest_events_are_walked_when_asked(chain):
    Event.objects.filter(sequence=2).update(name="letter.drafted")

    assert verify(newest=4).ok
    assert verify(newest=4).events == 4
    assert not verify(newest=9).ok


def test_the_record_is_walked_in_chunks(chain, django_assert_max_num_queries):
    locks.put_on()
    with django_assert_max_num_queries(7):
        selectors.verify()


def test_the_command_prints_json_and_leaves_with_nought(chain):
    locks.put_on()

    told = CliRunner().invoke(run, ["audit", "verify", "--json"])

    assert told.exit_code == 0
    assert json.loads(told.stdout) == {
        "ok": True, "events": 10, "head": chain[-1].hash, "faults": [],
    }  # fmt: skip


def test_the_command_says_what_is_wrong_and_leaves_with_one(chain):
    Event.objects.filter(sequence=5).update(name="letter.drafted")

    told = CliRunner().invoke(run, ["audit", "verify"])

    assert told.exit_code == 1
    assert "NOT whole" in told.stdout
    assert "Event 5 (letter.drafted) was edited" in told.stdout


def test_the_command_takes_a_printed_head(chain):
    told = CliRunner().invoke(run, ["audit", "verify", "--known-head", f"12:{'a' * 64}"])

    assert told.exit_code == 1
    assert "no longer in the record" in told.stdout


@pytest.mark.parametrize("arguments", [["--known-head", "what"], ["--colour"], ["extra"]])
def test_a_wrong_use_leaves_with_two(arguments):
    assert CliRunner().invoke(run, ["audit", "verify", *arguments]).exit_code == 2
