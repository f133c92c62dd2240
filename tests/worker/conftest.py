"""Workplaces: the first is set up in full, the others are copies."""

import pytest

from tests.worker.workplace import Workplace


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
