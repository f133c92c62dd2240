"""A file of rules that cannot be used is refused with the file, the rule and the field."""

import pytest

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.rule import RulesRefused, load_rules, rules_of
from tests.rules.letter_checks.cases import TODAY, a_case

GOOD = """[[rule]]
id = "Z1"
title = "No bananas"
level = "warn"
kind = "existence"
source = "The fruit policy"
message = "“{words}” is fruit."
find = { words = ["banana*"] }
"""


def found(text: str, letter: str, case=None) -> list[str]:
    rules = rules_of({"own.toml": text.encode()})
    return [each.words for each in check_letter(letter, case, rules, as_of=TODAY)]


def test_an_area_adds_a_rule_without_a_programmer(tmp_path):
    (tmp_path / "own.toml").write_text(GOOD)

    (rule,) = load_rules(tmp_path)

    findings = check_letter("I like bananas.", None, [rule], as_of=TODAY)
    assert [(each.rule, each.message) for each in findings] == [("Z1", "“bananas” is fruit.")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("[[rule]", "own.toml: the file is not TOML", id="not TOML"),
        pytest.param("[rule]", "two brackets", id="one bracket"),
        pytest.param("[[fruit]]", "holds \\[\\[rule\\]\\] only, not fruit", id="another table"),
        pytest.param(GOOD.replace('id = "Z1"\n', ""), "rule 1: the field id is missing",
                     id="no id"),
        pytest.param(GOOD.replace('"warn"', '"shout"'), "rule Z1, field level: it is stop, warn",
                     id="level"),
        pytest.param(GOOD.replace('"existence"', '"magic"'), "field kind: it is existence",
                     id="kind"),
        pytest.param(GOOD + "fruit = 1\n", "rule Z1: there is no field fruit", id="field"),
        pytest.param(GOOD + 'in_force_from = "soon"\n', "write a day like", id="day"),
        pytest.param(GOOD + "when = { is_latte = true }\n", "rule Z1, field when: “is_latte”",
                     id="condition"),
        pytest.param(GOOD.replace("words = ", "wrods = "), "field find: .* has no “wrods”",
                     id="what to find"),
        pytest.param(GOOD.replace('words = ["banana*"]', 'patterns = ["("]'), "is not a pattern",
                     id="pattern"),
        pytest.param(GOOD.replace('words = ["banana*"]', 'patterns = ["x*"]'), "finds nothing",
                     id="pattern of nothing"),
        pytest.param(GOOD.replace('words = ["banana*"]', ""), "looks for nothing", id="nothing"),
        pytest.param(GOOD + GOOD, "has the same id", id="same id"),
        pytest.param(GOOD.replace('"existence"', '"record_match"')
                     .replace('words = ["banana*"]', 'matcher = "x"'),
                     "there is no matcher", id="matcher"),
        pytest.param(GOOD.replace('words = ["banana*"]', 'rows = [{words = ["b*"], instead = []}]'),
                     "“instead” is written in words", id="better word"),
        pytest.param("rule = [1]", "two brackets", id="rule of a number"),
        pytest.param(GOOD + "suggestion = 1.5\n", "suggestion: it is written in words",
                     id="suggestion"),
        pytest.param(GOOD + 'yields_to = ["Z9"]\n', "yields_to: there is no rule Z9",
                     id="a rule that it yields to"),
        pytest.param(GOOD + 'yields_to = ["Z1"]\n', "yields_to: Z1 would wait for one another",
                     id="a rule that yields to itself"),
        pytest.param(GOOD + 'yields_to = ["Z2"]\n' + GOOD.replace('"Z1"', '"Z2"')
                     + 'yields_to = ["Z1"]\n', "yields_to: Z., Z. would wait for one another",
                     id="two rules that yield to each other"),
        pytest.param(GOOD + "source_address = []\n", "source_address: it is written in words",
                     id="source address"),
        pytest.param(GOOD + "must_fire = 0\n", "must_fire: it is a list of examples",
                     id="no list of examples"),
        pytest.param(GOOD + "must_fire = [{letter = 'a', template = 'b'}]\n",
                     "template: it is a list of texts", id="template of an example"),
        pytest.param(GOOD + "must_fire = [{letter = 'a', recent = [1]}]\n",
                     "recent: it is a list of texts", id="recent letters of an example"),
        pytest.param(GOOD + "must_fire = [{letter = 'a', changes = 1}]\n",
                     "changes is a table", id="changes of an example"),
        pytest.param(GOOD + "must_fire = [{letter = 'a', words = 1}]\n",
                     "words: it is written in words", id="words of an example"),
        pytest.param(GOOD + "must_fire = [{letter = 'a', has_case = 'no'}]\n",
                     "has_case: write true or false", id="case of an example"),
        pytest.param(GOOD + 'must_fire = [1]\n', "an example is the words of a letter",
                     id="example"),
        pytest.param(GOOD + 'must_fire = [{ letter = "x", lettre = 1 }]\n', "no field lettre",
                     id="field of an example"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(text, words):
    with pytest.raises(RulesRefused, match=words):
        rules_of({"own.toml": text.encode()})


def test_a_rule_out_of_force_is_not_used():
    past = GOOD + "in_force_until = 2026-04-07\n"

    assert found(past, "A banana.") == []
    assert found(past.replace("04-07", "04-08"), "A banana.") == ["banana"]


@pytest.mark.parametrize(
    ("find", "letter", "words"),
    [
        pytest.param('words = ["in the dark"]', "It was in\nthe dark.", ["in\nthe dark"],
                     id="over a line"),
        pytest.param('words = ["don’t"]', "I don't. I don’t.", ["don't", "don’t"],
                     id="either apostrophe"),
        pytest.param('words = ["court"]', "A courtyard and a court.", ["court"], id="whole words"),
        pytest.param('words = ["x"], unless = ["not"]', "It is not x. It is x now.", ["x"],
                     id="unless in the sentence"),
        pytest.param('words = ["x"], only_with = ["you"]', "It is x. You are x.", ["x"],
                     id="only with"),
        pytest.param('words = ["x"], first_only = true', "It is x. It is x.", ["x"], id="first"),
        pytest.param('patterns = ["X[0-9]"], exact = true', "An x1 and X2.", ["X2"], id="exact"),
        pytest.param('words = ["osei"], where = "head"', "Ms Osei\n\nDear Ms Osei,\n\nOsei is.",
                     ["Osei"], id="only the head"),
    ],
)  # fmt: skip
def test_words_are_found(find, letter, words):
    text = GOOD.replace('words = ["banana*"]', find)

    assert found(text, letter) == words


def test_a_rule_with_a_condition_waits_for_it():
    late = GOOD + "when = { is_late = true }\n"

    assert found(late, "A banana.", a_case()) == []
    assert found(late, "A banana.", a_case(letter={"is_late": True})) == ["banana"]


SAYS_MORE = GOOD.replace('"Z1"', '"Z2"').replace("banana*", "green banana*")


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        pytest.param("stop", ["Z2"], id="graver"),
        pytest.param("warn", ["Z2"], id="as grave"),
        pytest.param("advise", ["Z1", "Z2"], id="less grave: then both"),
    ],
)
def test_a_rule_is_silent_where_one_that_it_yields_to_says_more(level, rules):
    text = GOOD + 'yields_to = ["Z2"]\n' + SAYS_MORE.replace('"warn"', f'"{level}"')
    both = rules_of({"own.toml": text.encode()})

    findings = check_letter("A green banana.", None, both, as_of=TODAY)

    assert sorted(each.rule for each in findings) == rules
    assert found(text, "A ripe banana.") == ["banana"]
