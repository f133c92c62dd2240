"""A recording of which nothing is here any more says so, and whoever manages hears of its disc."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.hard_media.models import HandOver
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, items, stock
from forthright.rules.media_hands import Receiver
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import CarrierEvent
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SHELF = carriers.Hands(Receiver.UNIT, "Shelf 15")
NOON, TODAY = given.NOON, given.NOON.date()
MISSING = "which is missing since 5 October 2026. Nothing of it is here any more."
NOT_HERE = "1 case with a recording that is not here any more"


def on_a_disc(*recordings, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, list(recordings), by=None, at=NOON)
    return disc


def missed(disc, *, at=NOON):
    """Have a stock-take miss a disc."""
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=at)
    stock.finish_stock_take(taken, by=None, at=at)
    disc.refresh_from_db()
    assert disc.state == "MISSING"
    return disc


def ended(disc, event=CarrierEvent.RETURN, because="The police keep the original.", at=NOON):
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because=because)
    return carriers.end_carrier(disc, event, to=to, on=at.date(), by=None, at=at)


def by_a_link_until(hearing, ends):
    item = media.an_expected_item(hearing)
    came = items.Came(source="DEMS", on=TODAY, link="https://dems.example/x", link_expires_on=ends)
    return items.receive_item(item, came, by=None, at=NOON)


def received(hearing):
    return [each.steps[0].reached for each in ladder_of(hearing, TODAY).items]


def test_the_only_copy_on_a_missing_disc_is_not_here_on_any_page(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    lawyer = media.a_lawyer()
    as_(lawyer).open("/").see("1 recording to view")

    missed(disc)

    why = f"It came on {disc.barcode}, {MISSING}"
    ladder = ladder_of(hearing, TODAY)
    assert received(hearing) == [False]
    assert ladder.next_words == "1 of 1 recording not received"
    as_(lawyer).open("/").not_see("recording to view")
    as_(lawyer).open(f"/recordings/cases/{hearing.case_id}/").see(why)
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/")
    page.see(f"It is not here. {why} Ask the police for it again.")
    page.see(f"{disc}: missing")
    page.follow("Ask the police for it again").press(
        "The police were asked", reason="The disc is missing."
    )
    assert received(hearing) == [False]
    as_(lawyer).open(f"/recordings/items/{item.pk}/").not_see("It is not here.").see("Asked for.")
    as_(lawyer).open("/").not_see(NOT_HERE)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.LINE_MANAGER, Role.LEGAL_MANAGER])
def test_a_missing_disc_is_a_task_until_it_is_found(hearing, role):
    disc = missed(on_a_disc(media.an_expected_item(hearing)))
    browser = as_(given.a_person(role))

    page = browser.open("/").see("1 disc or stick is missing").see(NOT_HERE)
    assert hearing.case.urn in page.follow(NOT_HERE).rows()[0][0]
    assert disc.barcode in page.follow("1 disc or stick is missing").rows()[0][0]

    stock.find_carrier(
        disc, media.to("Shelf 15", Receiver.UNIT), reason="In the next box.", by=None, at=NOON
    )
    browser.open("/").not_see("is missing").not_see(NOT_HERE)


def test_a_missing_disc_with_something_sensitive_is_said_more_strongly(hearing):
    disc = missed(on_a_disc(media.a_classified_item(hearing, kind="SENSITIVE")))
    words = "1 disc or stick with something sensitive is missing"
    for role in (Role.LINE_MANAGER, Role.LEGAL_MANAGER):
        page = as_(given.a_person(role)).open("/").see(words)
        page.see("This may be a personal data breach: report it within your office at once.")
        page.not_see("1 disc or stick is missing")
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.see("Something on it is sensitive. This may be a personal data breach")


def test_nobody_outside_the_register_reads_of_a_missing_disc(hearing):
    missed(on_a_disc(media.an_expected_item(hearing)))
    other = given.a_person(Role.LINE_MANAGER, unit=given.a_unit("MAGISTRATES"))
    as_(other).open("/").not_see("is missing")


def test_a_missing_disc_is_found_on_its_own_page(hearing):
    item = media.an_expected_item(hearing)
    disc = missed(on_a_disc(item))
    lawyer = media.a_lawyer()
    page = as_(lawyer).open(f"/recordings/discs/{disc.pk}/").see("since Monday 5 October 2026")
    page = page.follow("It was found")
    said = {"to_kind": "UNIT", "location": "Shelf 15"}
    assert page.press("Record that it was found", **said, reason="").errors

    page = page.press("Record that it was found", **said, reason="It lay in the next box.")

    page.see("It is recorded as found").see("Was missing, and found: It lay in the next box.")
    page.not_see("It was found")
    disc.refresh_from_db()
    assert (disc.state, disc.location) == ("HELD", "Shelf 15")
    assert received(hearing) == [True]
    assert Event.objects.filter(name="disc.held", subject_id=str(disc.pk)).count() == 1
    with pytest.raises(carriers.CarrierRefused, match="held"):
        stock.find_carrier(
            disc, media.to("Shelf 15", Receiver.UNIT), reason="It lay there.", by=None, at=NOON
        )


def test_whoever_finds_a_disc_says_how(hearing):
    disc = missed(on_a_disc(media.an_expected_item(hearing)))
    with pytest.raises(carriers.CarrierRefused, match="Say how it turned up"):
        stock.find_carrier(disc, SHELF, reason=".", by=None, at=NOON)


def with_a_file(hearing):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    return item


@pytest.mark.parametrize(
    ("make", "reached"),
    [
        (media.an_expected_item, False),
        (media.a_received_item, True),  # a link that opens
        (with_a_file, True),
    ],
)
def test_what_is_here_otherwise_is_here(hearing, make, reached):
    missed(on_a_disc(make(hearing)))
    assert received(hearing) == [reached]


def test_on_two_discs_it_is_here_by_the_other(hearing):
    item = media.an_expected_item(hearing)
    first, second = on_a_disc(item), on_a_disc(item, location="Shelf 15")
    missed(first)
    assert received(hearing) == [True]
    ended(second, CarrierEvent.DESTROY)
    (only,) = ladder_of(hearing, TODAY).items
    assert only.steps[0].why == (
        f"It came on {first.barcode}, which is missing since 5 October 2026 and on "
        f"{second.barcode}, which was destroyed on 5 October 2026. Nothing of it is here any more. "
        "Ask for it again."
    )


def test_what_came_by_hand_and_on_no_disc_of_the_register_is_here(hearing):
    item = media.an_expected_item(hearing)
    items.receive_item(item, items.Came(source="DISC", on=TODAY), by=None, at=NOON)
    assert received(hearing) == [True]


def test_a_disc_with_the_copy_before_says_nothing_of_the_next(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    later = NOON + timedelta(days=1)
    items.request_item(item, reason="The sound is missing.", by=None, at=later)
    item.refresh_from_db()
    came = items.Came(source="DISC", on=later.date(), is_on_none=True)
    items.receive_item(item, came, by=None, at=later)
    missed(disc, at=later)
    assert received(hearing) == [True]


def test_a_link_that_ended_leads_nowhere(hearing):
    ends = TODAY + timedelta(days=5)
    item = by_a_link_until(hearing, ends)
    assert ladder_of(hearing, ends).items[0].steps[0].reached
    (only,) = ladder_of(hearing, ends + timedelta(days=1)).items
    assert only.steps[0].why.startswith("It came as a link that ended on 10 October 2026.")
    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        page = as_(media.a_lawyer()).open("/").see(NOT_HERE).not_see("recording to view")
        page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
        page.see("It is not here.").follow("Ask the police for it again")


def test_a_case_that_was_ready_stays_ready_and_no_figure_changes(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    item.refresh_from_db()
    media.shared(hearing, item)
    week = week_of(TODAY)

    def counted():
        as_of = TODAY + timedelta(days=1)
        return backlog_of(hearing.area, week, week.plus(-12), as_of=as_of).recordings

    before = counted()
    ended(disc)

    ladder = ladder_of(hearing, TODAY)
    assert (ladder.standing, ladder.has_gone) == (Standing.READY, False)
    assert received(hearing) == [True]
    assert counted() == before
    as_(media.a_lawyer()).open("/").not_see(NOT_HERE)
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see("It is not here.")


@pytest.mark.parametrize("event", [CarrierEvent.RETURN, CarrierEvent.DESTROY])
def test_the_last_copy_goes_only_with_why(hearing, event):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    said = {"event": event, "to_kind": "POLICE", "to": "PC 2841"}
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/end/")
    page.see(f"Nothing else here holds {item}. It may go all the same")

    for more in ({}, {"is_last_copy": "on"}, {"last_copy_because": "They keep the original."}):
        again = page.press("Record it", **said, **more)
        assert again.errors[0].startswith(f"Nothing else here holds {item}: no file, no link")
        disc.refresh_from_db()
        assert disc.state == "HELD"

    why = "They keep the original."
    page.press("Record it", **said, is_last_copy="on", last_copy_because=why).see(
        f"Why it went all the same: {why}"
    )
    assert HandOver.objects.order_by("pk").last().last_copy_because == why
    assert received(hearing) == [False]


@pytest.mark.parametrize(
    ("make", "is_last"),
    [
        (media.an_expected_item, True),
        (media.a_received_item, False),
        (with_a_file, False),
    ],
)
def test_nothing_is_asked_of_a_copy_that_is_not_the_last(hearing, make, is_last):
    disc = on_a_disc(make(hearing))
    assert bool(here_only_on(disc, TODAY)) is is_last
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/end/")
    (page.see if is_last else page.not_see)("Why may the only copy here go?")


def test_nothing_is_asked_of_what_nobody_needs(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "NOT_RELEVANT", by=None, at=NOON)
    assert not here_only_on(disc, TODAY)
    ended(disc, because="")


BEFORE_IT_ENDS = "1 recording to view before its link ends"


@pytest.mark.parametrize(
    ("days", "is_told"), [(0, True), (7, True), (8, False), (30, False)]
)  # fmt: skip
def test_whoever_is_to_view_it_hears_a_week_before_its_link_ends(hearing, days, is_told):
    item = by_a_link_until(hearing, TODAY + timedelta(days=days))
    browser = as_(media.a_lawyer())
    page = browser.open("/").see("1 recording to view")
    on_its_page = browser.open(f"/recordings/items/{item.pk}/")
    if is_told:
        assert hearing.case.urn in page.follow(BEFORE_IT_ENDS).rows()[0][0]
        on_its_page.see("and nothing else of it is here. View it before then")
    else:
        page.not_see(BEFORE_IT_ENDS)
        on_its_page.not_see("The link by which it came ends")


def test_nobody_hears_of_the_end_of_a_link_that_nobody_needs(hearing):
    ends = TODAY + timedelta(days=3)
    on_a_disc(by_a_link_until(hearing, ends))
    items.view_item(by_a_link_until(hearing, ends), how="All of it.", by=None, at=NOON)
    as_(media.a_lawyer()).open("/").see("1 recording to view").not_see(BEFORE_IT_ENDS)
