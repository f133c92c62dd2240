"""The list of recordings finds a case by its URN as people write it, with its ending or without."""

import pytest

from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
ROOT = "20AB7000126"


@pytest.fixture
def split():
    """Return the cases of one URN by their endings, beside another."""
    media.a_hearing(urn="20AB7000226")
    return {
        ending: media.a_hearing(urn=ROOT, urn_suffix=ending) for ending in ("", "(S)/1", "(S)/2")
    }


@pytest.mark.parametrize(
    ("words", "endings"),
    [
        (ROOT, ["", "(S)/1", "(S)/2"]),
        ("20 ab 70001 26", ["", "(S)/1", "(S)/2"]),
        ("20AB70001", ["", "(S)/1", "(S)/2"]),
        ("20AB7000126(S)/1", ["(S)/1"]),
        ("20AB7000126S/2", ["(S)/2"]),
        ("20 AB 70001 26 (S) / 2", ["(S)/2"]),
        ("20AB7000126(M)", []),
    ],
)
def test_a_case_is_found_by_its_urn(split, words, endings):
    found = ladders(media.a_lawyer(), LadderFilters(words=words), given.NOON.date())

    assert sorted(each.hearing.pk for each in found) == [split[each].pk for each in endings]


def test_the_page_finds_it(split):
    page = as_(media.a_lawyer()).open("/recordings/", words="20AB7000126(S)/1")

    assert [row[0][:16] for row in page.rows()] == ["20AB7000126(S)/1"]
