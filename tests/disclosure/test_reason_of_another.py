"""A decision that is changed is asked for a reason of its own: that of before is not left to it."""

import json

import pytest

from forthright.disclosure.models import Endorsement
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import SameReason, Written, endorse_item
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
HELPS = "She saw two men, which assists the defence"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def disclosed():
    """Return a duty whose log, which is presumed to be disclosed, stands as D; and its lawyer."""
    duty, her = duties.reviewing(), duties.a_lawyer()
    item = lines_of(duty)[1].item
    duties.endorse(duty, item, "D", reason=HELPS, by=her)
    return duty, item, her


def of(item) -> list[tuple[str, str]]:
    return list(Endorsement.objects.filter(item=item).order_by("pk").values_list("code", "reason"))


@pytest.mark.parametrize("code", ["ND", "CND", "I", "Q", "E"])
@pytest.mark.parametrize(
    "reason",
    [HELPS, f"  {HELPS.upper()} ", f"{HELPS}.", HELPS.replace(" ", "  ").replace(",", " –")],
)
def test_the_reason_of_the_decision_before_is_refused(disclosed, code, reason):
    duty, item, her = disclosed
    wish = Written(item_id=item.pk, code=code, reason=reason)

    with pytest.raises(SameReason, match=f"that of D .disclose., which stands.*why it is {code}"):
        endorse_item(duty, wish, by=her, at=given.NOON)

    assert of(item) == [("D", HELPS)]


def test_it_is_kept_where_somebody_says_that_it_holds(disclosed):
    duty, item, her = disclosed
    wish = Written(item_id=item.pk, code="I", reason=HELPS, is_same_reason=True)

    endorse_item(duty, wish, by=her, at=given.NOON)

    assert of(item) == [("D", HELPS), ("I", HELPS)]


def test_a_reason_of_its_own_and_the_same_decision_again_are_not_asked_about(disclosed):
    duty, item, her = disclosed

    duties.endorse(duty, item, "D", reason=HELPS, by=her)
    duties.endorse(duty, item, "ND", reason="Another address", by=her)
    # That of a decision long before stands no more.
    duties.endorse(duty, item, "D", reason=HELPS, by=her)

    assert [code for code, _ in of(item)] == ["D", "D", "ND", "D"]


def test_the_plain_form_refuses_it_and_asks_whether_it_holds(disclosed):
    duty, item, her = disclosed
    page = as_(her).open(f"/disclosure/{duty.pk}/endorse/")

    page = page.press("Keep these endorsements", **{f"code_{item.pk}": "ND"})

    page.see("Write why it is ND", "The same reason holds for MG6C item 2", "Stands now: D")
    assert of(item) == [("D", HELPS)]
    page.press("Keep these endorsements", **{f"same_{item.pk}": "on"}).see("1 endorsement kept")
    assert of(item) == [("D", HELPS), ("ND", HELPS)]


def test_the_quick_grid_refuses_it_on_the_server_as_well(disclosed):
    duty, item, her = disclosed
    browser = as_(her)
    stands = next(
        each for each in json.loads(
            browser.client.get(f"/disclosure/{duty.pk}/endorse/items/").content
        )["items"] if each["id"] == item.pk
    )  # fmt: skip
    said = {f"code_{item.pk}": "ND", f"reason_{item.pk}": HELPS,
            f"opened_{item.pk}": stands["opened"]}  # fmt: skip
    keep = f"/disclosure/{duty.pk}/endorse/{item.pk}/keep/"

    refused = browser.client.post(keep, said)
    kept = browser.client.post(keep, {**said, f"same_{item.pk}": "on"})

    assert refused.status_code == 409
    assert "that of D (disclose)" in json.loads(refused.content)["refusal"]
    assert json.loads(kept.content)["item"]["code"] == "ND"
