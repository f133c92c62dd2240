"""The words around a name give it away, whoever it is."""

import pytest

from forthright.anonymiser.titles import names_by_title

NAMED = [
    ("PC 1234 Khan came", "1234 Khan"),
    ("Detective Constable O’Dowd came", "O’Dowd"),
    ("your daughter Xanthippe saw it", "Xanthippe"),
    ("Ms Ahmed’s mother rang", "Ahmed"),
    ("Ms Ahmed’s mother Zubeida rang", "Zubeida"),
    ("mr khan was there", "khan"),
    ("Dear Wren,", "Wren"),
    ("Yours sincerely\n\nZephyr Quill\n", "Zephyr Quill"),
    ("R v Zephyr", "Zephyr"),
    ("Name of child: Zephyr Quill", "Zephyr Quill"),
    ("His Honour Judge Quill said", "Quill"),
    ("a man known as Zed", "Zed"),
    ("Chief Crown Prosecutor King agreed", "King"),
    ("the Senior Crown Prosecutor Judge agreed", "Judge"),
    ("District Crown Prosecutor Justice agreed", "Justice"),
    ("Legal Manager Page agreed", "Page"),
    ("van der Merwe and Mr van der Merwe", "van der Merwe"),
    ("Priya saw it", "Priya"),
    ("Ngozi Zephyr saw it", "Ngozi Zephyr"),
    ("we met at The Fox and Hounds today", "The Fox and Hounds"),
    ("a till at Jones & Daughters rang", "Jones & Daughters"),
    ("at Worcester Magistrates’ Court", "Worcester"),
    ("by West Mercia Police", "West Mercia"),
    ("St Chad’s Primary School said", "St Chad’s Primary School"),
    ("Dear Mr friend", "friend"),
    ("mrs hall was there", "hall"),
    ("the read family rang", "read"),
]
STAYS = [
    "Dear Sir or Madam",
    "we read The Code for Crown Prosecutors",
    "the Crown Court and the magistrates’ court",
    "a senior officer of the police",
    "your mother will know",
    "Grace and patience were shown",
    "Victim Liaison Officer",
    "the Deputy Chief Crown Prosecutor agreed",
    "Chief Crown Prosecutor The decision",
    "the Senior Crown Prosecutor Service",
    "I know that the whole family waited",
    "the bereaved family and the immediate family",
]


@pytest.mark.parametrize(("text", "name"), NAMED, ids=[text for text, _ in NAMED])
def test_a_name_is_given_away(text, name):
    assert name in [text[each.start : each.end] for each in names_by_title(text)]


@pytest.mark.parametrize("text", STAYS)
def test_what_names_nobody_stays(text):
    assert [text[each.start : each.end] for each in names_by_title(text)] == []


@pytest.mark.parametrize("unit", ["A-", "A1-", "A’", "Ab-cd ", "12-", "O’A-", "St. ", "A & "])
def test_a_long_run_of_what_joins_names_is_read_to_its_end(unit):
    # Where a pattern tries each way to cut it, this would take years.
    assert list(names_by_title(f"Dear Ms Osei\n\n{unit * 120}\n\nYours sincerely"))
