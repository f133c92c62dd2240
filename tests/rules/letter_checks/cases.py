"""The made-up case that the checks are tried on, and ways to change one thing of it."""

from typing import Any

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case

TODAY = EXAMPLE_DAY


def a_case(**changes: Any) -> CaseFile:
    """Return the made-up case with parts of it changed; a table changes only what it names."""
    return example_case(changes)
