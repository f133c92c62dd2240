"""The tests of the rules need no Django: `./test rules` runs them without it."""

import subprocess
import sys

import pytest

from tests.guards.tree import HOUSE

REFUSE_DJANGO = """
import importlib, sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "django":
            raise ModuleNotFoundError(f"{name} is for whoever has Django")

sys.meta_path.insert(0, Refused())
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError as fault:
        print(f"{name}: {fault}")
"""


def refused(*modules: str) -> str:
    """Return which of these modules cannot be imported without Django, and why."""
    done = subprocess.run(
        [sys.executable, "-c", REFUSE_DJANGO, *modules],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


# Imports some eighty modules in a process of their own, which takes seconds.
@pytest.mark.slow
def test_every_module_of_the_tests_of_the_rules_is_imported_without_django():
    files = sorted((HOUSE / "tests" / "rules").rglob("*.py"))
    modules = [".".join(file.relative_to(HOUSE).with_suffix("").parts) for file in files]

    assert refused(*modules) == ""


def test_what_needs_django_is_found():
    assert refused("tests.given").startswith("tests.given: django")
