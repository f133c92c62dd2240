import pytest

from forthright.rules.written_days import day_written, keys_of_days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("4 May 2026", (4, 5, 2026)),
        ("Monday 4 May 2026", (4, 5, 2026)),
        ("4th of May", (4, 5, None)),
        ("May 4, 2026", (4, 5, 2026)),
        ("May 4th", (4, 5, None)),
        ("2026-05-04", (4, 5, 2026)),
        ("04/05/2026", (4, 5, 2026)),
        ("04.05.26", (4, 5, 2026)),
        ("4-5-2026", (4, 5, 2026)),
        ("26 May 2026", (26, 5, 2026)),
        ("3 Sept 2025", (3, 9, 2025)),
        ("1 Jan. 2026", (1, 1, 2026)),
        ("May 2026", None),
        ("2026", None),
        ("Monday", None),
        ("40 May 2026", None),
    ],
)
def test_a_day_is_read_however_it_is_written(said, day):
    assert day_written(said) == day


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        (["4 May 2025", "4 May 2026"], [0, 1]),
        (["4 May 2026", "May 4, 2026", "2026-05-04", "04/05/2026"], [0, 0, 0, 0]),
        (["2026-05-04", "26 May 2026"], [0, 1]),
        (["4 May 2026", "4 May"], [0, 0]),
        (["4 May 2025", "4 May 2026", "4 May"], [0, 1, 2]),
        (["4 May", "the 4th of May"], [0, 0]),
        (["May 2026", "may  2026", "June 2026"], [0, 0, 1]),
    ],
)
def test_one_day_has_one_key_and_no_other_has_it(said, groups):
    keys = keys_of_days(said)

    assert [keys.index(each) for each in keys] == [groups.index(each) for each in groups]
