"""The stops that were overruled: those nobody has looked at, and each with what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.letters.models import Override
from forthright.samples import forms, policies
from forthright.samples.models import OverrideNote
from forthright.samples.selectors import overruled as selectors
from forthright.samples.services import overruled as services
from forthright.schemes.selectors.duties import duties_visible_to
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

NEWEST_FIRST = ("-made_at", "-pk")


@page(Permission.OVERRIDE_SEE)
def overrides(request: SignedInRequest) -> HttpResponse:
    """List the overruled stops that wait to be looked at, or all of them."""
    is_all = request.GET.get("show") == "all"
    seen = selectors.overrides_visible_to if is_all else selectors.offered_to
    pages = slice_of(seen(request.user), request.GET, order=NEWEST_FIRST, size=30)
    services.see_overrides(pages.rows, by=request.user, at=clock.now())
    notes = selectors.notes_of(pages.rows)
    waiting = set(selectors.offered_to(request.user).values_list("pk", flat=True))
    context = {
        "pages": pages,
        "lines": [
            (selectors.Overruled(each), notes.get(each.pk), each.pk in waiting)
            for each in pages.rows
        ],
        "is_all": is_all,
        "waiting": len(waiting),
    }
    return render(request, "samples/overrides.html", context)


@page(Permission.OVERRIDE_SEE, methods=("GET", "POST"))
def override(request: SignedInRequest, override_id: int) -> HttpResponse:
    """Show one overruled stop, and keep what a manager found who looked at it."""
    shown = selectors.override_for(request.user, override_id)
    form = forms.LookedAtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]
        services.note_looked_at(shown, reason=said, by=request.user, at=clock.now())
        messages.success(request, "Looked at. What you found is kept with the override.")
        return redirect("samples:overrides")
    return _page_of(request, shown, form)


def _page_of(request: SignedInRequest, shown: Override, form: forms.LookedAtForm) -> HttpResponse:
    services.see_overrides([shown], by=request.user, at=clock.now())
    duty = shown.letter.duty
    note = selectors.note_of(shown)
    drawn = selectors.draws_of(request.user, shown)
    is_offered = selectors.offered_to(request.user).filter(pk=shown.pk).exists()
    context = {
        "form": form,
        "each": selectors.Overruled(shown),
        "duty": duty,
        "note": note,
        "drawn": drawn,
        "is_offered": is_offered,
        "is_asked_for": note is not None and note.what == OverrideNote.What.ASKED_FOR,
        "is_looked_at": note is not None and note.what == OverrideNote.What.LOOKED_AT,
        "may_open": duties_visible_to(request.user).filter(pk=duty.pk).exists(),
        "may_look": is_allowed(policies.check_can_look, request.user, shown),
        "is_barred": has_permission(request.user, Permission.OVERRIDE_LOOK),
        "plans": selectors.plans_that_could_take(duty),
    }
    return render(request, "samples/override.html", context)


@page(Permission.OVERRIDE_LOOK, methods=("POST",))
def override_take(request: SignedInRequest, override_id: int) -> HttpResponse:
    """Let the next draw take the letter."""
    shown = selectors.override_for(request.user, override_id)
    try:
        services.ask_for_letter(shown, by=request.user, at=clock.now())
    except services.NothingToTake as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            f"{shown.letter.duty.reference} goes into the next draw, in the part that never "
            "enters a percentage.",
        )
    return redirect("samples:override", shown.pk)
