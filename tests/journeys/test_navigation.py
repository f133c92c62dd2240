"""The navigation of each role: one line on a desk, and all of it within reach on a telephone."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role
from tests import given

pytestmark = pytest.mark.journey

DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=True):
        yield


def lines_of(menu) -> int:
    """Return on how many lines the links of a menu stand."""
    return len({round(each.bounding_box()["y"]) for each in menu.get_by_role("link").all()})


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("role", Role.values)
def test_each_role_has_one_line_on_a_desk_and_every_link_on_a_telephone(
    served, walk, role, has_script
):
    her = walk(given.a_person(role).email, has_script=has_script)
    menu = her.page.get_by_role("navigation", name="Menu")
    links = menu.get_by_role("link")
    expect(links.first).to_be_visible()
    her.page.wait_for_load_state("load")
    names, on_desk = links.all_inner_texts(), lines_of(menu)

    her.page.set_viewport_size(TELEPHONE)
    if has_script:
        expect(links.first).to_be_hidden()
        her.press("Menu")
    for each in links.all():
        expect(each).to_be_visible()
    is_too_wide = her.page.evaluate(WIDER_THAN_THE_WINDOW)
    links.last.click()
    expect(her.page.get_by_role("heading", level=1)).to_be_visible()

    assert (on_desk, is_too_wide) == (1, False), names


def test_what_the_line_has_no_space_for_is_reached_without_script(served, walk):
    her = walk(given.a_person(Role.SENIOR_MANAGER).email, has_script=False)

    her.follow("More", within=her.page.get_by_role("navigation")).heading("More")
    her.follow("Time limits", within=her.page.locator("main")).heading("Time limits")

    here = her.page.locator(".govuk-service-navigation__item--active")
    expect(here).to_have_text("More")
