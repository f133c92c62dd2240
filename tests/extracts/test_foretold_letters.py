"""What a check says of letters owed and due dates is what the import then does."""

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as for_all
from hypothesis import strategies as some

from forthright.cases.models import Case
from forthright.extracts.plans import ImportRefused, Near
from forthright.rules.words import date_words, local
from forthright.schemes.models import Duty
from tests import given
from tests.extracts.files import a_csv, a_plan, an_area, import_of, imported

pytestmark = pytest.mark.django_db

HEADER = ["URN", "Unit", "Victim name", "Enhanced", "Decision", "Decision date", "Decision ref"]
_number = count(1)
OWED = re.compile(r"A letter is (?:also )?owed to (.+?)(?: for (the decision .+?))?, due (.+?)[.;]")
MOVED = re.compile(
    r"The letter owed to (.+?) for (the decision .+?) is due (.+?) instead of (.+?)\."
)
KINDS = {
    "NFA": "no further action",
    "Discontinued": "discontinued",
    "Charged": "charged",
}
DAYS = {
    "02/04/2026": "2 April 2026",
    "14/04/2026": "14 April 2026",
    "20/04/2026": "20 April 2026",
}
a_row = some.tuples(
    some.sampled_from(["Anna Brook", "Ana Brook", "Maud Okonkwo", "Piers Lyttelton", ""]),
    some.sampled_from(["Yes", "No", ""]),
    some.sampled_from([*KINDS, "NFA", ""]),
    some.sampled_from(sorted(DAYS)),
    some.sampled_from(["", " 10:00", " 18:30"]),
    some.sampled_from(["", "", "D1", "D2"]),
)


def a_file(folder, urn, rows):
    """Write rows about one case; a row without a decision has no date either."""
    return a_csv(
        folder / f"{next(_number)}.csv",
        HEADER,
        *[
            [urn, "Crown Court", name, enhanced, kind, (day + hour) if kind else "",
             reference if kind else ""]
            for name, enhanced, kind, day, hour, reference in rows
        ],
    )  # fmt: skip


def letters_of(urn):
    """Return every letter owed in the case: whose, for which decision, and when it is due."""
    duties = Duty.objects.filter(case__urn=urn).select_related("decision", "person")
    return {
        duty.pk: (str(duty.person), decision_words(duty.decision), date_words(duty.due_on))
        for duty in duties
    }


def decision_words(decision):
    kind = decision.get_kind_display().lower()
    return f"the decision {kind} of {date_words(local(decision.made_at).date())}"


def foretold(plan, rows):
    """Return the letters that become owed and those that move, as the words of each row say."""
    owed, moved = [], []
    for planned in plan.file.rows(None, skip=0, take=100):
        _, _, kind, day, *_ = rows[planned.row - 2]
        own = f"the decision {KINDS.get(kind)} of {DAYS[day]}"
        for words in planned.words:
            owed += [(name, of or own, due) for name, of, due in OWED.findall(words)]
            moved += MOVED.findall(words)
    return sorted(owed), sorted(moved)


@pytest.fixture
def area():
    return an_area()


TWO_LETTERS = [
    ("Anna Brook", "No", "NFA", "02/04/2026", "", ""),
    ("Anna Brook", "No", "Discontinued", "20/04/2026", "", ""),
]


def test_people_who_are_held_are_told_of_a_new_decision_too(area, tmp_path):
    imported(area, a_file(tmp_path, "20AB0123426", TWO_LETTERS[:1]))
    rows = [("Piers Lyttelton", "No", *row[2:]) for row in TWO_LETTERS]

    plan = a_plan(area, a_file(tmp_path, "20AB0123426", rows))

    first, second = plan.file.rows(None, skip=0, take=10)
    assert first.words[1:] == ["A letter is owed to Piers Lyttelton, due 13 April 2026."]
    assert second.words == [
        "Adds the decision discontinued of 20 April 2026.",
        (
            "A letter is also owed to Anna Brook for the decision discontinued of 20 April 2026, "
            "due 27 April 2026."
        ),
        "A letter is owed to Piers Lyttelton, due 27 April 2026.",
    ]
    assert (plan.owed, plan.moved) == (3, 0)


def test_every_due_date_that_an_entitlement_moves_is_named(area, tmp_path):
    imported(area, a_file(tmp_path, "20AB0123426", TWO_LETTERS))
    row = ("Anna Brook", "Yes", *TWO_LETTERS[0][2:])

    plan = a_plan(area, a_file(tmp_path, "20AB0123426", [row]))

    [planned] = plan.file.rows(None, skip=0, take=10)
    assert planned.words == [
        "Changes entitlement from Standard to Enhanced of Anna Brook.",
        (
            "The letter owed to Anna Brook for the decision no further action of 2 April 2026 is "
            "due 7 April 2026 instead of 13 April 2026."
        ),
        (
            "The letter owed to Anna Brook for the decision discontinued of 20 April 2026 is due "
            "21 April 2026 instead of 27 April 2026."
        ),
    ]
    assert (plan.owed, plan.moved) == (0, 2)


def test_of_a_letter_owed_before_nothing_is_said_and_a_unit_changes_from_one_to_another(
    area, tmp_path
):
    path = a_file(tmp_path, "20AB0123426", TWO_LETTERS[:1])
    imported(area, path)
    path.write_text(path.read_text().replace("Crown Court", "Magistrates"))

    [planned] = a_plan(area, path).file.rows(None, skip=0, take=10)

    assert planned.words == ["Changes unit from Mercia Crown Court to Mercia Magistrates."]


def test_what_would_do_more_than_was_foretold_is_not_imported(area, tmp_path):
    imported(area, a_file(tmp_path, "20AB0123426", TWO_LETTERS[:1]))
    plan = a_plan(area, a_file(tmp_path, "20AB0123426", TWO_LETTERS))
    given.a_person_to_tell(Case.objects.get())

    with pytest.raises(ImportRefused, match="The records changed after the file was checked"):
        import_of(area, plan)

    assert Duty.objects.count() == 1


@pytest.mark.slow  # a hundred and more files, each checked and imported
@example(  # a kind corrected by its reference, to one that people are told of
    held=[
        ("Anna Brook", "No", "Charged", "02/04/2026", "", "D1"),
        ("Maud Okonkwo", "No", "", "02/04/2026", "", ""),
    ],
    rows=[("", "", "NFA", "02/04/2026", "", "D1")],
    meant=Near.CORRECTED,
)
@example(  # a day corrected by its reference
    held=[
        ("Anna Brook", "No", "NFA", "02/04/2026", "", "D1"),
        ("Maud Okonkwo", "No", "NFA", "02/04/2026", "", "D1"),
    ],
    rows=[("Anna Brook", "Yes", "NFA", "20/04/2026", "", "D1")],
    meant=Near.CORRECTED,
)
@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@for_all(
    held=some.lists(a_row, max_size=4),
    rows=some.lists(a_row, min_size=1, max_size=4),
    meant=some.sampled_from(Near),
)
def test_the_check_names_every_letter_that_becomes_owed_or_is_due_on_another_day(
    area, tmp_path, held, rows, meant
):
    answers = {"repeats_are_one": True, "near_decisions": meant, "near_names": meant}
    urn = f"20AB{next(_number):05d}26"
    if held:
        plan = a_plan(area, a_file(tmp_path, urn, held), **answers)
        if not plan.is_refused:
            import_of(area, plan)
    before = letters_of(urn)
    plan = a_plan(area, a_file(tmp_path, urn, rows), **answers)
    if plan.is_refused:
        return
    said_owed, said_moved = foretold(plan, rows)

    import_of(area, plan)

    after = letters_of(urn)
    owed = sorted(letter for pk, letter in after.items() if pk not in before)
    moved = sorted(
        (name, decision, due, before[pk][2])
        for pk, (name, decision, due) in after.items()
        if pk in before and before[pk][2] != due
    )
    assert (said_owed, said_moved) == (owed, moved)
    assert (plan.owed, plan.moved) == (len(owed), len(moved))
