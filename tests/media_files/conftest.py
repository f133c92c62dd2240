"""A store, and a file that is arriving in it."""

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
