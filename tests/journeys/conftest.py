"""A real browser, and the product served from a database that its threads can share."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from playwright.sync_api import Browser, sync_playwright

from scripts import debian
from tests import migrated
from tests.journeys.walking import Walker

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings: None
) -> None:
    """Keep an SQLite test database in a file, and no connection open after a request.

    A database in memory is one connection shared by every thread of the server, so that two
    requests at once would mix their transactions. A browser that stays in touch keeps a thread
    of the server alive, whose connection would stop the test database from being removed.
    """
    for each in connections.all(initialized_only=False):
        each.settings_dict["CONN_MAX_AGE"] = 0
        if each.vendor == "sqlite":
            file = tmp_path_factory.mktemp("database") / "journeys.sqlite3"
            each.settings_dict["TEST"]["NAME"] = str(file)
            migrated.copy_to(file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Let the file that was put there stand; its folder is cleared away with it in it."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a running browser without a window."""
    program = os.environ.get("FORTHRIGHT_CHROMIUM") or debian.browser()
    if not program:
        pytest.skip("there is no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # The driver keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = driver.chromium.launch(executable_path=str(program), args=FLAGS)
        yield browser
        browser.close()
        # Django keeps other connections while an event loop runs; nobody else would close them.
        connections.close_all()


@pytest.fixture
def walk(served: str, chromium: Browser) -> Iterator[Any]:
    """Return what opens a browser for a person who signed in before; nobody where none is named.

    Typing the password takes longer than many a walk: walks that are about it are told so.
    """
    opened = []

    def open_for(email: str, *, has_script: bool = True, with_password: bool = False) -> Walker:
        walker = Walker(chromium, served, has_script=has_script)
        opened.append(walker)
        if not email:
            return walker
        return walker.sign_in(email) if with_password else walker.come_in(email)

    yield open_for
    for walker in opened:
        walker.leave()
