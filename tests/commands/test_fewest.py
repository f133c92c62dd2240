import pytest

from scripts.fewest import Asked, left_out, noted_in
from tests.statements import form_of


def asked(*statements, seconds=1.0, must=False):
    return Asked(seconds, frozenset(statements), must)


@pytest.mark.parametrize(
    ("noted", "unneeded"),
    [
        pytest.param({}, set(), id="nothing was noted"),
        pytest.param({"one": asked("a")}, set(), id="nobody else asks it"),
        pytest.param({"plain": asked()}, {"plain"}, id="it asks nothing"),
        pytest.param({"program": asked(must=True)}, set(), id="it starts a program"),
        pytest.param({name: asked("a") for name in "pqrs"}, {"r", "s"}, id="two ask it already"),
        pytest.param(
            {"slow": asked("a", seconds=9), "p": asked("a"), "q": asked("a")}, {"slow"},
            id="the quickest are taken",
        ),
        pytest.param(
            {"both": asked("a", "b"), "also": asked("a", "b"), "p": asked("a"), "q": asked("b")},
            {"p", "q"}, id="who asks more in a second is taken",
        ),
        pytest.param(
            {"must": asked("a", seconds=9, must=True), "p": asked("a"), "q": asked("a")}, {"q"},
            id="what must run anyway counts",
        ),
    ],
)  # fmt: skip
def test_what_need_not_run_again(noted, unneeded):
    assert left_out(noted) == unneeded


def test_each_statement_is_asked_by_two_tests_where_two_ask_it():
    noted = {
        f"test {number}": asked(*{f"{number * step % 31}" for step in range(1, 9)}, seconds=number)
        for number in range(1, 60)
    }

    kept = [each for name, each in noted.items() if name not in left_out(noted)]

    for mark in {mark for each in noted.values() for mark in each.statements}:
        there = sum(mark in each.statements for each in noted.values())
        assert sum(mark in each.statements for each in kept) >= min(2, there)
    assert len(kept) < len(noted)


def test_what_no_process_noted_runs(tmp_path):
    assert noted_in(tmp_path) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t WHERE a IN (%s, %s)", "SELECT a FROM t WHERE a IN (%s, %s, %s)"),
        ("SELECT a FROM t LIMIT 5", "SELECT a FROM t LIMIT 21"),
        ('INSERT INTO "t" ("a", "b") VALUES (%s, %s), (%s, %s)',
         'INSERT INTO "t" ("a", "b") VALUES (%s, %s)'),
        ("CASE WHEN (id = %s) THEN %s WHEN (id = %s) THEN %s ELSE NULL END",
         "CASE WHEN (id = %s) THEN %s ELSE NULL END"),
    ],
)  # fmt: skip
def test_statements_that_differ_in_values_alone_are_one(one, other):
    assert form_of(one) == form_of(other)


def test_other_columns_are_another_statement():
    assert form_of("SELECT a FROM t") != form_of("SELECT b FROM t")
