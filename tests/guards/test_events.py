"""What an event may hold: never a person's name, address or words about them."""

import ast

import pytest

from tests.guards.test_rooms import OURS
from tests.guards.tree import HOUSE

PERSONAL = {name for model in OURS for name in model.PERSONAL}
# Personal elsewhere, and in details of events not.
MAY_STAND = {
    "reason": "words of an officer about an act; the page asks to name nobody",
    "key": "the key under which a job is asked for once: a kind of work and numbers",
    "reference": "the number a letter has in a frozen list, which names nobody",
}


def names_in(node: ast.AST) -> set[str]:
    """Return the fields an expression reads, but for those it only asks whether they are filled."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "bool":
        return set()
    own = {node.attr} if isinstance(node, ast.Attribute) else set()
    return own.union(*(names_in(child) for child in ast.iter_child_nodes(node)))


def personal_details(source: str) -> list[str]:
    """Return each personal field that a call of record() would keep in an event's details."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("audit.record"):
            continue
        for keyword in call.keywords:
            if keyword.arg not in {"by", "at", "area"}:
                wrong = names_in(keyword.value) & PERSONAL - MAY_STAND.keys()
                found += [f"line {call.lineno}: {name}" for name in sorted(wrong)]
    return found


def test_no_service_puts_a_personal_field_into_an_event():
    found = {
        str(file.relative_to(HOUSE)): wrong
        for file in HOUSE.glob("forthright/**/*.py")
        if (wrong := personal_details(file.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('audit.record("person.seen", person, by=by, at=at)', []),
        ('audit.record("person.seen", person, by=by, at=at, who=person.full_name)', ["full_name"]),
        ('audit.record("letter.seen", duty, by=by, at=at, of=[d.case.urn for d in all])', ["urn"]),
        ('audit.record("letter.kept", by=by, at=at, text=version.text[:9])', ["text"]),
        ('audit.record("mark.saved", by=by, at=at, has_note=bool(mark.note))', []),
    ],
)
def test_the_guard_finds_what_it_is_for(call, found):
    assert personal_details(call) == [f"line 1: {name}" for name in found]
