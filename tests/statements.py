"""Which statements each test asks of the database, so that a second database is asked each again.

What a test proves beyond its statements is plain Python, and the same on every database. Statements
are told apart by their form: not by their values, nor by how many of these there are.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.signals import connection_created
from django.db.models import QuerySet

from scripts.fewest import Asked

# Where a transaction begins and ends within another says nothing of what is asked.
POINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
NUMBERS = re.compile(r"\d+")
VALUES = re.compile(r"%s(?:, %s)+")
ROWS = re.compile(r"(\([^()]*\))(?:, \1)+")
CASES = re.compile(r"( WHEN \([^()]*\) THEN [^()]*?%s\)?)(?:\1)+")


def form_of(statement: str) -> str:
    """Return a statement without its numbers, and each list within it as one of its members."""
    text = NUMBERS.sub("0", statement)
    for repeated, once in ((VALUES, "%s"), (ROWS, r"\1"), (CASES, r"\1")):
        text = repeated.sub(once, text)
    return text


class Noting:
    """Notes, test by test, what it asks of the database, and whether it must run on another too."""

    def __init__(self, folder: Path, process: str) -> None:
        """Begin with nothing noted; `process` names the one of several that run tests at once."""
        self.file = folder / f"{process}.json"
        self.noted: dict[str, Asked] = {}
        self.now: set[str] | None = None
        self.must = False
        self.known: dict[int, str] = {}

    def begin(self) -> None:
        """Listen from now on to every connection, to locks and to programs that are started."""
        connection_created.connect(self._listen)
        sys.addaudithook(self._hear)
        # SQLite has one writer at a time: Django leaves locks of rows out of what is asked of it.
        QuerySet.select_for_update = self._locking(  # type: ignore[method-assign]
            QuerySet.select_for_update
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what is asked from here to the end of the test and of what it is given."""
        self.now, self.must, began = set(), keeps_what_it_writes(item), time.monotonic()
        result = yield
        seconds = time.monotonic() - began
        self.noted[item.nodeid] = Asked(seconds, frozenset(self.now), self.must)
        self.now = None
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test was skipped here: it may be for the other database."""
        self.must = self.must or report.skipped

    def pytest_sessionfinish(self) -> None:
        """Write down what was noted."""
        rows = {name: each.as_row() for name, each in self.noted.items()}
        self.file.write_text(json.dumps(rows), encoding="utf-8")

    def _listen(self, connection: Any, **_: object) -> None:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)

    def _note(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if self.now is not None and not str(sql).startswith(POINTS):
            self.now.add(self._mark_of(str(sql)))
        return execute(sql, params, many, context)

    def _mark_of(self, sql: str) -> str:
        key = hash(sql)
        if key not in self.known:
            self.known[key] = blake2b(form_of(sql).encode(), digest_size=8).hexdigest()
        return self.known[key]

    def _hear(self, event: str, _: object) -> None:
        """Note that a test started a program, of whose statements nothing is heard here."""
        if event == "subprocess.Popen":
            self.must = True

    def _locking(self, lock: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(lock)
        def noted(*words: Any, **named: Any) -> Any:
            if self.now is not None:
                frame = sys._getframe(1)
                while frame.f_back and "/django/" in frame.f_code.co_filename:
                    frame = frame.f_back
                self.now.add(f"lock {frame.f_code.co_filename}:{frame.f_lineno}")
            return lock(*words, **named)

        return noted


def keeps_what_it_writes(item: pytest.Item) -> bool:
    """Tell whether a test writes for good, as where two act at once or something is killed."""
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_marked or "transactional_db" in getattr(item, "fixturenames", ())


def process_of(config: pytest.Config) -> str:
    """Return the name of the process of several that run tests at once."""
    return str(getattr(config, "workerinput", {}).get("workerid", "alone"))
