"""What is taken back, and a party has all the same, is asked for until somebody says what came."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import AskedBack, ShareLink, ShareRecord
from forthright.hard_media.selectors.asked_back import to_ask_for
from forthright.hard_media.services import asked_back, items, sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    UNTIL,
    a_copy,
    address_of,
    entered,
    given_of,
    shared,
    shared_by_link,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LONGER = UNTIL + timedelta(days=9)
HEADING = "It was taken back, and may still be with whoever had it."
ASK = "Ask each of them to delete or return what they have"
BREACH = "think of a personal data breach"
STILL_THERE = "What was taken back of {} in {} may still be with whoever had it"
DONE = "hat they took out, or got another way, they have all the same: ask them for it."


def taken_out(item):
    """Have the firm take out what came by its link, and return the share."""
    link = ShareLink.objects.get()
    client = entered(link)
    answer = client.post(address_of(link, f"recordings/{given_of(item).pk}/take-out/"))
    b"".join(client.get(answer.headers["Location"]).streaming_content)
    return ShareRecord.objects.get(links=link)


def withdrawn(browser, item):
    page = browser.open(f"/recordings/items/{item.pk}/record/withdrawn/").see(DONE)
    return page.press("Withdraw it", reason="It is of another case.")


def found(kind):
    def classified(browser, item):
        page = browser.open(f"/recordings/items/{item.pk}/decide/classified/").see(DONE)
        return page.press("Classify it", classification=kind, reason="Another street.")

    return classified


def taken_back(browser, item):
    for share in item.shares.order_by("pk"):
        page = browser.open(f"/recordings/shares/{share.pk}/take-back/").see(DONE)
        page = page.press("It was taken back", reason="A stranger's flat is seen.")
    return page


@pytest.mark.parametrize(
    "take_back",
    [
        pytest.param(withdrawn, id="withdrawn"),
        pytest.param(found("NOT_RELEVANT"), id="found not relevant"),
        pytest.param(found("SENSITIVE"), id="found sensitive"),
        pytest.param(taken_back, id="taken back"),
    ],
)
def test_who_had_it_is_named_and_asked_however_it_was_taken_back(hearing, item, take_back):
    shared_by_link(hearing, item)
    taken_out(item)
    shared(hearing, item, parties=media.parties_of(hearing)[:1], way="EGRESS")
    browser = as_(media.a_lawyer())

    page = take_back(browser, item)

    page.see("Ask", "the court", "Hale LLP", "to delete or return what they have")
    page.see(HEADING, ASK, BREACH, "Taken out", "Egress")
    case = browser.open(f"/recordings/cases/{hearing.case_id}/")
    case.see("Taken back, and to be asked for", item.exhibit, "Hale LLP", ASK, BREACH)
    words = STILL_THERE.format(item, item.case)
    browser.open("/").follow(words).see(HEADING)


def test_it_is_asked_for_until_somebody_records_what_they_said(hearing, item):
    shared_by_link(hearing, item)
    share = taken_out(item)
    items.withdraw_item(item, reason="Another case.", by=None, at=NOON)
    lawyer = media.a_lawyer()
    words = f"Record what they said: Hale LLP, {item}, share {share.pk}"
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/").follow(words)

    page = page.press("Record it", answer="Deleted, they write on 6 October.", wait="SETTLED")

    page.not_see(HEADING).see("Asked for: Deleted, they write on 6 October.")
    page.browser.open("/").not_see("may still be with")
    page.browser.open(f"/recordings/cases/{hearing.case_id}/").not_see("to be asked for")
    kept, event = AskedBack.objects.get(), Event.objects.get(name="share.asked_back")
    assert (kept.share, kept.by, kept.at) == (share, lawyer, NOON)
    assert "Deleted" not in str(event.detail)


def test_it_waits_until_an_answer_settles_it_and_a_later_one_takes_that_back(hearing, item):
    shared(hearing, item, way="EGRESS")
    items.withdraw_item(item, reason="Another case.", by=None, at=NOON)
    share = ShareRecord.objects.get()
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/items/{item.pk}/").follow(
        f"Record what they said: Hale LLP, {item}, share {share.pk}"
    )
    page.press("Record it", answer="Yes.").see("Say whether it waits still or is settled")

    page = page.press("Record it", answer="They will look and ring back.", wait="WAITS")

    page.see("It is recorded, and waits still", HEADING, "They will look and ring back.")
    browser.open("/").see("may still be with")
    more = f"Record more of what they said: Hale LLP, share {share.pk}"
    page = page.follow(more).press("Record it", answer="Deleted.", wait="SETTLED")
    page.see("It is recorded, and waits no more", "ring back.").not_see(HEADING)
    browser.open("/").not_see("may still be with")
    page = page.follow(more).press("Record it", answer="Another mail: not all.", wait="WAITS")
    page.see(HEADING, "They will look and ring back.", "Deleted.", "Another mail: not all.")
    browser.open("/").see("may still be with")


def test_nobody_is_asked_for_what_a_link_gave_to_nobody(hearing, item):
    shared_by_link(hearing, item)
    browser = as_(media.a_lawyer())

    withdrawn(browser, item).not_see(HEADING, "to delete or return what they have")

    browser.open(f"/recordings/cases/{hearing.case_id}/").not_see("to be asked for")
    browser.open("/").not_see("may still be with")


def test_nobody_is_asked_for_what_the_same_address_has_all_the_same(hearing, item):
    shared_by_link(hearing, item)
    share = taken_out(item)
    shared_by_link(hearing, item, until=LONGER)

    page = as_(media.a_lawyer()).open(f"/recordings/shares/{share.pk}/take-back/")

    told = page.press("It was taken back", reason="It is there twice.", only_this=True)

    told.not_see(HEADING)


def test_they_are_asked_while_the_email_to_the_same_address_has_not_gone(hearing, item):
    shared_by_link(hearing, item)
    sharing.revoke_share(taken_out(item), reason="Too early.", by=None, at=NOON)
    shared_by_link(hearing, item, is_told=False)
    assert to_ask_for([item.pk])

    told(hearing)

    assert not to_ask_for([item.pk])


def test_they_are_asked_where_the_link_to_the_same_address_gives_less(hearing, item):
    clip = a_copy(item, what="CLIP", box=None, start=1, end=20, content=b"a clip")
    shared_by_link(hearing, item)
    sharing.revoke_share(taken_out(item), reason="Too much.", by=None, at=NOON)

    shared(hearing, copies=[clip])

    assert to_ask_for([item.pk])


def by_link(until=UNTIL, **party):
    return lambda hearing, item: shared_by_link(
        hearing, item, parties=[Party(**party)], until=until
    )


def otherwise(way, **party):
    return lambda hearing, item: shared(
        hearing, item, way=way, parties=[Party(**party)] if party else None
    )


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param(
            by_link(kind="COURT", email="court@wrong.example"),
            by_link(LONGER, kind="COURT", email="court@right.example"),
            id="another address of the court",
        ),
        pytest.param(
            by_link(kind="COUNSEL", email="a@chambers.example"),
            by_link(kind="COUNSEL", email="b@chambers.example"),
            id="another counsel",
        ),
        pytest.param(
            otherwise("EGRESS", kind="COURT"),
            otherwise("COMMON_PLATFORM", kind="COURT"),
            id="the court, another way",
        ),
        pytest.param(
            otherwise("EGRESS", kind="POLICE"),
            otherwise("DEMS", kind="POLICE"),
            id="the police, another way",
        ),
        pytest.param(otherwise("EGRESS"), shared_by_link, id="a firm, by a link"),
        pytest.param(shared_by_link, otherwise("EGRESS"), id="a firm, another way"),
    ],
)
@pytest.mark.parametrize("is_before", [False, True])
def test_whoever_had_it_is_asked_though_the_right_one_has_it(hearing, item, first, then, is_before):
    first(hearing, item)
    share = ShareRecord.objects.get()
    if share.way == "LINK":
        taken_out(item)
    if is_before:
        then(hearing, item)
    sharing.revoke_share(share, reason="It went to a stranger.", by=None, at=NOON)
    if not is_before:
        then(hearing, item)
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/cases/{hearing.case_id}/").see("Taken back, and to be asked for")
    browser.open("/").see(STILL_THERE.format(item, item.case))

    share.refresh_from_db()
    asked_back.record_answer(share, "Deleted.", is_settled=True, by=None, at=NOON)
    assert not to_ask_for([item.pk])


def test_what_was_asked_for_again_is_the_copy_before_and_nobody_is_asked(hearing, item):
    shared(hearing, item, parties=COURT, way="EGRESS")
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)

    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").not_see(HEADING)


def comes(item, how):
    """Have what was asked for come, and be found what it is."""
    item.refresh_from_db()
    files.a_kept_file(item, content=b"the same with its sound")
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=NOON)
    item.refresh_from_db()
    items.classify_item(item, how, reason="An address is heard.", by=None, at=NOON)
    item.refresh_from_db()


@pytest.mark.parametrize("found_to_be", ["SENSITIVE", "NOT_RELEVANT", "WITHDRAWN"])
@pytest.mark.parametrize("is_over", [False, True])
def test_what_was_asked_for_again_and_is_for_nobody_is_asked_for(
    hearing, item, found_to_be, is_over
):
    shared(hearing, item, way="EGRESS")
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    assert not to_ask_for([item.pk])
    item.refresh_from_db()

    if found_to_be == "WITHDRAWN":
        items.withdraw_item(item, reason="It is of another case.", by=None, at=NOON)
    else:
        comes(item, found_to_be)
    if is_over:  # what was found once is asked for, whatever becomes of the recording
        item.refresh_from_db()
        if found_to_be == "WITHDRAWN":
            items.reinstate_item(item, by=None, at=NOON)
        else:
            items.request_item(item, reason="Once more.", by=None, at=NOON)

    browser = as_(media.a_lawyer())
    browser.open(f"/recordings/items/{item.pk}/").see(HEADING, "Egress")
    browser.open(f"/recordings/cases/{hearing.case_id}/").see("Taken back, and to be asked for")
    browser.open("/").see(STILL_THERE.format(item, item.case))


@pytest.mark.parametrize("kind", ["RELIED_ON", "UNUSED"])
def test_what_came_again_and_may_be_shared_asks_nobody(hearing, item, kind):
    shared(hearing, item, way="EGRESS")
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)

    comes(item, kind)

    assert not to_ask_for([item.pk])


def test_what_stands_is_not_asked_for_and_a_word_is_needed(hearing, item):
    shared(hearing, item, way="EGRESS")
    share = ShareRecord.objects.get()
    with pytest.raises(ShareRefused, match="not taken back"):
        asked_back.record_answer(share, "Deleted.", is_settled=True, by=None, at=NOON)
    items.withdraw_item(item, reason="Another case.", by=None, at=NOON)
    share.refresh_from_db()

    with pytest.raises(ShareRefused, match="Say what they said"):
        asked_back.record_answer(share, " . ", is_settled=True, by=None, at=NOON)


def test_another_unit_records_nothing(hearing, item):
    shared(hearing, item, way="EGRESS")
    items.withdraw_item(item, reason="Another case.", by=None, at=NOON)
    stranger = media.a_lawyer(unit=given.a_unit("MAGISTRATES"))

    address = f"/recordings/shares/{ShareRecord.objects.get().pk}/asked/"

    assert as_(stranger).try_("get", address) == 404


def test_who_reads_a_wrong_address_is_asked_though_the_firm_has_it_since(hearing, item):
    shared_by_link(hearing, item)
    share = taken_out(item)
    sharing.revoke_share(share, reason="It went to somebody else.", by=None, at=NOON)
    ShareLink.objects.update(wrong_at=NOON)
    shared_by_link(hearing, item)

    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")

    page.see(HEADING, "to rosa.hale@firm.example")
