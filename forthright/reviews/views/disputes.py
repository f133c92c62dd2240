"""Disputes that wait for somebody who did not mark the letter, nor wrote or approved it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.reviews import forms, policies, selectors, services
from forthright.reviews.models import Dispute
from forthright.reviews.services.reading import see_dispute
from forthright.standards.models import Level
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

STANDS = "STANDS"


@page(Permission.DISPUTE_DECIDE)
def disputes(request: SignedInRequest) -> HttpResponse:
    """List the disputes that wait, then those with an outcome."""
    decided = selectors.disputes_visible_to(request.user).exclude(outcome=Dispute.Outcome.OPEN)
    waiting = list(selectors.disputes_waiting(request.user))
    pages = slice_of(decided, request.GET, order=("-decided_at", "-pk"), size=25)
    services.see_dispute_list([*waiting, *pages.rows], by=request.user, at=clock.now())
    context = {"waiting": waiting, "pages": pages}
    return render(request, "reviews/disputes.html", context)


@page(Permission.DISPUTE_DECIDE, methods=("GET", "POST"))
def dispute(request: SignedInRequest, dispute_id: int) -> HttpResponse:
    """Show a dispute beside the mark and its letter, and decide it."""
    shown = selectors.dispute_for(request.user, dispute_id)
    review = shown.feedback.review
    form = forms.DecisionForm(request.POST or None, choices=_choices(shown))
    if request.method == "POST":
        if _decided_already(request, shown):
            return redirect("reviews:dispute", dispute_id)
        policies.check_can_decide(request.user, shown, clock.today())
        if form.is_valid() and _decide(request, shown, form):
            messages.success(request, "Decided. The first mark stays beside the outcome.")
            return redirect("reviews:disputes")
    see_dispute(shown, by=request.user, at=clock.now())
    mark = selectors.mark_of(shown.feedback, shown.mark_id)
    refusal = _refusal(request, shown)
    context = {
        "form": form,
        "dispute": shown,
        "review": review,
        "line": selectors.line_of(request.user, mark),
        "parts": selectors.parts_of(review, {mark.criterion.code: mark}),
        "record": selectors.record_of(review.drawn_letter),
        "may_decide": not refusal,
        "refusal": refusal if shown.outcome == Dispute.Outcome.OPEN else "",
    }
    return render(request, "reviews/dispute.html", context)


def _decided_already(request: SignedInRequest, dispute: Dispute) -> bool:
    """Return whether this person has decided it, and say so to whoever presses twice."""
    if dispute.decided_by_id != request.user.pk:
        return False
    messages.success(request, "This was done already. Your first decision stands, as below.")
    return True


def _refusal(request: SignedInRequest, dispute: Dispute) -> str:
    """Return why this person may not decide, or nothing."""
    try:
        policies.check_can_decide(request.user, dispute, clock.today())
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _choices(dispute: Dispute) -> list[tuple[str, str]]:
    """Return that the mark stands, and each level it could have had instead."""
    level = Level(dispute.mark.level).label.lower()
    instead = [
        (each, f"Accept: it should have been “{Level(each).label.lower()}”")
        for each in services.levels_instead(dispute.mark)
    ]
    return [(STANDS, f"Refuse: “{level}” stands"), *instead]


def _decide(request: SignedInRequest, dispute: Dispute, form: forms.DecisionForm) -> bool:
    chosen, reason = form.cleaned_data["new_level"], form.cleaned_data["reason"]
    now = clock.now()
    try:
        if chosen == STANDS:
            services.refuse_dispute(dispute, by=request.user, at=now, reason=reason)
        else:
            services.accept_dispute(
                dispute, by=request.user, at=now, new_level=chosen, reason=reason
            )
    except services.DisputeRefused as refusal:
        form.add_error("reason", str(refusal))
        return False
    return True
