"""What is shared by a link, and whoever holds it, for tests."""

from contextlib import suppress
from datetime import timedelta

from django.core import mail
from django.test import Client

from forthright.hard_media.models import CutCopy, Playing, ShareContent
from forthright.hard_media.selectors.links import ticket_of
from forthright.hard_media.services import cutting, links
from forthright.hard_media.services.sharing import Party, Sending
from tests import given
from tests.hard_media import files, media

NOON = given.NOON
UNTIL = NOON.date() + timedelta(days=30)
COURT = [Party(kind="COURT", email="court@court.example")]
HIDDEN = b"nobody can be told in this"


def with_a_file(hearing, kind="RELIED_ON", content=files.VIDEO):
    """Return a recording that is decided and of which a file is here."""
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, content=content)
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    return media.items.classify_item(item, kind, by=None, at=NOON)


def shared_by_link(hearing, *given_items, parties=None, until=UNTIL, is_told=True):
    sending = Sending(way="LINK", on=NOON.date(), link_expires_on=until)
    chosen = parties or media.parties_of(hearing)[1:]
    made = links.share_by_link(hearing, given_items, chosen, sending, by=None, at=NOON)
    if is_told:
        told(hearing)
    return made


def told(hearing, at=NOON):
    """Have each e-mail go that waits, as the work in the background does."""
    for link in hearing.links.filter(notified_at=None, replaced_at=None).order_by("pk"):
        links.tell_party(link, address="https://here.example/", by=None, at=at)


def address_of(link, more=""):
    return f"/received/{ticket_of(link)}/{more}"


def a_code(link):
    """Return the code that is sent now."""
    links.send_code(link, by=None, at=NOON)
    return mail.outbox[-1].subject[:6]


def closed_by_guesses(link, at=NOON):
    """Have the last of so many wrong codes entered for a link that it opens nothing any more."""
    type(link).objects.filter(pk=link.pk).update(codes_wrong=link.MOST_WRONG - 1)
    links.send_code(link, by=None, at=at)
    wrong = "000000" if mail.outbox[-1].subject[:6] != "000000" else "111111"
    with suppress(links.CodeRefused):
        links.enter_code(link, wrong, by=None, at=at)


def entered(link):
    """Return the browser of somebody who gave the code."""
    client = Client()
    answer = client.post(address_of(link, "enter/"), {"code": a_code(link)})
    assert answer.status_code == 302
    return client


def given_of(item):
    """Return the one thing that was given of a recording."""
    return ShareContent.objects.get(share__item=item)


def bytes_of(answer):
    return b"".join(answer.streaming_content)


def that_plays(item):
    """Say of the one file of a recording that it plays as it came."""
    Playing.objects.create(
        sent_file=item.files.get(), how="AS_IT_IS", words="", container="mov", has_pictures=True,
        made_at=NOON,
    )  # fmt: skip
    return item


def source_of(client, link, content):
    """Return where the bytes are that the page of what was given plays."""
    return client.get(address_of(link, f"recordings/{content.pk}/")).context["content"]


def a_copy(item, *, what="BLUR", is_passed=True, by=None, content=HIDDEN, **fields):
    """Return a copy with bytes of its own, as it stands once it was made."""
    fields = {"start": 1, "end": 2, "box": (0.1, 0.1, 0.2, 0.2), **fields}
    cut = cutting.Cut(what=what, reason="A bystander.", **fields)
    copy = cutting.ask_for_copy(item.files.earliest("pk"), cut, by=by, at=NOON)
    elsewhere = files.a_kept_file(media.a_requested_item(), content=content)
    told = {"command": ["ffmpeg"], "program": "ffmpeg 5", "copy_length": len(content),
            "shown": {"besides": []}}  # fmt: skip
    CutCopy.objects.filter(pk=copy.pk).update(
        state="MADE", made_at=NOON, sha256=elsewhere.sha256, lineage=told
    )
    copy = CutCopy.objects.get(pk=copy.pk)
    return cutting.pass_copy(copy, by=None, at=NOON) if is_passed else copy


def shared(hearing, *whole, copies=(), parties=None, way="LINK", **decided):
    until = UNTIL if way == "LINK" else None
    sending = Sending(
        way=way, on=NOON.date(), link_expires_on=until, copies=tuple(copies), **decided
    )  # fmt: skip
    chosen = parties or media.parties_of(hearing)[1:]
    if way == "LINK":
        made = links.share_by_link(hearing, whole, chosen, sending, by=None, at=NOON)
        told(hearing)
        return made
    return media.sharing.share_items(hearing, whole, chosen, sending, by=None, at=NOON)
