"""A long list is cut into pages by key."""

import pytest
from django.http import QueryDict

from forthright.accounts.models import Area
from forthright.web.paging import slice_of

pytestmark = pytest.mark.django_db
NAMES = ["Avon", "Borders", "Cambria", "Devon", "Essex", "Fens", "Gwent"]


@pytest.fixture
def areas():
    # Three demo Areas and four others, so that the first key of the order repeats.
    for number, name in enumerate(NAMES):
        Area.objects.create(name=name, is_demo=number % 2 == 1)
    return Area.objects.all()


def walk(rows, *, side, start="", order=("is_demo", "-name", "pk")):
    """Return the names on each page, going one way until there is no more."""
    pages, query = [], start
    while True:
        piece = slice_of(rows, QueryDict(query.lstrip("?")), order=order, size=3)
        pages.append([row.name for row in piece.rows])
        query = getattr(piece, side)
        if not query:
            return pages


def test_walking_forwards_shows_every_row_once(areas):
    assert walk(areas, side="next") == [
        ["Gwent", "Essex", "Cambria"], ["Avon", "Fens", "Devon"], ["Borders"],
    ]  # fmt: skip


def test_walking_backwards_shows_the_same_pages(areas):
    last = slice_of(areas, QueryDict(), order=("-is_demo", "name", "-pk"), size=3)
    forwards = walk(areas, side="next", order=("-is_demo", "name", "-pk"))
    assert [row.name for row in last.rows] == forwards[0]

    second = slice_of(
        areas, QueryDict(last.next.lstrip("?")), order=("-is_demo", "name", "-pk"), size=3
    )
    back = slice_of(
        areas, QueryDict(second.previous.lstrip("?")), order=("-is_demo", "name", "-pk"), size=3
    )
    assert [row.name for row in back.rows] == forwards[0]
    assert back.previous == ""
    assert back.next == last.next


def test_a_list_that_fits_has_no_other_pages(areas):
    piece = slice_of(areas, QueryDict(), order=("name",), size=7)

    assert (piece.previous, piece.next) == ("", "")


def test_the_filters_stay_in_the_address(areas):
    piece = slice_of(areas, QueryDict("unit=2&unit=3&after=x"), order=("name",), size=3)

    assert piece.next.startswith("?unit=2&unit=3&after=")


@pytest.mark.parametrize("mark", ["x", "W10", "bnVsbA", "WyJhIiwiYiJd", "%F0%9F", "W251bGxd"])
def test_a_mark_that_cannot_be_read_gives_the_first_page(areas, mark):
    piece = slice_of(areas, QueryDict(f"after={mark}"), order=("is_demo", "pk"), size=3)

    assert piece.rows[0].name == "Avon"
