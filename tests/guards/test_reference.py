"""Pages written from the code stay what the code would write."""

from scripts.write_reference import stale


def test_reference_pages_are_what_the_code_would_write():
    assert stale() == [], "run .venv/bin/python scripts/write_reference.py"
