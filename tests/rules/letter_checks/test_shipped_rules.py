"""The rules that ship do what their examples say, and leave good letters alone."""

import pytest

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.examples import disagreements
from forthright.rules.letter_checks.rule import Level, Status, shipped_rules
from tests.rules.letter_checks.cases import TODAY, a_case
from tests.rules.letter_checks.letters import CHANGES, good_letter

RULES = shipped_rules()
WANTED = {"A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3", "C4",
          "C5", "C6", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "E1", "E2", "E3", "E4", "E5",
          "F1", "F2", "F3", "F4"}  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_does_what_its_examples_say(rule):
    assert disagreements([rule]) == []


def test_every_rule_of_the_list_is_there():
    there = {rule.id[:2] for rule in RULES}

    assert there >= WANTED


def test_plain_english_never_stops_a_letter():
    assert [rule.id for rule in RULES if rule.id[0] == "E" and rule.level is Level.STOP] == []


def test_what_rests_on_general_knowledge_is_to_be_confirmed():
    loose = [rule.id for rule in RULES if "General knowledge" in rule.source
             and rule.status is Status.CONFIRMED]  # fmt: skip

    assert loose == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_good_letter_is_left_alone(name):
    findings = check_letter(good_letter(name), a_case(**CHANGES[name]), RULES, as_of=TODAY)

    assert [(each.rule, each.words) for each in findings] == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_good_letter_read_with_no_case_has_no_stop(name):
    findings = check_letter(good_letter(name), None, RULES, as_of=TODAY)

    assert [(each.rule, each.words) for each in findings if each.level is Level.STOP] == []


def test_every_finding_can_be_acted_on():
    bad = "Dear Sir/Madam,\n\nUnfortunately the case of [NAME] was dropped. u failed to attend."

    findings = check_letter(bad, a_case(), prepare(RULES), as_of=TODAY)

    assert findings
    for each in findings:
        assert each.message.endswith((".", "?")), each
        assert "{" not in each.message + each.suggestion.replace("{{", ""), each
        assert each.source
        assert bad[each.start : each.end] == each.words


def test_findings_stand_in_the_order_of_the_text_and_once_for_each_rule_and_place():
    bad = good_letter("discontinued").replace("Mr Hollis", "Mrs Hollis").replace("2026", "2025")

    findings = check_letter(bad, a_case(), RULES, as_of=TODAY)

    places = [(each.rule, each.start, each.end) for each in findings]
    assert len(places) == len(set(places)) > 4
    assert [each.start for each in findings] == sorted(each.start for each in findings)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n\n\n", id="blank lines"),
        pytest.param("Dear", id="one word"),
        pytest.param("نعتذر لأننا أوقفنا القضية. يمكنك الاتصال بنا.", id="right to left"),
        pytest.param("Annwyl Ms Osei,\n\nMae’n ddrwg gennyf ddweud wrthych.", id="Welsh"),
        pytest.param("Dear Amira 😞,\n\nSorry 😞😞.", id="emoji"),
        pytest.param("İ" * 300 + ". " + "ǅ" * 20, id="letters that change length"),
        pytest.param("a " * 20_000, id="no end of words"),
    ],
)
def test_odd_letters_are_checked_like_others(text):
    for case in (None, a_case()):
        for each in check_letter(text, case, RULES, as_of=TODAY):
            assert text[each.start : each.end] == each.words


def test_a_case_file_with_the_least_in_it_is_enough():
    least = CaseFile.model_validate(
        {
            "area": {"name": "Mercia"},
            "urn": "20MR0412326",
            "recipient": {"family_name": "Osei"},
            "letter": {"kind": "HOLDING"},
        }
    )

    findings = check_letter("Dear Osei,\n\nI will write by 4 May 2026.", least, RULES, as_of=TODAY)

    assert "A2a" not in {each.rule for each in findings}


@pytest.mark.parametrize(
    ("greeting", "wanted"),
    [
        pytest.param("Dear Mr Ashdown", "Dear Ms Osei", id="as templates greet"),
        pytest.param("Dear Mr Ashdown,", "Dear Ms Osei,", id="with a comma"),
        pytest.param("Dear Mr Ashdown, ", "Dear Ms Osei,", id="with a gap after the comma"),
    ],
)
def test_a_greeting_is_mended_with_a_comma_only_where_it_had_one(greeting, wanted):
    text = f"{greeting}\n\nThe case has ended."

    found = [each for each in check_letter(text, a_case(), RULES, as_of=TODAY)
             if each.rule == "A2a"]  # fmt: skip

    assert [each.suggestion for each in found] == [wanted]
