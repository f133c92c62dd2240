"""Surnames that are words besides trouble no good letter, and hide no wrong one."""

import pytest

from forthright.rules.letter_checks import spelling
from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.name_words import standard_capitals
from forthright.rules.letter_checks.rule import shipped_rules
from forthright.rules.letter_checks.text import LOOK_ALIKES, folded

GREETED = "Dear Ms Osei,\n\n"
OF_WEEK = [rule for rule in shipped_rules() if rule.id == "A2e"]


def found_in(text, family, given="Bisi", template=()):
    people = [{"given_names": given, "family_name": family}]
    case = example_case({"week": [{"urn": "20MR0999926", "people": people}]})
    spans = [(len(GREETED) + text.find(each), len(GREETED) + text.find(each) + len(each), "a")
             for each in template]  # fmt: skip
    found = check_letter(GREETED + text, case, OF_WEEK, as_of=EXAMPLE_DAY, template_spans=spans)
    return [(each.level.value, each.words) for each in found]


def test_words_that_the_shipped_wording_holds_in_capitals_are_known():
    assert {"code", "right", "review", "victims", "service"} <= standard_capitals()


@pytest.mark.skipif(not spelling.is_available(), reason="needs the British dictionary")
def test_a_word_of_the_template_is_no_surname_and_a_surname_in_it_is_told():
    harbour = "Ring Harbour at any time, or ask for help."

    assert found_in(harbour, "Harbour", template=[harbour]) == []
    assert found_in(harbour, "Harbour") == [("stop", "Harbour")]
    named = "Ring Hodgkinson at any time."
    assert found_in(named, "Hodgkinson", template=[named]) == [("stop", "Hodgkinson")]


@pytest.mark.parametrize(
    ("text", "family", "found"),
    [
        ("We told Sarah Okonkwo.", "Okonkwo", [("warn", "Sarah Okonkwo")]),
        ("We told Mark Okonkwo.", "Okonkwo", [("warn", "Mark Okonkwo")]),
        ("We told Bisi Okonkwo.", "Okonkwo", [("stop", "Bisi Okonkwo")]),
        ("We told Sarah Smith.", "Smith", []),
        ("We told DC Okonkwo.", "Okonkwo", []),
        ("It was in Okonkwo Road.", "Okonkwo", []),
        ("We told Okonkwo Doyle.", "Okonkwo-Doyle", [("stop", "Okonkwo Doyle")]),
        ("We told Okonkwo - Doyle.", "Okonkwo-Doyle", [("stop", "Okonkwo - Doyle")]),
        ("We told Ms Okonkwo‑Doyle.", "Okonkwo-Doyle", [("stop", "Okonkwo‑Doyle")]),
        ("We told Okonkwo, Doyle and others.", "Okonkwo-Doyle", []),
        ("We told Оkonkwo of it.", "Okonkwo", [("stop", "Оkonkwo")]),
        ("We told Οкоnкwо of it.", "Okonkwo", [("stop", "Οкоnкwо")]),
    ],
)
def test_a_name_of_another_case_is_told_however_it_is_written(text, family, found):
    assert found_in(text, family) == found


def test_a_letter_read_as_ours_keeps_its_place_and_size():
    assert folded("Мr Нοllіѕ") == "Mr Hollis"
    assert all(len(chr(theirs)) == len(ours) == 1 for theirs, ours in LOOK_ALIKES.items())
