"""Whatever a person writes in a box is read in one way: without what nobody can see."""

import ast

from django import forms

from forthright.web.widgets import WrittenField
from tests.guards.tree import HOUSE

# Words that are kept as they were pasted, blanks and all; their services refuse unseen ones.
AS_PASTED = {"password", "again", "text", "wording"}


# Names by which a box, or a word given to a service, asks why something is done.
REASONS = {
    "reason",
    "because",
    "although",
    "other",
    "comment",
    "no_meeting_because",
    "critical_because",
}
# Services that take the product's own words, or hand a reason on to one that asks.
ASKED_ELSEWHERE = {
    "accept_dispute", "accept_restore", "adopt", "approve_block", "approve_template",
    "clear_step", "close_not_required", "draft_block_change", "draft_new_block",
    "draft_new_template", "draft_template_change", "give_feedback", "give_second_marks_of",
    "move_dispute_days", "move_due_dates", "move_look_dues", "move_part_days", "reckon_again",
    "refuse_dispute", "request_item", "step", "take_word_template", "try_item", "withdraw_item",
}  # fmt: skip


def form_files():
    return [*HOUSE.glob("forthright/*/forms.py"), *HOUSE.glob("forthright/*/forms/*.py")]


def plain_boxes(text: str) -> list[str]:
    """Return the fields of a file that are a plain CharField and not hidden, by name."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        call = ast.unparse(node.value)
        if call.startswith("forms.CharField(") and "HiddenInput" not in call:
            found.append(ast.unparse(node.targets[0]))
    return found


def test_every_box_for_words_takes_out_what_nobody_can_see():
    plain = [
        f"{file.relative_to(HOUSE)}: {name}"
        for file in form_files()
        for name in plain_boxes(file.read_text(encoding="utf-8"))
        if name not in AS_PASTED and "_quotation" not in name
    ]

    assert plain == []


def test_no_service_calls_a_reason_given_by_a_plain_strip():
    names = ("reason", "because", "note", "comment", "although")
    found = [
        f"{file.relative_to(HOUSE)}: {ast.unparse(node)}"
        for file in HOUSE.glob("forthright/**/*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "strip"
        and ast.unparse(node.func.value).split(".")[-1] in names
    ]

    assert found == []


def boxes_for_reasons(text: str) -> list[str]:
    """Return the fields of a file that ask why and take what says nothing, by name."""
    return [
        ast.unparse(node.targets[0])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.targets[0]) in REASONS
        and ast.unparse(node.value.func) in {"WrittenField", "forms.CharField"}
    ]


def asks_nothing(function: ast.FunctionDef) -> bool:
    """Return whether a service takes a reason and does not ask that it says something."""
    given = {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}
    return bool(given & REASONS) and "reason_in(" not in ast.unparse(function)


def service_files():
    return [*HOUSE.glob("forthright/*/services.py"), *HOUSE.glob("forthright/*/services/*.py")]


def services_that_ask_nothing(text: str) -> list[str]:
    return [
        node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and asks_nothing(node)
        and node.name not in ASKED_ELSEWHERE
    ]


def test_every_box_that_asks_why_asks_for_words():
    found = {
        str(file.relative_to(HOUSE)): set(boxes_for_reasons(file.read_text(encoding="utf-8")))
        for file in form_files()
    }

    assert {file: names for file, names in found.items() if names} == {}


def test_every_service_asks_that_a_reason_says_something():
    found = [
        f"{file.relative_to(HOUSE)}: {name}"
        for file in service_files()
        for name in services_that_ask_nothing(file.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_service_is_content_with_a_reason_that_can_only_be_seen():
    found = [
        f"{file.relative_to(HOUSE)}: {ast.unparse(node)}"
        for file in HOUSE.glob("forthright/**/*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.Not)
        and ast.unparse(node.operand).startswith("cleaned(")
        and ast.unparse(node.operand)[8:-1].split(".")[-1] in {*REASONS, "note", "urgent_note"}
    ]

    assert found == []


def test_the_guard_finds_what_it_is_for():
    assert plain_boxes("reason = forms.CharField(max_length=3)") == ["reason"]
    assert plain_boxes("reason = WrittenField(max_length=3)") == []
    assert boxes_for_reasons("reason = WrittenField(max_length=3)") == ["reason"]
    assert boxes_for_reasons("reason = ReasonField(max_length=3)") == []
    assert services_that_ask_nothing("def end(reason: str): keep = reason") == ["end"]
    assert services_that_ask_nothing("def end(reason: str): keep = reason_in(reason)") == []


def test_a_box_of_unseen_characters_is_an_empty_box():
    class Asked(forms.Form):
        reason = WrittenField(error_messages={"required": "Say why"})

    form = Asked({"reason": "\u200b \u2060"})

    assert form.errors == {"reason": ["Say why"]}
    assert Asked({"reason": "It\u200b was so."}).is_valid()
