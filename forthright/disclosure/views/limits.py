"""The time limits of disclosure: what they rest on, and how an Area changes one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure.forms.duties import LimitForm
from forthright.disclosure.models import LimitEdition
from forthright.disclosure.selectors.limits import limits_of_area
from forthright.disclosure.services import dating
from forthright.rules.clock_rules import Status
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.SCHEME_SEE)
def limits(request: SignedInRequest) -> HttpResponse:
    """List the time limits, each with where it stands and whether the Area confirmed it."""
    context = {
        "limits": limits_of_area(request.user.area),
        "editions": LimitEdition.objects.filter(area=request.user.area).select_related("made_by"),
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "disclosure/limits.html", context)


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def limit_change(request: SignedInRequest, place: int) -> HttpResponse:
    """Change one time limit; open duties are counted anew."""
    known = limits_of_area(request.user.area).limits
    if place >= len(known):
        raise Http404("No such limit")
    limit = known[place]
    initial = {"days": limit.days, "source": limit.source,
               "is_confirmed": limit.status is Status.CONFIRMED}  # fmt: skip
    form = LimitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changes = {
            "days": said["days"],
            "source": said["source"],
            "status": str(Status.CONFIRMED if said["is_confirmed"] else Status.TO_BE_CONFIRMED),
            "confirmed_by": request.user.full_name if said["is_confirmed"] else "",
        }
        try:
            dating.change_limit(
                request.user.area, place, changes, reason=said["reason"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except dating.DateRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Changed. Every open duty was counted anew.")
            return redirect("disclosure:limits")
    return render(request, "disclosure/limit_change.html", {"limit": limit, "form": form})
