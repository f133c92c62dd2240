"""A party opens what was shared with it by a link and a code; everything else stays shut."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import (
    Representation,
    ShareLink,
    ShareReceipt,
    ShareRecord,
)
from forthright.hard_media.selectors.links import SALT, content_given
from forthright.hard_media.services import links, sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party
from forthright.web.models import Job
from tests.client import as_, as_nobody
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    NOON,
    UNTIL,
    a_code,
    address_of,
    bytes_of,
    entered,
    given_of,
    shared_by_link,
    source_of,
    that_plays,
    told,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_each_party_gets_a_link_of_its_own_and_an_email_that_names_no_case(hearing, item):
    parties = [Party(kind="COURT", email="court@court.example"), *media.parties_of(hearing)[1:]]
    shared_by_link(hearing, item, parties=parties, is_told=False)

    for one in ShareLink.objects.all():
        links.tell_party(one, address=f"https://here{address_of(one)}", by=None, at=NOON)
        links.tell_party(one, address="twice", by=None, at=NOON)

    assert [each.to for each in mail.outbox] == [
        ["rosa.hale@firm.example"],
        ["court@court.example"],
    ]
    assert "20AB7000126" not in mail.outbox[0].body
    assert Job.objects.filter(name="hard_media.tell").count() == 2


def test_a_party_opens_plays_and_takes_out_what_it_was_given_and_receipts_appear(link, item):
    that_plays(item)
    page = as_nobody().open(address_of(link))
    page = page.see("r…@firm.example").not_see("20AB7000126").press("Send me a code")
    code = mail.outbox[-1].subject[:6]

    page = page.press("Open the recordings", code=f" {code} ").see("20AB7000126", files.SHA256)
    page = page.follow("cctv.mp4")
    file, client = given_of(item), page.browser.client
    bytes_of(client.get(source_of(client, link, file)))
    answer = client.post(address_of(link, f"recordings/{file.pk}/take-out/"), follow=True)
    assert bytes_of(answer) == files.VIDEO
    watched = address_of(link, f"recordings/{file.pk}/watched/")
    with time_machine.travel(NOON + timedelta(minutes=2)):
        client.post(watched, {"seconds": "65"})

    assert [(each.what, each.sha256) for each in ShareReceipt.objects.all()] == [
        ("OPENED", ""), ("FETCHED", ""), ("TAKEN_OUT", files.SHA256), ("WATCHED", "")
    ]  # fmt: skip
    share = ShareRecord.objects.get()
    assert (share.opened_on, share.opened_known) == (NOON.date(), "RECEIPT")
    shown = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    shown.see("Opened: cctv.mp4", "Played: cctv.mp4, 1:05 of it", f"SHA-256 {files.SHA256}")
    assert Event.objects.filter(name="share.taken_out_by_link").count() == 1


@pytest.mark.parametrize(
    "more", ["recordings/", "recordings/{}/", "recordings/{}/content/nothing/"]
)
def test_nothing_opens_before_the_code(link, item, more):
    answer = Client().get(address_of(link, more.format(given_of(item).pk)))

    assert (answer.status_code, answer.url) == (302, address_of(link))


def test_nothing_is_taken_out_before_the_code(link, item):
    file = given_of(item)
    for what in ("take-out/", "watched/"):
        answer = Client().post(address_of(link, f"recordings/{file.pk}/{what}"), {"seconds": 5})
        assert answer.url == address_of(link)

    assert not ShareReceipt.objects.exists()


def test_a_code_opens_once_and_only_the_newest_within_its_time(link):
    old, new = a_code(link), a_code(link)
    if old != new:
        with pytest.raises(links.CodeRefused, match="That is not the code"):
            links.enter_code(link, old, by=None, at=NOON)
    late = NOON + timedelta(minutes=16)
    with pytest.raises(links.CodeRefused, match="no longer good"):
        links.enter_code(link, new, by=None, at=late)

    links.enter_code(link, new, by=None, at=NOON)

    with pytest.raises(links.CodeRefused, match="no longer good"):
        links.enter_code(link, new, by=None, at=NOON)


def test_a_code_cannot_be_guessed(link):
    code = a_code(link)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(links.MOST_TRIES):
        with pytest.raises(links.CodeRefused, match="That is not the code"):
            links.enter_code(link, wrong, by=None, at=NOON)

    with pytest.raises(links.CodeRefused, match="no longer good"):
        links.enter_code(link, code, by=None, at=NOON)
    for _ in range(links.MOST_CODES - 1):
        a_code(link)
    with pytest.raises(links.CodeRefused, match="Too many codes"):
        a_code(link)
    assert Event.objects.filter(name="link.code_wrong").count() == links.MOST_TRIES


def test_two_openings_at_once_are_both_noted_and_the_first_counts(link, item):
    got = content_given(link, given_of(item).pk)

    for _ in range(2):
        links.note_opened(got, by=None, at=NOON)

    assert ShareReceipt.objects.filter(what="OPENED").count() == 2
    assert Event.objects.filter(name="share.opened").count() == 1


def test_a_code_that_no_mail_server_takes_is_said_so(link, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    page = as_nobody().open(address_of(link)).press("Send me a code")

    page.see("The e-mail could not be sent just now", "then ask again")


def revoked(link, item):
    sharing.revoke_share(link.shares.get(), reason="To the wrong firm.", by=None, at=NOON)


def made_sensitive(link, item):
    media.items.classify_item(item, "SENSITIVE", reason="His address.", by=None, at=NOON)


def solicitor_changed(link, item):
    media.represented(link.hearing, link.representation.defendant, "Orr LLP", since=NOON.date())


def expired(link, item):
    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))


def withdrawn(link, item):
    media.items.withdraw_item(item, reason="It is of another case.", by=None, at=NOON)


@pytest.mark.parametrize("closed", [revoked, made_sensitive, solicitor_changed, expired, withdrawn])
def test_what_ends_a_share_shuts_every_way_at_once(link, item, closed):
    client, file = entered(link), given_of(item)
    played = client.get(address_of(link, f"recordings/{file.pk}/"))
    content = address_of(
        link, f"recordings/{file.pk}/content/"
        + signing.dumps([link.pk, file.pk, "download"], salt="hard_media.received") + "/",
    )  # fmt: skip
    assert (played.status_code, client.get(content).status_code) == (200, 200)

    closed(link, item)

    ways = [
        client.get(address_of(link, "recordings/")),
        client.get(address_of(link, f"recordings/{file.pk}/")),
        client.post(address_of(link, f"recordings/{file.pk}/take-out/")),
        client.get(content),
    ]
    assert {each.url for each in ways} == {address_of(link)}
    page = as_nobody().open(address_of(link))
    assert re.search("expired|taken back|no longer represents", page.words)
    with pytest.raises(links.CodeRefused):
        links.send_code(ShareLink.objects.get(pk=link.pk), by=None, at=NOON)


def test_a_link_opens_its_own_recordings_and_no_other(hearing, link, item):
    other = with_a_file(hearing, content=b"another recording")
    elsewhere_hearing = media.a_hearing(urn="20AB7000226")
    elsewhere = with_a_file(elsewhere_hearing, content=b"another case")
    for hers in (hearing, elsewhere_hearing):
        shared_by_link(hers, other if hers is hearing else elsewhere, parties=COURT)
    client = entered(link)

    for each in (other, elsewhere):
        pk = given_of(each).pk
        assert client.get(address_of(link, f"recordings/{pk}/")).status_code == 404
        assert client.post(address_of(link, f"recordings/{pk}/take-out/")).status_code == 404
    shown = client.get(address_of(link, "recordings/")).content.decode()
    assert (item.exhibit in shown, other.exhibit in shown) == (True, False)


def test_the_code_of_one_link_opens_no_other(hearing, link, item):
    shared_by_link(hearing, item, parties=COURT)
    court = ShareLink.objects.get(party="COURT")
    client = entered(link)

    answer = client.get(address_of(court, "recordings/"))

    assert answer.url == address_of(court)


@pytest.mark.parametrize(
    "ticket",
    [
        lambda: "nothing",
        lambda: signing.dumps(1, salt="other"),
        lambda: signing.dumps(9, salt=SALT),
    ],
    ids=["no ticket", "signed for something else", "of no link"],
)
def test_an_address_that_was_made_up_leads_nowhere(link, ticket):
    assert Client().get(f"/received/{ticket()}/").status_code == 404


def test_opening_lasts_some_hours(link):
    client = entered(link)

    with time_machine.travel(NOON + timedelta(hours=5)):
        answer = client.get(address_of(link, "recordings/"))

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": None}, "Say until when"),
        ({"until": NOON.date()}, "Say until when"),
        ({"parties": [Party(kind="COURT")]}, "An e-mail address of each party that is no firm"),
    ],
)
def test_a_link_needs_an_end_and_an_address(hearing, item, change, words):
    with pytest.raises(ShareRefused, match=words):
        shared_by_link(hearing, item, **change)


def test_a_firm_without_an_address_and_a_recording_without_a_file_get_no_link(hearing, item):
    without = media.a_classified_item(hearing)
    with pytest.raises(ShareRefused, match=f"No file is kept here of {without.exhibit}, "):
        shared_by_link(hearing, item, without)
    Representation.objects.update(email="")
    with pytest.raises(ShareRefused, match="An e-mail address of Hale LLP is needed"):
        shared_by_link(hearing, item)

    assert not ShareLink.objects.exists()


def test_a_sensitive_recording_gets_no_link(hearing):
    secret = with_a_file(hearing, kind="SENSITIVE")

    with pytest.raises(ShareRefused, match="never shared"):
        shared_by_link(hearing, secret)

    assert not ShareRecord.objects.exists()


def test_a_lawyer_shares_by_links_from_the_page(hearing, item):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    firm = next(
        box.get("value")
        for box in page.tree.xpath("//input[@name='parties']")
        if box.get("value").startswith("DEFENCE")
    )
    until = {f"link_expires_on_{part}": getattr(UNTIL, part) for part in ("day", "month", "year")}

    refused = page.press("Share them", parties=["COURT", firm], way="LINK", **until)
    done = refused.press(
        "Share them",
        parties=["COURT", firm],
        way="LINK",
        email_court="court@court.example",
        **until,
    )

    refused.see("Enter the e-mail address of the court, for its link")
    done.see("2 shares are recorded. Each party is sent its link now.", "Not ready")
    assert ShareLink.objects.count() == 2
    told(hearing)
    done.browser.open(f"/recordings/cases/{hearing.case_id}/").see("Ready, not proved")


def test_of_a_file_whose_bytes_are_gone_nothing_is_handed_out(link, item):
    client, file = entered(link), given_of(item)
    storing.store().shelf.path_of(file.sha256).unlink()

    answer = client.post(address_of(link, f"recordings/{file.pk}/take-out/"), follow=True)

    assert "what is kept of it is gone" in answer.content.decode()
    assert not ShareReceipt.objects.exists()
