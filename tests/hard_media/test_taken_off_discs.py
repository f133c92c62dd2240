"""What stands of a recording once it is taken off a disc, and when it may be taken off."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import Playing
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.rules.media_hands import Receiver
from forthright.rules.media_rungs import Rung
from forthright.rules.words import day_of
from tests import given
from tests.hard_media import files, links, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, HOUR, DAY = given.NOON, timedelta(hours=1), timedelta(days=1)
TODAY = NOON.date()
AS_BEFORE = "This is, byte for byte, a file that came before"


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


def ticked(disc, item, at):
    disc.refresh_from_db()
    return carriers.put_on_carrier(disc, [item], by=None, at=at)


def filled(item, at, **fields):
    disc = media.a_disc(at=at, **fields)
    ticked(disc, item, at)
    return disc


def put_right(disc, *not_on_it, at, **fields):
    disc.refresh_from_db()
    words = {"barcode": disc.barcode, "received_on": disc.received_on, **fields}
    right = Right(**words, reason="The box beside it was meant.", not_on_it=not_on_it)
    put_disc_right(disc, right, by=None, at=at)


def now(item):
    item.refresh_from_db()
    day = item.received_at and day_of(item.received_at)
    return item.state, day, item.source


def readable(hearing):
    (found,) = ladder_of(hearing, TODAY).items
    return next((each.reached, each.why) for each in found.steps if each.rung is Rung.READABLE)


@pytest.mark.parametrize("comes", ["before the disc", "after the disc"])
def test_the_copy_that_was_found_wanting_answers_nothing_once_a_disc_is_empty(comes, hearing):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    item.refresh_from_db()
    item = items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)
    same = files.a_kept_file(item, at=NOON + 2 * HOUR) if comes == "before the disc" else None
    disc = filled(item, NOON + 3 * HOUR, received_on=TODAY)
    assert now(item)[0] == "RECEIVED_PHYSICAL"
    if same is None:
        item.refresh_from_db()
        same = files.a_kept_file(item, at=NOON + 4 * HOUR)
        with pytest.raises(carriers.CarrierRefused, match="found wanting before"):
            put_right(disc, item, at=NOON + 5 * HOUR)
        return

    put_right(disc, item, at=NOON + 5 * HOUR)

    same.refresh_from_db()
    assert now(item) == ("REQUESTED", None, "")
    assert same.refusal.startswith(AS_BEFORE)
    assert Event.objects.get(name="disc.taken_off").detail["no_answer"] == [same.pk]


def test_another_file_beside_the_copy_found_wanting_lets_both_stand(hearing):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    item.refresh_from_db()
    item = items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)
    same = files.a_kept_file(item, at=NOON + 2 * HOUR)
    disc = filled(item, NOON + 3 * HOUR, received_on=TODAY)
    item.refresh_from_db()
    files.a_kept_file(item, content=b"the sound", name="sound.wav", at=NOON + 4 * HOUR)

    put_right(disc, item, at=NOON + 5 * HOUR)

    same.refresh_from_db()
    assert (now(item), same.refusal) == (("VERIFIED", TODAY, "UPLOAD"), "")


def test_what_is_with_a_party_keeps_what_is_on_it_until_it_is_back(hearing):
    item = links.with_a_file(hearing)
    hiding = links.a_copy(item)
    disc = filled(item, NOON + HOUR, received_on=TODAY)
    to = media.to("Hale LLP", Receiver.DEFENCE, hidden_too=True)
    carriers.hand_over(disc, to, by=None, at=NOON + HOUR)

    with pytest.raises(carriers.CarrierRefused, match=r"is with Hale LLP.* Get it back"):
        put_right(disc, item, at=NOON + 2 * HOUR)
    with pytest.raises(Exception, match="Hale LLP would have"):
        links.shared(hearing, copies=[hiding])

    disc.refresh_from_db()
    back = media.to("Shelf 14", Receiver.UNIT)
    carriers.hand_over(disc, back, by=None, at=NOON + 3 * HOUR)
    put_right(disc, item, at=NOON + 4 * HOUR)
    assert not disc.carried.exists()


@pytest.mark.parametrize("plays", [True, False])
def test_what_was_tried_on_the_wrong_disc_is_untried_on_the_right_one(plays, hearing):
    item = media.a_requested_item(hearing)
    wrong = filled(item, NOON)
    items.try_item(item, plays=plays, reason="Tried.", by=None, at=NOON + HOUR)
    right = filled(item, NOON + 2 * HOUR, received_on=TODAY)

    put_right(wrong, item, at=NOON + 3 * HOUR)

    assert now(item) == ("RECEIVED_PHYSICAL", right.received_on, "DISC")
    assert item.is_readable is None
    assert readable(hearing) == (False, "Nobody has tried whether it plays.")
    assert wrong.barcode in item.steps.last().reason


@pytest.mark.parametrize(("how", "state"), [("AS_IT_IS", "PLAYABLE"), ("NOT_AT_ALL", "UNPLAYABLE")])
def test_what_was_tried_on_the_wrong_disc_says_nothing_of_a_file(how, state, hearing):
    item = media.a_requested_item(hearing)
    wrong = filled(item, NOON)
    items.try_item(item, plays=True, by=None, at=NOON + HOUR)
    item.refresh_from_db()
    sent = files.a_kept_file(item, at=NOON + 2 * HOUR)
    Playing.objects.create(sent_file=sent, how=how, words="As it came.", made_at=NOON)

    put_right(wrong, item, at=NOON + 3 * HOUR)

    assert now(item) == (state, TODAY, "UPLOAD")
    assert item.is_readable is (how == "AS_IT_IS")


def test_a_file_that_nobody_looked_into_yet_is_untried(hearing):
    item = media.a_requested_item(hearing)
    wrong = filled(item, NOON)
    items.try_item(item, plays=True, by=None, at=NOON + HOUR)
    item.refresh_from_db()
    files.a_kept_file(item, at=NOON + 2 * HOUR)

    put_right(wrong, item, at=NOON + 3 * HOUR)

    assert (now(item)[0], item.is_readable) == ("VERIFIED", None)


def test_what_is_known_of_a_file_stays(hearing):
    item = media.a_requested_item(hearing)
    wrong = filled(item, NOON)
    item.refresh_from_db()
    files.a_kept_file(item, at=NOON + HOUR)
    items.try_item(item, plays=True, by=None, at=NOON + 2 * HOUR)

    put_right(wrong, item, at=NOON + 3 * HOUR)

    assert (now(item), item.is_readable) == (("PLAYABLE", TODAY, "UPLOAD"), True)
    assert wrong.barcode in item.steps.last().reason


def test_taken_off_both_discs_one_after_the_other_it_is_waited_for(hearing):
    item = media.a_requested_item(hearing)
    first, second = filled(item, NOON), filled(item, NOON + HOUR)

    put_right(first, item, at=NOON + 2 * HOUR)
    assert now(item)[0] == "RECEIVED_PHYSICAL"
    put_right(second, item, at=NOON + 3 * HOUR)

    assert now(item) == ("REQUESTED", None, "")


@pytest.mark.parametrize("is_ticked_once_more", [True, False])
def test_what_waited_for_the_day_of_its_disc_alone_comes_once_that_is_right(
    is_ticked_once_more, hearing
):
    item = media.a_received_item(hearing)
    item = items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    later, day = NOON + 2 * DAY, TODAY + 2 * DAY
    disc = media.a_disc(at=later, received_on=TODAY - DAY)
    assert ticked(disc, item, later) == [item]
    if is_ticked_once_more:
        # One whose day was put right before that was enough.
        type(disc).objects.filter(pk=disc.pk).update(received_on=day)
        assert ticked(disc, item, later + HOUR) == []
    else:
        put_right(disc, received_on=day, at=later + HOUR)
        assert Event.objects.get(name="disc.put_right").detail["received"] == [item.pk]

    assert now(item) == ("RECEIVED_PHYSICAL", day, "DISC")
    put_right(disc, item, at=later + 2 * HOUR)
    assert now(item) == ("REQUESTED", None, "")


@pytest.mark.parametrize("here_before", ["the disc", "the tick"])
def test_what_holds_the_copy_before_never_comes_by_its_day(here_before, hearing):
    item = media.a_requested_item(hearing)
    at = NOON - DAY if here_before == "the disc" else NOON
    disc = media.a_disc(at=at, received_on=TODAY - 2 * DAY)
    if here_before == "the tick":
        ticked(disc, item, NOON)
    else:
        came = items.Came(source="DEMS", on=TODAY, link="https://dems.example/1")
        items.receive_item(item, came, by=None, at=NOON)
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)
    if here_before == "the disc":
        assert ticked(disc, item, NOON + 2 * HOUR) == [item]

    put_right(disc, received_on=TODAY - DAY, at=NOON + 3 * HOUR)

    assert now(item)[0] == "REQUESTED"


def test_one_of_two_discs_put_right_to_a_later_day_leaves_the_day_of_the_other(hearing):
    item = media.a_requested_item(hearing)
    first = filled(item, NOON, received_on=TODAY - 6 * DAY)
    filled(item, NOON + HOUR, received_on=TODAY - 3 * DAY, kind="USB")

    put_right(first, received_on=TODAY - DAY, at=NOON + 2 * HOUR)

    assert now(item) == ("RECEIVED_PHYSICAL", TODAY - 3 * DAY, "USB")


def test_the_second_of_two_discs_that_came_first_is_what_it_came_with(hearing):
    item = media.a_requested_item(hearing)
    filled(item, NOON, received_on=TODAY - 3 * DAY)
    second = filled(item, NOON + HOUR, received_on=TODAY - DAY, kind="USB")

    put_right(second, received_on=TODAY - 5 * DAY, at=NOON + 2 * HOUR)

    assert now(item) == ("RECEIVED_PHYSICAL", TODAY - 5 * DAY, "USB")


def test_what_went_out_of_the_copy_before_binds_no_day_of_the_next(hearing):
    item = links.with_a_file(hearing)
    media.shared(hearing, item)
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)
    disc = filled(item, NOON + 3 * DAY, received_on=TODAY + 2 * DAY)

    put_right(disc, received_on=TODAY + DAY, at=NOON + 4 * DAY)

    assert now(item) == ("RECEIVED_PHYSICAL", TODAY + DAY, "DISC")


def test_a_disc_with_the_copy_before_is_no_way_in_which_the_next_came(hearing):
    item = media.a_requested_item(hearing)
    old = filled(item, NOON - 4 * DAY)
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    new = filled(item, NOON + HOUR, received_on=TODAY)

    put_right(old, received_on=TODAY - 9 * DAY, at=NOON + 2 * HOUR)
    assert now(item) == ("RECEIVED_PHYSICAL", TODAY, "DISC")
    put_right(new, item, at=NOON + 3 * HOUR)

    assert now(item) == ("REQUESTED", None, "")


@pytest.mark.parametrize("came", ["as a link", "as a file", "with another disc"])
def test_what_was_viewed_before_it_was_said_to_be_on_a_disc_is_taken_off(came, hearing):
    old = media.a_disc(at=NOON - 4 * DAY)
    if came == "as a link":
        item = media.a_received_item(hearing)
    else:
        item = media.a_requested_item(hearing)
        files.a_kept_file(item) if came == "as a file" else filled(item, NOON)
    item.refresh_from_db()
    if came == "as a file":
        items.try_item(item, plays=True, by=None, at=NOON)
    items.view_item(item, how="All of it.", by=None, at=NOON + HOUR)
    before = now(item)
    ticked(old, item, NOON + 2 * HOUR)

    put_right(old, item, at=NOON + 3 * HOUR)

    assert now(item) == before
    assert not old.carried.exists()


@pytest.mark.parametrize("came", ["viewed since", "in the hand", "before that was kept"])
def test_what_may_have_been_viewed_from_the_disc_stays_on_it(came, hearing):
    old = media.a_disc(at=NOON - 4 * DAY)
    if came == "in the hand":
        item = media.a_requested_item(hearing)
        items.receive_item(item, items.Came(source="DISC", on=TODAY), by=None, at=NOON)
    else:
        item = media.a_received_item(hearing)
    item.refresh_from_db()
    viewed, said = (2, 1) if came == "viewed since" else (1, 2)
    if said == 1:
        ticked(old, item, NOON + HOUR)
    items.view_item(item, how="All of it.", by=None, at=NOON + viewed * HOUR)
    if said == 2:
        ticked(old, item, NOON + 2 * HOUR)
    if came == "before that was kept":
        old.carried.update(ticked_at=None)

    with pytest.raises(carriers.CarrierRefused, match="was viewed since"):
        put_right(old, item, at=NOON + 3 * HOUR)
