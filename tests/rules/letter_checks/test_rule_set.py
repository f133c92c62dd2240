"""Two sets of rules side by side, and the stops that protect a person."""

import pytest

from forthright.rules.letter_checks.rule import Level, RulesRefused, shipped_rules
from forthright.rules.letter_checks.rule_set import (
    OFF,
    PROTECTING,
    differences_of,
    digest_of,
    rules_in,
    shipped_files,
    weakened_by,
)

SHIPPED = shipped_rules()


def changed(old: str, new: str, **changes: str):
    """Return the rules that ship with some words of their files replaced."""
    files = {name: text.replace(old, new) for name, text in shipped_files().items()}
    return rules_in(files, changes)


def test_every_rule_that_protects_a_person_ships_as_a_stop():
    stops = {rule.id for rule in SHIPPED if rule.level is Level.STOP}

    assert stops >= PROTECTING


def test_the_rules_that_ship_weaken_nothing():
    assert weakened_by(rules_in(shipped_files(), {}), SHIPPED) == []


@pytest.mark.parametrize(
    ("rules", "how"),
    [
        pytest.param(changed("", "", A6b=OFF), "is switched off", id="off"),
        pytest.param(changed("", "", A6b="warn"), "no longer stops a letter", id="a warning"),
        pytest.param(changed('id = "A6b"', 'id = "A6b"\nin_force_until = 2020-01-01'),
                     "may miss what they find", id="ended"),
        pytest.param(changed('id = "A6b"', 'id = "A6b"\nwhen = { is_late = true }'),
                     "may miss what they find", id="on fewer letters"),
    ],
)  # fmt: skip
def test_a_stop_that_protects_a_person_is_not_weakened_unsaid(rules, how):
    (found,) = weakened_by(rules, SHIPPED)

    assert found.rule == "A6b"
    assert how in found.how


def test_each_rule_that_is_other_is_named_with_how():
    other = changed("No Latin", "Nothing in Latin", E1="advise", E2=OFF)

    found = {each.rule: each.how for each in differences_of(SHIPPED, other)}

    assert found == {
        "E1": "advise instead of warn",
        "E2": "switched off; it was: warn",
        "E4e": "reworded",
    }
    assert [each.how for each in differences_of(other, SHIPPED) if each.rule == "E2"] == [
        "new: warn"
    ]


def test_a_digest_is_of_files_and_changes_in_any_order():
    files = dict(shipped_files())

    assert digest_of(dict(reversed(files.items())), {}) == digest_of(files, {})
    assert digest_of(files, {"E1": OFF}) != digest_of(files, {})


@pytest.mark.parametrize("changes", [{"Z9": OFF}, {"E1": "loud"}])
def test_what_is_no_rule_or_no_level_is_refused(changes):
    with pytest.raises(RulesRefused):
        rules_in(shipped_files(), changes)


OF_READING = ("E1", "E2", "E3a", "E3b", "E4a")


@pytest.mark.parametrize("rule_id", OF_READING)
def test_how_easy_a_text_is_to_read_never_stops_a_letter(rule_id):
    with pytest.raises(RulesRefused, match=f"Rule {rule_id} cannot be made a stop: a rule that"):
        rules_in(shipped_files(), {rule_id: "stop"})


def test_a_file_that_stops_letters_by_how_they_read_is_refused_with_its_place():
    files = {
        name: text.replace(
            'level = "warn"\nkind = "occurrence"', 'level = "stop"\nkind = "occurrence"'
        )
        for name, text in shipped_files().items()
    }

    with pytest.raises(RulesRefused, match=r"rule D8b, field level: .* Make it warn or advise"):
        rules_in(files, {})
