"""Lists of letters that wait for one thing this person does."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import check_has_permission
from forthright.letters.selectors.waiting import KINDS, PROMISED, others_waiting_for, waiting_for
from forthright.schemes.services.seeing import see_list
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

# Others are few, and all of them stand on the first page.
MOST_OTHERS = 200


@page(Permission.DUTY_SEE)
def waiting(request: SignedInRequest, what: str) -> HttpResponse:
    """List the letters that wait for one thing, what is due first first."""
    if what not in KINDS:
        raise Http404("No such list")
    kind = KINDS[what]
    check_has_permission(request.user, kind.permission)
    rows = waiting_for(request.user, what).select_related("case", "person", "unit", "drafter")
    pages = slice_of(rows, request.GET, order=("due_on", "pk"), size=25)
    of_all = others_waiting_for(request.user, what, clock.today()).select_related(
        "duty__case", "duty__person", "duty__unit", "drafter"
    )
    others = [] if pages.previous else list(of_all[:MOST_OTHERS])
    seen = [*pages.rows, *(each.duty for each in others)]
    promised = [getattr(each, PROMISED, None) for each in others]
    others_by = [
        (each, day and date.fromisoformat(day)) for each, day in zip(others, promised, strict=True)
    ]
    see_list(seen, by=request.user, at=clock.now())
    context = {
        "others": others_by,
        "kind": kind,
        "what": what,
        "pages": pages,
        "today": clock.today(),
    }
    return render(request, "letters/waiting.html", context)
