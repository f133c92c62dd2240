"""Discs and sticks: scanned, handed over and ended, with certificates."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import Unit
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.deciding import ask_again
from forthright.hard_media.forms.discs import (
    EndForm,
    HandOverForm,
    ScanForm,
)
from forthright.hard_media.models import Carrier
from forthright.hard_media.selectors.acting import copies_not_relevant, why_not_with_them
from forthright.hard_media.selectors.discs import (
    disc_lines,
    kept_from_parties,
    what_is_on,
    why_not_there,
)
from forthright.hard_media.selectors.discs_then import ENDED
from forthright.hard_media.selectors.gone import is_known_lost, missing_since
from forthright.hard_media.selectors.hands import may_be_with_us, out_of_hand
from forthright.hard_media.selectors.last_copies import only_here_words, to_explain
from forthright.hard_media.selectors.missing import is_written_off, missing_discs
from forthright.hard_media.selectors.out_of_place import out_of_place
from forthright.hard_media.selectors.passed_on import is_passed_on_to
from forthright.hard_media.selectors.registered import (
    carrier_for,
    carriers_visible_to,
    carriers_with,
    with_another_unit,
)
from forthright.hard_media.selectors.waiting_on_discs import waited_for_on
from forthright.hard_media.selectors.went_on_discs import went_unrecorded
from forthright.hard_media.services import carriers, seeing
from forthright.hard_media.services.coming_onto import hidden_of
from forthright.hard_media.services.for_the_court import unused_of
from forthright.hard_media.services.going_to import (
    CarrierRefused,
    ContentsUnknown,
    HiddenOnDisc,
    LastCopy,
    PlaceToExplain,
    UnusedOnDisc,
    with_the_court,
)
from forthright.hard_media.services.write_offs import standing
from forthright.hard_media.views.asking import asked
from forthright.rules.media_hands import court_hinted
from forthright.rules.media_states import CarrierEvent, CarrierState
from forthright.rules.words import list_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.MEDIA_SEE)
def discs(request: SignedInRequest) -> HttpResponse:
    """List discs and sticks, and lead to the one that is scanned."""
    form = ScanForm(request.GET if "barcode" in request.GET else None)
    if form.is_bound and form.is_valid():
        scanned = form.cleaned_data["barcode"]
        if found := carriers_with(request.user, scanned).first():
            return redirect("hard_media:disc", found.pk)
        words = f"No disc or stick here has the barcode {scanned}."
        if theirs := with_another_unit(request.user, scanned):
            words += (
                f" One in the register of {theirs.unit} has: have them hand it over to this unit."
            )
        form.add_error("barcode", words)
    rows = carriers_visible_to(request.user)
    wrong = out_of_place(rows, request.user.area, clock.today())
    narrowings = ("misplaced", "missing", "passed_on")
    is_narrowed, is_missing, is_passed_on = (request.GET.get(e) == "yes" for e in narrowings)
    if is_passed_on:
        rows = rows.filter(is_passed_on_to(request.user))
    elif is_missing:
        rows = missing_discs(rows)
    elif is_narrowed:
        rows = rows.filter(pk__in=wrong.values("pk"))
    elif request.GET.get("all") != "yes":
        rows = rows.filter(~is_written_off()).exclude(state__in=ENDED)
    pages = slice_of(rows, request.GET, order=("barcode", "pk"), size=50)
    seeing.see_carriers(pages.rows, by=request.user, at=clock.now())
    context = {
        "form": form,
        "pages": pages,
        "lines": disc_lines(request.user, pages.rows),
        "misplaced": set(
            wrong.filter(pk__in=[each.pk for each in pages.rows]).values_list("pk", flat=True)
        ),
        "written_off": set(
            Carrier.objects.filter(
                is_written_off(), pk__in=[each.pk for each in pages.rows]
            ).values_list("pk", flat=True)
        ),
        "is_narrowed": is_narrowed or is_missing or is_passed_on,
        "is_passed_on": is_passed_on,
        "is_missing": is_missing,
        "shows_all": request.GET.get("all") == "yes",
        "may_record": has_permission(request.user, Permission.MEDIA_RECORD),
    }
    return render(request, "hard_media/discs.html", context)


@page(Permission.MEDIA_SEE)
def disc(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Show one disc: what is on it, where it is, and every hand it went through."""
    one = carrier_for(request.user, disc_id)
    seeing.see(one, by=request.user, at=clock.now())
    held, line = what_is_on(one), disc_lines(request.user, [one])[0]
    written_off = standing(one)
    context = {
        "disc": one,
        "line": line,
        "held": held,
        "waited_for": waited_for_on(one),
        "same_code": carriers_with(request.user, one.barcode).exclude(pk=one.pk),
        "with_another": with_another_unit(request.user, one.barcode) if one.ended_on else None,
        "why_not_there": why_not_there(one),
        # It names who has it, so it is for whoever reads that.
        "why_not_with_them": why_not_with_them(one, held.items, clock.today())
        if line.may_read
        else "",
        "unused_at_court": with_the_court(one) and list_words(list(unused_of(held.named))),
        "not_relevant": copies_not_relevant(one, held.named),
        "unrecorded": went_unrecorded(Carrier.objects.filter(pk=one.pk), clock.today())
        if line.may_read
        else (),
        "changes": list(one.changes.select_related("item__case", "changed_by")),
        "hand_overs": list(one.hand_overs.select_related("by")),
        "may_record": is_allowed(policies.check_can_record, request.user, one),
        "is_held": one.state == CarrierState.HELD,
        "elsewhere": Unit.objects.filter(pk__in={each.unit_id for each in held.items})
        .exclude(pk=one.unit_id)
        .order_by("name"),
        "is_ended": one.state in ENDED,
        "has_void": one.changes.exclude(old_certificate="").exists(),
        "is_missing": one.state == CarrierState.MISSING,
        "written_off": written_off,
        # Since then it may have gone to a unit whose discs this person does not see.
        "sees_other_record": written_off is not None
        and carriers_visible_to(request.user).filter(pk=written_off.same_as_id or 0).exists(),
        "write_offs": list(one.write_offs.select_related("decided_by", "ended_by", "same_as")),
        "may_write_off": is_allowed(policies.check_can_write_off, request.user, one),
        "is_lost": is_known_lost(one),
        "losses": list(one.losses.select_related("recorded_by")),
        "missing_since": missing_since([one.pk]).get(one.pk),
        "out": out_of_hand([one]).get(one.pk),
    }
    return render(request, "hard_media/disc.html", context)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_hand_over(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc went somewhere else."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    only_here = _only_here(one) if may_be_with_us(one) else ""
    form = HandOverForm(
        request.POST or None, **asked_of(one), only_here=only_here,
        initial={"opened": carriers.hands_stamp(one)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            carriers.hand_over(
                one, form.hands(form.cleaned_data["to_place"]), note=form.cleaned_data["note"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            _tell_hands(form, refusal, one)
        except CarrierRefused as refusal:
            ask_again(form, field_of(refusal), str(refusal))
        else:
            return done(request, one, "The hand-over is recorded.")
    return _asked(request, one, form, "Hand it over", "Record the hand-over")


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def disc_end(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Record that a disc was returned or destroyed."""
    one = carrier_for(request.user, disc_id)
    policies.check_can_record(request.user, one)
    form = EndForm(
        request.POST or None, **asked_of(one), only_here=_only_here(one),
        initial={"on": clock.today(), "opened": carriers.hands_stamp(one)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            carriers.end_carrier(
                one, CarrierEvent(said["event"]), to=form.hands(said["to"]), on=said["on"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            _tell_hands(form, refusal, one)
        except CarrierRefused as refusal:
            ask_again(form, field_of(refusal), str(refusal))
        else:
            return done(request, one, "It is recorded. Print the certificate for whoever asks.")
    return _asked(request, one, form, "Return or destroy it", "Record it")


@page(Permission.MEDIA_SEE)
def disc_certificate(request: SignedInRequest, disc_id: int) -> HttpResponse:
    """Show the certificate of a disc that was returned or destroyed, to be printed."""
    one = carrier_for(request.user, disc_id)
    void = list(one.changes.exclude(old_certificate=""))
    if not one.certificate and not void:
        messages.error(request, "There is no certificate before it was returned or destroyed.")
        return redirect("hard_media:disc", disc_id)
    seeing.see(one, by=request.user, at=clock.now())
    held, line = what_is_on(one), disc_lines(request.user, [one])[0]
    context = {
        "disc": one,
        "line": line,
        "held": held,
        "void": void,
        # It goes out to whoever asks, and a note may name what the certificate does not.
        "has_notes": line.may_read and not held.secret,
        "hand_overs": list(one.hand_overs.select_related("by")),
    }
    return render(request, "hard_media/certificate.html", context)


def asked_of(one: Carrier) -> dict[str, Any]:
    """Return which reasons are asked for, by what is on a disc, and what is to be decided."""
    held = what_is_on(one)
    unused = unused_of(held.named)
    may_be_party = bool(held.secret or kept_from_parties(held) or unused)
    return {
        "is_unknown": not held.items,
        "may_be_party": may_be_party or court_hinted(one.location),
        "hidden": hidden_of(held.named),
        "unused": unused,
    }


def _only_here(one: Carrier) -> str:
    today = clock.today()
    return only_here_words(to_explain(one, today), today)


def field_of(refusal: CarrierRefused) -> str | None:
    """Return the field that puts a refusal right, where there is one."""
    if isinstance(refusal, PlaceToExplain):
        return "named_because"
    if isinstance(refusal, HiddenOnDisc):
        return "hidden_too"
    if isinstance(refusal, UnusedOnDisc):
        return "unused_too"
    if isinstance(refusal, LastCopy):
        return "last_copy_because"
    return "unknown_because" if isinstance(refusal, ContentsUnknown) else None


def _tell_hands(form: Any, refusal: ChangedMeanwhile, one: Carrier) -> None:
    """Say into whose hands a disc went since the page was opened."""
    ask_anew(form, refusal)
    last = one.hand_overs.order_by("pk").last()
    if last is not None:
        form.add_error(
            None, f"It is with {last.to_place} now. Record yours only if it went on from there."
        )


def _asked(
    request: SignedInRequest, one: Carrier, form: Any, heading: str, save: str
) -> HttpResponse:
    seeing.see(one, by=request.user, at=clock.now())
    back = reverse("hard_media:disc", args=[one.pk])
    return asked(request, form, heading, save=save, back=back, caption=one)


def done(request: SignedInRequest, one: Carrier, words: str) -> HttpResponse:
    """Say that something is kept, and lead back to the disc."""
    messages.success(request, words)
    return redirect("hard_media:disc", one.pk)
