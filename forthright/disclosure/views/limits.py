"""The time limits of disclosure: what they rest on, and how an Area changes one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure.forms.duties import LimitForm
from forthright.disclosure.models import LimitEdition
from forthright.disclosure.selectors.limits import limits_of_area
from forthright.disclosure.services import limiting
from forthright.disclosure.services.reckoning import DateRefused
from forthright.rules.clock_rules import Status
from forthright.rules.disclosure_limits import DisclosureLimit, in_order
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.SCHEME_SEE)
def limits(request: SignedInRequest) -> HttpResponse:
    """List the time limits, each with where it stands and whether the Area confirmed it."""
    known = limits_of_area(request.user.area)
    context = {
        "limits": known,
        "rows": [(known.limits.index(limit), limit) for limit in in_order(known.limits)],
        "editions": LimitEdition.objects.filter(area=request.user.area).select_related("made_by"),
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "disclosure/limits.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def limit_change(request: SignedInRequest, place: int) -> HttpResponse:
    """Change one time limit from a day on, or correct it."""
    known = limits_of_area(request.user.area).limits
    if place >= len(known):
        raise Http404("No such limit")
    limit = known[place]
    initial = _answers(limit) | {
        "opened": limiting.limit_stamp(limit), "applies_from": clock.today()
    }  # fmt: skip
    form = LimitForm(request.POST or None, initial=initial, limit=limit)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = "until" if "until" in said else "days"
        changes = {
            asked: said["until"].isoformat() if "until" in said else said["days"],
            "source": said["source"],
            "status": str(Status.CONFIRMED if said["is_confirmed"] else Status.TO_BE_CONFIRMED),
            "confirmed_by": request.user.full_name if said["is_confirmed"] else "",
        }
        change = limiting.LimitChange(
            changes=changes, applies_from=said["applies_from"],
            is_correction=said["is_correction"], reason=said["reason"],
        )  # fmt: skip
        try:
            limiting.change_limit(
                request.user.area, place, change, by=request.user, at=clock.now(),
                opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            now = limits_of_area(request.user.area).limits[place]
            ask_beside(form, refusal, _answers(now))
        except DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            counted = (
                "What was due by it was counted anew."
                if said["is_correction"]
                else ("What began before keeps the limit that applied then.")
            )
            messages.success(request, f"Changed. {counted}")
            return redirect("disclosure:limits")
    return render(request, "disclosure/limit_change.html", {"limit": limit, "form": form})


def _answers(limit: DisclosureLimit) -> dict[str, Any]:
    """Return what the form says of a limit as it stands."""
    return {"days": limit.days, "until": limit.until, "source": limit.source,
            "is_confirmed": limit.status is Status.CONFIRMED}  # fmt: skip
