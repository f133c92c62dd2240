"""The most that a court can give is compared with the record's, whatever the words."""

import pytest

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.rule import shipped_rules

RULES = [rule for rule in shipped_rules() if rule.id == "A3r"]
ALTERED = {
    "kind": "ALTERED_DECREASED",
    "from_charge": "wounding with intent",
    "to_charge": "unlawful wounding",
    "from_most": "life in prison",
    "to_most": "five years in prison",
}


def found_in(sentence, decision=ALTERED):
    case = example_case({"decision": decision})
    found = check_letter(f"Dear Ms Osei,\n\n{sentence}", case, RULES, as_of=EXAMPLE_DAY)
    return [(each.level.value, each.words) for each in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "The most is five years; for the earlier charge it was life.",
        "The most a court can give is five years in prison, instead of life for the earlier one.",
        "The most a court can give is five years in prison rather than life.",
        "The maximum is five years, and for the earlier charge it was life.",
        "The maximum sentence has come down from life to five years.",
        "For the earlier charge, the most is life in prison.",
        "The most is five years for the new charge and life for the old one.",
        "Life was the most he could be sentenced to. For unlawful wounding it is five years.",
        "The most a judge can give is now five years in prison. For the first charge it was life.",
        "The maximum for wounding with intent is life. For unlawful wounding it is five years.",
        "He can get up to five years in prison and a ban of at least three years.",
        "The most a court can give is five years in prison, and he has served two years.",
        "The maximum sentence is five years in prison, or a fine, or both.",
        "The maximum sentence is 60 months.",
        "A sentence cannot be longer than five years.",
        "The charge carries up to five years.",
        "He had been in prison for three years.",
        "This was the most frightening time of your life, and he is in prison.",
        "You can ring us for up to two years.",
        "He is banned from driving for up to two years, and the sentence is for the judge.",
        "The most likely sentence is two years.",
        "He was fined at the most recent hearing.",
    ],
)
def test_a_most_as_the_record_has_it_is_left_alone(sentence):
    assert found_in(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The charge carries up to seven years.", "seven years"),
        ("The sentence for this cannot be longer than eight years.", "eight years"),
        ("A judge may not give a sentence longer than eight years.", "eight years"),
        ("It cannot be more than 3 years’ custody.", "3 years"),
        ("The top sentence is four years.", "four years"),
        ("The sentence can be as high as ten years.", "ten years"),
        ("The maximum is now a fine.", "a fine"),
        ("The most is five years; for the earlier charge it was ten years.", "ten years"),
        ("The most a court can give is two years in prison, instead of life.", "two years"),
        ("The maximum sentence is life in prison.", "life in prison"),
        ("The maximum sentence for unlawful wounding is life.", "life"),
        ("The longest a judge can send him to prison for is 18 months.", "18 months"),
        ("The most he can get is seven years behind bars.", "seven years"),
    ],
)
def test_another_most_than_the_records_stops_the_letter(sentence, words):
    assert found_in(sentence) == [("stop", words)]


@pytest.mark.parametrize(
    ("sentence", "decision"),
    [
        ("The maximum sentence is two years.", {"kind": "ALTERED_DECREASED"}),
        ("The charge carries up to seven years.", {"kind": "CHARGED"}),
        ("For the first charge the maximum was life.", {**ALTERED, "from_most": ""}),
    ],
)
def test_a_most_that_the_record_does_not_hold_is_warned_of(sentence, decision):
    [(level, _)] = found_in(sentence, decision)

    assert level == "warn"


def test_half_a_year_in_weeks_is_half_a_year():
    decision = {**ALTERED, "to_most": "six months in prison"}

    assert found_in("The most a court can give is 26 weeks in prison.", decision) == []
