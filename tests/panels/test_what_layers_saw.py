"""What a layer saw stays known when a person hides more, and leaving a verb leaves no name."""

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter, Correction, Place
from forthright.panels.selectors.letters import layer_scores
from forthright.panels.services.taking import Added, Decided, add_place, decide_place
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
MARK = """Dear Ms {family}

I am writing about what happened at {street} in Worcester on 3 May 2026.

Your son Mark told us what he saw when Mr {accused} came in. Mark was brave. If there was a mark on
the door, the police did not mark it down.

Yours sincerely
Ruth Lane"""


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def put(letter, words: str, kind="OTHER") -> None:
    letter.refresh_from_db()
    add_place(letter, Added(words, kind), opened=None, by=letter.taken_by, at=given.NOON)


def scores(letter) -> dict[str, tuple[int, int, int]]:
    AnonymisedLetter.objects.update(released_at=given.NOON)
    found = layer_scores(letter.taken_by)
    return {each.layer: (each.kept, each.left, each.added) for each in found}


def test_what_a_layer_saw_and_a_person_hid_by_its_words_is_still_seen_by_the_layer():
    letter = made.taken()
    seen = letter.places.exclude(layer="").first()
    words, layer = letter.given[seen.start : seen.end], seen.layer
    Place.objects.filter(pk=seen.pk).update(state=Place.State.IN_DOUBT)

    put(letter, words)

    now = letter.places.get(start=seen.start, end=seen.end)
    assert (now.layer, now.state, now.because) == (layer, "HIDDEN", seen.because)
    note = Correction.objects.filter(start=seen.start).get()
    assert (note.what, note.layer) == ("HIDE", layer)
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.not_see("no layer had seen it", "a person saw it and no layer did")


def test_a_longer_stretch_forgets_none_of_what_the_layers_saw():
    letter = made.taken()
    before = scores(letter)

    put(letter, "4 Quarry Close in Worcester on 3 May 2026")

    after = scores(letter)
    for layer, (kept, left, added) in before.items():
        assert sum(after[layer]) == kept + left + added
    assert after["a person"] == (0, 0, 0)
    note = Correction.objects.get()
    assert note.what == "ADD"
    assert note.layer
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.see("had proposed part of it")


def test_what_no_layer_saw_is_counted_so():
    letter = made.taken()

    put(letter, "not the news you hoped for")

    assert scores(letter)["a person"] == (0, 0, 1)
    assert Correction.objects.get().layer == ""


def test_leaving_all_the_same_leaves_no_name_in_other_capitals():
    letter = made.taken(words=MARK)
    put(letter, "mark")
    low = next(p for p in letter.places.all() if letter.given[p.start : p.end] == "mark")
    keeper = as_(letter.taken_by)
    letter.refresh_from_db()

    page = keeper.post(
        f"/anonymised/{letter.pk}/", decide=f"leave_same:{low.pk}", opened=str(letter.changes)
    )

    page.see("2 places left to stand", "“Mark” stays hidden")
    letter.refresh_from_db()
    assert "a mark on" in letter.text
    assert "Mark" not in letter.text


def test_hiding_all_the_same_stays_wide():
    letter = made.taken(words=MARK)
    put(letter, "mark")
    high = next(p for p in letter.places.all() if letter.given[p.start : p.end] == "Mark")
    letter.places.update(state=Place.State.LEFT)
    letter.refresh_from_db()

    decided = Decided(high.pk, hide=True, everywhere=True)
    moved = decide_place(letter, decided, opened=None, by=letter.taken_by, at=given.NOON)

    assert moved == 4
