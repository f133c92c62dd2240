"""A store, and a file that is arriving in it."""

import os

import pytest

from forthright.media_files.store import Store
from tests.media_files.senders import NOON


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "media")


@pytest.fixture
def begin(store):
    """Return what begins a file of so many bytes."""
    return lambda length, name="cctv.mp4", **notes: store.begin(name, length, at=NOON, notes=notes)


def pytest_collection_modifyitems(config, items):
    """Leave the slow ones out of the run on PostgreSQL: no database has a part in them."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    again = [
        each
        for each in items
        if "tests/media_files/" in each.nodeid and each.get_closest_marker("slow")
    ]
    config.hook.pytest_deselected(items=again)
    items[:] = [each for each in items if each not in again]
