"""No transaction waits for a mail server: on SQLite everybody else would wait for it as well."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
# What goes out over a network and waits for an answer, by the name it is called by.
WAITING = {"send", "send_mail", "send_messages", "mail_admins", "urlopen", "create_connection"}
# Reading and writing what may lie in a bucket; asking for its place on this machine is not.
STORE = {"put", "verify", "keep", "parts", "original", "check_unharmed"}
# What reads a whole file of the police: half a minute, where it is long.
READING = {"read_files", "read_schedules", "words_of_file"}


def is_atomic(node: ast.expr) -> bool:
    words = ast.unparse(node)
    return words.startswith("transaction.atomic")


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def waiting_in(source: str, names: set[str]) -> list[str]:
    """Return what is called within a transaction and waits, by line and name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        is_inside = (
            isinstance(node, ast.FunctionDef) and any(map(is_atomic, node.decorator_list))
        ) or (isinstance(node, ast.With) and any(is_atomic(e.context_expr) for e in node.items))
        if is_inside:
            found += [
                f"{each.lineno}: {called(each)}"
                for each in ast.walk(node)
                if isinstance(each, ast.Call) and called(each) in names
            ]
    return found


def test_no_mail_goes_out_and_no_network_is_waited_for_within_a_transaction():
    wrong = {
        str(path.relative_to(HOUSE)): found
        for path in sorted(HOUSE.joinpath("forthright").rglob("*.py"))
        if (found := waiting_in(path.read_text(), WAITING))
    }

    assert wrong == {}


def test_no_recording_is_read_within_a_transaction():
    places = sorted(HOUSE.joinpath("forthright", "hard_media").rglob("*.py"))

    wrong = {path.name: found for path in places if (found := waiting_in(path.read_text(), STORE))}

    assert wrong == {}


def test_no_schedule_is_read_within_a_transaction():
    places = sorted(HOUSE.joinpath("forthright", "disclosure").rglob("*.py"))

    wrong = {
        path.name: found for path in places if (found := waiting_in(path.read_text(), READING))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "source",
    [
        "@transaction.atomic\ndef tell():\n    EmailMessage().send()",
        "def tell():\n    with transaction.atomic():\n        send_mail('x')",
        "@transaction.atomic()\ndef tell():\n    if x:\n        connection.send_messages([])",
    ],
)
def test_the_guard_sees_what_waits(source):
    assert waiting_in(source, WAITING)


def test_what_goes_out_after_the_transaction_is_no_fault():
    source = "def tell():\n    with transaction.atomic():\n        save()\n    message.send()"

    assert waiting_in(source, WAITING) == []
