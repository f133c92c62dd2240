"""Each test has a folder of its own for the files of recordings, and may have a workplace."""

import pytest

from tests.worker.workplace import Workplace


@pytest.fixture(autouse=True)
def recordings(settings, tmp_path):
    settings.RECORDINGS = tmp_path / "recordings"
    return settings.RECORDINGS


@pytest.fixture(scope="session")
def first_workplace(tmp_path_factory):
    place = Workplace(tmp_path_factory.mktemp("workplace") / "first")
    yield place
    place.close()


@pytest.fixture
def workplace(first_workplace, tmp_path):
    place = Workplace(tmp_path / "home", like=first_workplace)
    yield place
    place.close()
