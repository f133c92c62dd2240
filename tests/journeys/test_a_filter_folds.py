"""A filter is folded on a telephone and open beside its list, in a browser without script."""

import pytest
import time_machine

from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.journey


@pytest.fixture
def her(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        media.a_ready_case(urn="20AB7000126")
        yield walk(media.a_lawyer().email, has_script=False)


def list_at(her, width):
    her.page.set_viewport_size({"width": width, "height": 844})
    her.page.goto(f"{her.site}/recordings/")
    return her.page.get_by_label("URN"), her.page.get_by_text("Choose what is shown")


def test_on_a_telephone_the_list_is_near_and_one_press_opens_the_filter(her):
    box, fold = list_at(her, 390)
    filter_ = her.page.locator(".app-filter")
    assert (box.is_visible(), filter_.bounding_box()["height"] < 200) == (False, True)

    fold.click()
    box.fill("20AB7")
    her.press("Apply filters").see("20AB7000126", "Clear filters")


def test_beside_its_list_a_filter_is_open_and_has_nothing_to_fold(her):
    box, fold = list_at(her, 1280)

    assert (box.is_visible(), fold.is_visible()) == (True, False)
    box.fill("20AB7")
    her.press("Apply filters").see("Clear filters")
