"""Each test has a folder of its own for the files of recordings, and may have a workplace."""

import pytest
import time_machine

from forthright.hard_media.models import ShareLink
from tests import given
from tests.hard_media import links, media
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


@pytest.fixture
def at_noon():
    # A ticket says when it was given, so two are the same only where the clock stands still.
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


@pytest.fixture
def item(hearing):
    return links.with_a_file(hearing)


@pytest.fixture
def link(hearing, item):
    links.shared_by_link(hearing, item)
    return ShareLink.objects.get()
