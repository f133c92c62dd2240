"""The corpus of odd recordings, made once for each worker."""

import os

import pytest

from tests.media_playing.videos import Corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.mktemp("corpus"))


def pytest_collection_modifyitems(config, items):
    """Leave the slow ones out of the run on PostgreSQL: no database has a part in them."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    again = [
        each
        for each in items
        if "tests/media_playing/" in each.nodeid and each.get_closest_marker("slow")
    ]
    config.hook.pytest_deselected(items=again)
    items[:] = [each for each in items if each not in again]
