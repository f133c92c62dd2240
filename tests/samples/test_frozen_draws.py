"""A draw whose list or letters somebody changed in the database is named, and stops nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import JSONField, Value
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.samples import services
from forthright.samples.models import Draw, DrawnLetter, Frame
from forthright.samples.selectors import NotAsDrawn, faults_of
from tests import given
from tests.audit.tampering import cut_after
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


def one_reference_twice(drawn):
    rows = drawn.frame.rows
    rows[0]["reference"] = rows[1]["reference"]
    return {"rows": rows}


def without_a_word(drawn):
    return {"rows": [{"reference": row["reference"]} for row in drawn.frame.rows]}


def no_rows(drawn):
    return {"rows": []}


def another_flag(drawn):
    rows = drawn.frame.rows
    rows[0]["flags"] = ["RASSO"]
    return {"rows": rows}


def no_list(drawn):
    return {"rows": "gone"}


UNREADABLE = {
    "a list of numbers": [1],
    "nothing": None,
    "no list": {"a": 1},
    "text": "gone",
    "another kind of value": [{"reference": 7, "unit": "x", "flags": []}],
}


def told(*words):
    return CliRunner().invoke(run, list(words))


@pytest.mark.parametrize(
    "change", [one_reference_twice, without_a_word, no_rows, another_flag, no_list]
)
def test_a_changed_list_is_a_fault_on_every_hand(change):
    drawn = weeks.a_draw()
    Frame.objects.update(**change(drawn))
    manager = given.a_person(Role.LEGAL_MANAGER)

    again = told("sample", "verify", str(drawn.pk))
    whole = told("audit", "verify")

    assert again.exit_code == whole.exit_code == 1
    assert "rame " in again.stderr, again.output
    named = f"Draw {drawn.pk} (Crown Court letters, week of 28 September 2026)"
    assert f"{named} was changed after" in " ".join(whole.stdout.split())
    page = as_(manager).open(f"/samples/draws/{drawn.pk}/")
    page.see("not as the record says it was drawn").see("in its frozen list")
    page.press("Check this draw again").see("Drawn again: not the same")


def test_a_changed_letter_is_a_fault():
    drawn = weeks.a_draw()
    other = weeks.letters_owed(1)[0]
    drawn.letters.filter(pk=drawn.letters.first().pk).update(duty=other)

    assert "in its drawn letters" in told("audit", "verify").stdout


def test_a_letter_moved_to_the_random_part_is_a_fault():
    drawn = weeks.a_draw()
    drawn.letters.filter(pk=drawn.letters.first().pk).update(first_part="TARGETED")

    assert "in its letters drawn at random" in told("audit", "verify").stdout


def test_draws_as_they_were_made_are_no_fault():
    drawn = weeks.a_draw()

    assert told("audit", "verify").exit_code == 0
    assert told("sample", "verify", str(drawn.pk)).exit_code == 0


def list_pages(drawn):
    return [f"/samples/draws/{drawn.pk}/list.csv", f"/samples/draws/{drawn.pk}/list.txt"]


def refused_everywhere(drawn):
    """See that the list is handed out nowhere, and that every page of the draw opens."""
    person = given.a_person(Role.LEGAL_MANAGER)
    manager = as_(person)
    for address in list_pages(drawn):
        page = manager.open(address)
        page.see("The list of this sample is not handed out.").see("in its frozen list")
        page.see("Compare its list with the copies").not_see("The list in the order of the draw")
    letter = drawn.letters.first()
    page = manager.open(f"/samples/letters/{letter.pk}/substitute/")
    page.see("No letter of this sample can be replaced.").see("in its frozen list")
    with pytest.raises(NotAsDrawn, match="in its frozen list"):
        services.substitute_letter(
            letter, by=person, at=given.NOON, reason="The file was sealed by the court."
        )
    names = Event.objects.values_list("name", flat=True)
    assert "sample.list_exported" not in names
    assert "sample.letter_replaced" not in names


@pytest.mark.parametrize("rows", UNREADABLE.values(), ids=UNREADABLE)
def test_a_list_that_cannot_be_read_is_refused_in_words(rows):
    drawn = weeks.a_draw()
    Frame.objects.update(rows=Value(rows, JSONField()))

    refused_everywhere(drawn)
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/samples/draws/{drawn.pk}/")
    page.see("not as the record says it was drawn")
    page.press("Check this draw again").see("Drawn again: not the same")


@pytest.mark.parametrize("change", [another_flag, no_rows, one_reference_twice])
def test_a_forged_list_that_can_be_read_is_not_handed_out_either(change):
    drawn = weeks.a_draw()
    Frame.objects.update(**change(drawn))

    refused_everywhere(drawn)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps only JSON as JSON")
@pytest.mark.parametrize(
    "text", ["no JSON", "", "[{", '[{"reference": "\\ud800", "unit": "x", "flags": []}]']
)
def test_a_list_that_only_sqlite_keeps_is_refused_in_words(text):
    drawn = weeks.a_draw()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = on")
        cursor.execute("UPDATE samples_frame SET rows = %s", [text])
        cursor.execute("PRAGMA ignore_check_constraints = off")

    refused_everywhere(drawn)
    assert told("audit", "verify").exit_code == 1


@pytest.mark.parametrize("junk", [None, [1], {"a": 1}, "gone", [["x"]]])
def test_what_stands_beside_the_list_stops_no_page(junk):
    drawn = weeks.a_draw()
    kept = Value(junk, JSONField())
    Draw.objects.update(exclusions=kept, seed="seven")
    Frame.objects.update(waits=kept)

    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/samples/draws/{drawn.pk}/")
    page = page.see("Nothing was left out").press("Check this draw again")
    page.see("Drawn again: not the same")


def test_whoever_may_not_see_a_draw_is_not_told_of_its_list():
    drawn = weeks.a_draw()
    Frame.objects.update(rows=[1])
    elsewhere = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))

    for address in list_pages(drawn):
        as_(elsewhere).open(address, status=404)


OF_A_LETTER = {
    "was_sent": (False, "facts"), "stratum": ("others", "facts"), "position": (9, "facts"),
    "because": ("targeted: chosen", "facts"), "part": ("TARGETED", "facts"),
    "marker": (None, "markers"),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_A_LETTER)
def test_every_fact_of_a_drawn_letter_is_frozen(name):
    drawn = weeks.a_draw()
    value, named = OF_A_LETTER[name]
    DrawnLetter.objects.filter(pk=drawn.letters.first().pk).update(**{name: value})

    assert f"in its {named} of its drawn letters." in verified()


OF_A_DRAW = {
    "method": {"method": "sha256-order-1"},
    "unit": {"unit": None},
    "letters left out": {"exclusions": [["L1", "Chosen"]]},
    "day its week begins": {"week": "2026-09-29"},
}


@pytest.mark.parametrize("named", OF_A_DRAW)
def test_what_stands_on_a_draw_is_frozen(named):
    weeks.a_draw()
    Draw.objects.update(**OF_A_DRAW[named])

    assert f"in its {named}." in verified()


OF_A_LIST = {
    "unit": {"unit": None},
    "weeks since each drafter was sampled": {"waits": {"P1": 9}},
    "words for what it was drawn from": {"population": "Every letter"},
}


@pytest.mark.parametrize("named", OF_A_LIST)
def test_what_stands_beside_a_list_is_frozen(named):
    weeks.a_draw()
    Frame.objects.update(**OF_A_LIST[named])

    assert f"in its {named}." in verified()


OF_A_VERSION = {
    "number of letters drawn at random": {"random_size": 9},
    "letters looked for on purpose": {"targeted": [["LATE", 2]]},
    "groups": {"strata": ["unit"]},
    "way of sharing out": {"share": "EACH"},
    "marker": {"marker": None},
    "cycle in weeks": {"cycle_weeks": 8},
    "number of letters to cover drafters": {"cover_at_most": 7},
    "number of overruled stops": {"overruled_at_most": 0},
}


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("named", OF_A_VERSION)
def test_a_version_of_a_plan_is_frozen(named, is_first):
    plan = weeks.a_plan()
    settings = services.PlanSettings(marker=weeks.a_marker(), random_size=6, cycle_weeks=None)
    services.change_plan(
        plan, by=weeks.a_planner(), at=given.NOON, settings=settings, reason="More of them"
    )
    assert told("audit", "verify").exit_code == 0
    plan.versions.filter(number=1 if is_first else 2).update(**OF_A_VERSION[named])

    said = verified()
    assert f"Version {1 if is_first else 2} of the plan “{plan}” was changed after" in said
    assert f"in its {named}." in said


def a_replacement():
    """Return a letter that was replaced, and the one that came in and was given to another."""
    drafter = weeks.a_marker()
    weeks.letters_owed(12, drafters=[drafter])
    drawn = weeks.a_draw(weeks.a_plan(marker=drafter), of=0)
    letter, second, *_ = drawn.letters.all()
    planner = weeks.a_planner()
    taken = services.substitute_letter(
        letter, by=planner, at=given.NOON, reason="The file was sealed by the court."
    )
    for each in (second, taken):
        for _ in range(2):
            services.give_letter(each, marker=weeks.a_marker(), by=planner, at=given.NOON)
    return letter, taken


def test_replacing_and_giving_a_letter_are_no_fault():
    letter, _ = a_replacement()

    assert told("audit", "verify").exit_code == 0
    assert faults_of(letter.draw) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"was_sent": False}, "facts of the letter that came in"),
        ({"part": "TARGETED"}, "facts of the letter that came in"),
        ({"marker": None}, "facts of the letter that came in"),
        ({"substitute_for": None}, "letter that came in"),
    ],
)
def test_a_letter_that_came_in_is_frozen(change, named):
    letter, taken = a_replacement()
    DrawnLetter.objects.filter(pk=taken.pk).update(**change)

    assert f"in its {named}" in verified()
    assert faults_of(letter.draw)


def test_a_letter_that_moved_from_one_place_to_another_is_no_fault():
    """One that came in for a letter looked for can be taken for one drawn at random next."""
    weeks.letters_owed(8, is_rasso=True)
    plan = weeks.a_plan(random_size=2, targeted=(("RASSO", 2),))
    drawn = weeks.a_draw(plan, of=0)
    for minute, part in enumerate(["TARGETED", *["RANDOM"] * 5]):
        waits = drawn.letters.filter(state="TO_MARK", part=part).order_by("position").first()
        services.substitute_letter(
            waits, by=weeks.a_planner(), at=given.NOON + timedelta(minutes=minute),
            reason="The file was sealed by the court.",
        )  # fmt: skip
        assert services.verify_draw(drawn, by=None, at=given.NOON).differences == ()

    assert told("audit", "verify").exit_code == 0
    events = Event.objects.filter(name="sample.letter_replaced").order_by("sequence")
    first, *later = [each.detail["taken"] for each in events]
    assert first in later
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/samples/draws/{drawn.pk}/")
    page.not_see("No other letter could take its place", "not as the record says")


def test_a_draw_of_earlier_days_is_said_not_to_be_covered():
    drawn = weeks.a_draw()
    event = Event.objects.get(name="sample.drawn")
    cut_after(event.sequence - 1)
    kept = {name: value for name, value in event.detail.items() if name in BEFORE}
    audit.record("sample.drawn", drawn, by=None, at=drawn.drawn_at, **kept)
    Draw.objects.update(method="another")

    said = verified(exit_code=0)
    assert f"Not covered: of Draw {drawn.pk} (Crown Court letters, week of 28 September" in said
    assert "does not say the method, unit, day its week begins" in said


BEFORE = {"plan", "version", "week", "seed", "seed_from", "digest", "population", "letters",
          "random"}  # fmt: skip


def verified(exit_code=1):
    done = told("audit", "verify")
    assert done.exit_code == exit_code, done.output
    return " ".join(done.stdout.split())
