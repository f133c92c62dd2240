"""What was shared with whom, opened and taken back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.deciding import ask_again
from forthright.hard_media.forms.items import (
    OpenedForm,
    ShareForm,
)
from forthright.hard_media.forms.links import AddressForm
from forthright.hard_media.forms.taking_back import TakeBackForm
from forthright.hard_media.models import CutCopy, Hearing, MediaItem, ShareRecord
from forthright.hard_media.selectors import case_page
from forthright.hard_media.selectors.asked_back import HAVE_IT, ask_words
from forthright.hard_media.selectors.held_back import unused_since
from forthright.hard_media.selectors.hiding import Shown, shown_of
from forthright.hard_media.selectors.lacking import lacked_by_each
from forthright.hard_media.selectors.links import link_for
from forthright.hard_media.selectors.named import words_read_of
from forthright.hard_media.selectors.registered import (
    hearing_for,
    share_for,
)
from forthright.hard_media.selectors.shares import had_of
from forthright.hard_media.services import by_every_link, links, seeing, sharing, unsent
from forthright.hard_media.services.addresses import AddressToTell
from forthright.hard_media.services.for_the_court import UnusedForCourt, unused_of
from forthright.hard_media.services.giving import (
    ShareRefused,
    ToDecide,
    barred_of,
    known_of_copies,
    known_of_items,
    needed_of,
)
from forthright.hard_media.views import disclosing
from forthright.hard_media.views.asking import Notice, asked
from forthright.rules.words import count_words, list_words, moment_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

LINKS_GO = " Each party is sent its link now. It counts as shared once its e-mail has gone."
MARK = (
    "While a recording plays by a link, the party’s name and address lie over the picture. Whoever "
    "can see it can record it all the same, and what is taken out bears no mark."
)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def items_share(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Record that recordings of a case went to some parties."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    back = reverse("hard_media:case", args=[case_id])
    found = case_page.shareable_of(hearing)
    if not found:
        messages.error(request, "No recording of this case may be shared yet: none is classified "
                       "as relied on or unused.")  # fmt: skip
        return redirect(back)
    copies = case_page.copies_to_share(found)
    shown = shown_of(found, copies)
    form = _share_form(request, hearing, found, copies, shown)
    lacking = disclosing.offer(form, hearing, found, shown, request.GET.get("to", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = _shared(request, hearing, form)
        except ToDecide as refusal:
            ask_again(form, refusal.box, str(refusal))
        except ShareRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            number = count_words(len(made), "share is", "shares are")
            by_link = form.cleaned_data["way"] == ShareRecord.Way.LINK
            told = LINKS_GO if by_link else ""
            messages.success(request, f"{number} recorded.{told}")
            return redirect(back)
    seeing.see(hearing, by=request.user, at=clock.now())
    return asked(
        request, form, "Share recordings", save="Share them", back=back,
        caption=hearing.case,
        intro="Sensitive recordings, and those that nobody has classified, are not in this list. "
        f"{MARK}",
        notices=[*lacking, *_words_read(found), *_without_firm(hearing)],
    )  # fmt: skip


def _share_form(
    request: SignedInRequest, hearing: Hearing, found: Sequence[MediaItem],
    copies: Sequence[CutCopy], shown: Shown,
) -> ShareForm:  # fmt: skip
    """Return the form that shares, with what is to be known of each recording and copy."""
    likely = case_page.likely_of(found, {*shown.by_items, *barred_of(found)})
    form = ShareForm(
        request.POST or None, items=found, copies=copies,
        firms=case_page.firms_of(hearing, clock.today()),
        link_ends=case_page.link_ends_of(hearing, clock.today()),
        had=had_of(found, clock.today()),
        needed={**needed_of(found, copies, shown), UnusedForCourt.box: unused_of(found, copies)},
        initial={"items": lacked_by_each(hearing, likely, clock.today()), "on": clock.today()},
    )  # fmt: skip
    form.hint("items", known_of_items(found, shown))
    form.hint("copies", known_of_copies(copies, shown))
    return form


def _words_read(found: Sequence[MediaItem]) -> list[Notice]:
    """Say of which recordings a party could read the words of a form as their title."""
    return [
        Notice(
            f"The title of {each.item.exhibit} was once the words of a form, and {each.parties} "
            "could read them. Look whether that was right.",
            reverse("hard_media:item", args=[each.item.pk]),
            f"Look at {each.item}",
        )
        for each in words_read_of(found)
    ]


def _without_firm(hearing: Hearing) -> list[Notice]:
    """Say whom nothing can be shared with yet, and where that is put right."""
    return [
        Notice(
            f"Nobody has recorded who represents {each}, so nothing can be shared with them, and "
            "the case is not ready before it is.",
            reverse("hard_media:representation", args=[hearing.case_id, each.pk]),
            f"Record who represents {each}",
        )
        for each in case_page.without_firm(hearing, clock.today())
    ]


def _shared(request: SignedInRequest, hearing: Hearing, form: ShareForm) -> list[ShareRecord]:
    """Record what went out another way, or send it by links from here."""
    chosen, parties = list(form.cleaned_data["items"]), form.chosen_parties()
    who: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if form.cleaned_data["way"] == ShareRecord.Way.LINK:
        return links.share_by_link(hearing, chosen, parties, form.sending(), **who)
    return sharing.share_items(hearing, chosen, parties, form.sending(), **who)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def link_send(request: SignedInRequest, link_id: int) -> HttpResponse:
    """Send the e-mail of a link once more that has not gone, to its address or another."""
    link = link_for(request.user, link_id)
    policies.check_can_record(request.user, link.hearing)
    form = AddressForm(
        request.POST or None, initial={"email": link.email}, unused=unused_of(unused_since(link))
    )
    back = reverse("hard_media:case", args=[link.hearing.case_id])
    if why := unsent.why_not_anew(link, clock.today()):
        messages.error(request, why)
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        try:
            unsent.send_anew(
                link, form.cleaned_data["email"], was_wrong=form.is_old_wrong,
                unused_decided=form.unused_decided(), by=request.user, at=clock.now(),
            )  # fmt: skip
        except AddressToTell as refusal:
            form.ask_whether_wrong(str(refusal))
        except UnusedForCourt as refusal:
            ask_again(form, refusal.box, str(refusal))
        except ShareRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, "The e-mail is sent again. What it opens counts as shared "
                             "from the day on which it goes.")  # fmt: skip
            return redirect(back)
    seeing.see(link.hearing, by=request.user, at=clock.now())
    firm = f" It is kept as the address of {link.to} then." if link.representation else ""
    return asked(
        request, form, f"Send the link for {link.whom} again", save="Send it again", back=back,
        caption=link.hearing.case,
        intro=f"The e-mail of {moment_words(link.made_at)} has not gone, so it shared nothing yet. "
        f"Send it again as it is, or put the address right.{firm} To give it another way, "
        "share it so; this link can be taken back on the page of the recording.",
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def share_opened(request: SignedInRequest, share_id: int) -> HttpResponse:
    """Record that a party opened what it was given."""
    share = share_for(request.user, share_id)
    policies.check_can_record(request.user, share.item)
    form = OpenedForm(request.POST or None, initial={"on": clock.today()})
    back = reverse("hard_media:case", args=[share.item.case_id])
    if request.method == "POST" and form.is_valid():
        try:
            sharing.record_opened(share, **form.cleaned_data, by=request.user, at=clock.now())
        except ShareRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, "It is recorded as opened.")
            return redirect(back)
    seeing.see(share.item, by=request.user, at=clock.now())
    return asked(
        request, form, f"Opened by {share.to_within}", save="Record it", back=back,
        caption=f"{share.item.case}: {share.item}",
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def share_revoke(request: SignedInRequest, share_id: int) -> HttpResponse:
    """Record that a share was taken back, with what opens the same to the same party."""
    share = share_for(request.user, share_id)
    policies.check_can_record(request.user, share.item)
    beside = by_every_link.besides(share, clock.today())
    form = TakeBackForm(request.POST or None, has_others=bool(beside.links))
    back = reverse("hard_media:item", args=[share.item_id])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            went = by_every_link.take_back(
                share, reason=said["reason"], is_alone=said.get("only_this", False),
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ShareRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            stands = by_every_link.besides(share, clock.today())
            said_then = _taken_back_words(share, went, stands), ask_words(share.item)
            messages.success(request, " ".join(filter(None, said_then)))
            return redirect(back)
    seeing.see(share.item, by=request.user, at=clock.now())
    return asked(
        request, form, f"Take it back from {share.to_within}", save="It was taken back", back=back,
        caption=f"{share.item.case}: {share.item}",
        intro=f"{_besides_words(share, beside)} {HAVE_IT}".strip(),
    )  # fmt: skip


def _besides_words(share: ShareRecord, beside: by_every_link.Besides) -> str:
    """Say before something is taken back what else gives the same."""
    words = []
    if beside.links:
        same = by_every_link.named(beside.links, share)
        with_it = "That is taken back with it, unless you say that it stays."
        words.append(f"The same was given by {same}. {with_it}")
    if beside.others:
        words.append(_still_words(share, beside.others))
    return " ".join([*words, *_on_discs_words(beside), *_stays_words(share, beside)])


def _taken_back_words(
    share: ShareRecord, went: Sequence[ShareRecord], stands: by_every_link.Besides
) -> str:
    """Say what was taken back, and what still gives the same."""
    words = ["It is taken back, and counts no more."]
    if went:
        with_it = by_every_link.named(went, share)
        words.append(f"Taken back with it, since it opened the same: {with_it}.")
    if still := (*stands.links, *stands.others):
        words.append(_still_words(share, still))
    return " ".join([*words, *_on_discs_words(stands), *_stays_words(share, stands)])


def _still_words(share: ShareRecord, stands: Sequence[ShareRecord]) -> str:
    ways = by_every_link.named(stands, share)
    return (
        f"They still have it, or some of it, by {ways}. Take that back, too, if they are not to "
        "have it any more."
    )


def _on_discs_words(beside: by_every_link.Besides) -> list[str]:
    """Say which discs with it are with them, and are to come back."""
    if not beside.discs:
        return []
    names = list_words([each.barcode for each in beside.discs])
    is_with, them = ("is", "it") if len(beside.discs) == 1 else ("are", "them")
    still = f"{names}, with it on, {is_with} with them"
    return [f"{still}. Get {them} back if they are not to have it any more."]


def _stays_words(share: ShareRecord, beside: by_every_link.Besides) -> list[str]:
    """Say what another firm has, which is not taken back from whoever it is taken back from."""
    if not beside.not_theirs:
        return []
    ways = by_every_link.named(beside.not_theirs, share)
    return [f"Another firm for the same defendant has it by {ways}. That stays as it is."]
