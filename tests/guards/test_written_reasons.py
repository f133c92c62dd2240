"""Whatever a person writes in a box is read in one way: without what nobody can see."""

import ast

from django import forms

from forthright.web.widgets import WrittenField
from tests.guards.tree import HOUSE

# Words that are kept as they were pasted, blanks and all; their services refuse unseen ones.
AS_PASTED = {"password", "again", "text", "wording"}


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


def test_the_guard_finds_what_it_is_for():
    assert plain_boxes("reason = forms.CharField(max_length=3)") == ["reason"]
    assert plain_boxes("reason = WrittenField(max_length=3)") == []


def test_a_box_of_unseen_characters_is_an_empty_box():
    class Asked(forms.Form):
        reason = WrittenField(error_messages={"required": "Say why"})

    form = Asked({"reason": "\u200b \u2060"})

    assert form.errors == {"reason": ["Say why"]}
    assert Asked({"reason": "It\u200b was so."}).is_valid()
