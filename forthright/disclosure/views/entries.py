"""The pages on which a lawyer says what an entry of the report without a number is about."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.disclosure import policies
from forthright.disclosure.forms.entries import PlaceForm
from forthright.disclosure.models import DisclosureDuty, Item, UnnumberedEntry
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.standings import live_items
from forthright.disclosure.selectors.unnumbered import entries_of, unplaced_of, unplaced_words
from forthright.disclosure.services import seeing, unnumbered
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What to say where entries wait, and where this person can place them; else nothing."""

    words: str = ""
    address: str = ""


def unplaced_for(user: User, duty: DisclosureDuty) -> Unplaced:
    """Return what a page of a duty says of the entries that wait."""
    words = unplaced_words(unplaced_of(duty.case_id))
    may = bool(words) and is_allowed(policies.check_can_place, user, duty)
    return Unplaced(words, reverse("disclosure:entries", args=[duty.pk]) if may else "")


@page(Permission.ITEM_ENDORSE)
def entries(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """List the entries without a number, and what each was said to be about."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_place(request.user, duty)
    found = entries_of(duty.case_id)
    items = Item.objects.select_related("schedule").in_bulk(
        [pk for each in found for pk in each.items]
    )
    seeing.see_items(
        duty, items=len(found), with_sensitive=True, by=request.user, at=clock.now()
    )  # fmt: skip
    rows = [(each, [items[pk] for pk in each.items]) for each in found]
    return render(request, "disclosure/entries.html", {"duty": duty, "rows": rows})


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
def entry_place(request: SignedInRequest, disclosure_id: int, entry_id: int) -> HttpResponse:
    """Ask which items an entry is about, and keep it."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_place(request.user, duty)
    rows = UnnumberedEntry.objects.filter(case=duty.case_id, pk=entry_id)
    shown = rows.select_related("entry__schedule__delivery").first()
    if shown is None:
        raise Http404("No such entry")
    items = list(live_items(duty))
    first = {"items": [str(pk) for pk in shown.items], "reason": shown.reason}
    if shown.outcome != UnnumberedEntry.Outcome.WAITS:
        first["outcome"] = shown.outcome
    form = PlaceForm(request.POST or None, items=items, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            unnumbered.place_entry(
                duty, shown, said["outcome"], items=form.items_chosen(), reason=said["reason"],
                by=request.user, at=clock.now(),
            )  # fmt: skip
        except (unnumbered.EntryRefused, NotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept what the entry is about, for each defendant.")
            return redirect("disclosure:entries", duty.pk)
    seeing.see_items(
        duty, items=len(items) + 1, with_sensitive=True, by=request.user, at=clock.now()
    )  # fmt: skip
    context = {"duty": duty, "shown": shown, "form": form}
    return render(request, "disclosure/entry_place.html", context)
