"""What every test may count on."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext, override_settings

from forthright.audit import locks
from forthright.audit.models import Head
from scripts import fewest
from tests import as_strict, migrated, statements

# Each takes about a minute of one core, or more.
LONGEST = ("tests/test_seen.py", "tests/media_files/test_killed.py",
           "tests/journeys/test_axe.py", "tests/journeys/test_the_whole_loop.py")  # fmt: skip
TAKE_OFF = {
    "sqlite": [f"DROP TRIGGER {name}" for name in locks.SQLITE],
    "postgresql": [f"DROP TRIGGER {name} ON audit_event" for name in locks.POSTGRESQL],
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run note what is asked of the database, and another leave out what asks nothing new."""
    words = "note in this folder which statements each test asks of the database"
    parser.addoption("--note-statements", metavar="FOLDER", help=words)
    words = "leave out the tests that ask nothing but what others do, by what was noted there"
    parser.addoption("--ask-once-more", metavar="FOLDER", help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Be as strict on SQLite as elsewhere; begin to note what is asked, where that is wanted."""
    connection_created.connect(as_strict.listen)
    if folder := config.getoption("note_statements"):
        noting = statements.Noting(Path(folder), statements.process_of(config))
        noting.begin()
        config.pluginmanager.register(noting)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each core begin with what takes longest, so that neither waits for the other at the end.

    At first each has a half, as it stands; what takes longest would all be in one.
    """
    if folder := config.getoption("ask_once_more"):
        unneeded = fewest.left_out(fewest.noted_in(Path(folder)))
        config.hook.pytest_deselected(items=[each for each in items if each.nodeid in unneeded])
        items[:] = [each for each in items if each.nodeid not in unneeded]
    longest = [each for each in items if each.nodeid.startswith(LONGEST)]
    others = [each for each in items if not each.nodeid.startswith(LONGEST)]
    first, second = longest[::2], longest[1::2]
    middle = len(items) // 2 - len(first)
    items[:] = [*first, *others[:middle], *second, *others[middle:]]


def pytest_collection_finish() -> None:
    """Look for rubbish seldom: what is loaded by now stays, and looking took a sixth of the time.

    It is still cleared away, so what was left open still fails the test that left it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Begin with a copy of the empty database that is kept."""
    with migrated.poured_in():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Begin the numbers of each table apart, so that none is opened by that of another by luck."""
    with django_db_blocker.unblock():
        migrated.number_apart()


@pytest.fixture(scope="session", autouse=True)
def _recordings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the files of recordings away from those of whoever runs the tests."""
    with override_settings(RECORDINGS=tmp_path_factory.mktemp("recordings")):
        yield


@pytest.fixture
def count_queries() -> Callable[[], CaptureQueriesContext]:
    """Return a context that holds the queries made inside it, to compare one with many."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture
def record_made_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give the record its head and its locks back after a test that empties the database."""
    yield
    with django_db_blocker.unblock():
        locks.put_on()
        Head.objects.get_or_create(pk=1)


@pytest.fixture
def emptied_after(record_made_again: None, transactional_db: None) -> Iterator[None]:
    """Have the database keep what a test writes, and be emptied after it.

    The locks on the record forbid that, so they are taken off once the test is over.
    """
    yield
    with connection.schema_editor() as editor:
        for statement in TAKE_OFF[connection.vendor]:
            editor.execute(statement)


@pytest.fixture
def served(emptied_after: None, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address at which the product is served to real browsers and other programs."""
    # Named as an argument, the server would have the database emptied after the record is whole.
    server = request.getfixturevalue("live_server")
    cache.clear()
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1"]):
        yield server.url
