"""What a person was told of a letter: reading it, replying, disputing it, and deciding that."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed, reason_against, within_reach
from forthright.peer_checks import policies, selectors
from forthright.peer_checks.forms import DecidePartForm, DisputePartForm, ReplyForm
from forthright.peer_checks.models import PartTold, PeerLevel
from forthright.peer_checks.selectors.parts import disputes_over
from forthright.peer_checks.services import seeing
from forthright.peer_checks.services import telling as services
from forthright.rules.words import day_words
from forthright.schemes.models import Duty
from forthright.web import clock
from forthright.web.page import SignedInRequest, page, typed_in
from forthright.web.paging import slice_of


@page(Permission.FEEDBACK_ANSWER, methods=("GET", "POST"))
def part(request: SignedInRequest, part_id: int) -> HttpResponse:
    """Show this person what they were told of one letter, and take their reply."""
    shown = selectors.part_for(request.user, part_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reply(shown, form.cleaned_data["text"], by=request.user, at=clock.now())
        except services.PartRefused as refusal:
            messages.error(request, str(refusal))
            shown.refresh_from_db()
        else:
            messages.success(request, f"{shown.told_by} can read your reply.")
            return redirect("peer_checks:part", part_id)
    services.see_part(shown, by=request.user, at=clock.now())
    duty = shown.version.letter.duty
    reachable = within_reach(request.user, Permission.DUTY_SEE, Duty.objects.filter(pk=duty.pk))
    context = {
        "part": shown,
        "duty": duty,
        "form": form,
        "is_reasons": shown.about == PartTold.About.REASONS,
        "is_unanswered": shown.is_unanswered_on(clock.today()),
        "levels": _levels(shown),
        "typed": typed_in(request),
        "days_moved": shown.limit_changes.filter(is_of_decision=shown.is_disputed),
        "may_open": reachable.exists(),
        "may_dispute": is_allowed(
            policies.check_can_dispute_part, request.user, shown, clock.today()
        ),
    }
    return render(request, "peer_checks/part.html", context)


@page(Permission.FEEDBACK_ANSWER, methods=("GET", "POST"))
def part_dispute(request: SignedInRequest, part_id: int) -> HttpResponse:
    """Let a person say why what they were told is wrong."""
    shown = selectors.part_for(request.user, part_id)
    if shown.is_disputed:
        messages.success(request, "This was done already: you have disputed this.")
        return redirect("peer_checks:part", part_id)
    policies.check_can_dispute_part(request.user, shown, clock.today())
    form = DisputePartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            raised = services.dispute_part(
                shown, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except services.PartRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            day = day_words(raised.decide_by, year=False) if raised.decide_by else "the limit"
            messages.success(request, f"Disputed. Somebody else decides by the end of {day}.")
            return redirect("peer_checks:part", part_id)
    services.see_part(shown, by=request.user, at=clock.now())
    context = {"part": shown, "duty": shown.version.letter.duty, "form": form}
    return render(request, "peer_checks/part_dispute.html", context)


@page(Permission.DISPUTE_DECIDE)
def disputes(request: SignedInRequest) -> HttpResponse:
    """List the disputes of checks that wait, then those that are over."""
    waiting = list(selectors.disputes_waiting(request.user))
    pages = slice_of(disputes_over(request.user), request.GET, order=("-decide_by", "-pk"), size=25)
    seeing.see_parts([*waiting, *pages.rows], by=request.user, at=clock.now())
    return render(request, "peer_checks/disputes.html", {"waiting": waiting, "pages": pages})


@page(Permission.DISPUTE_DECIDE, methods=("GET", "POST"))
def dispute(request: SignedInRequest, part_id: int) -> HttpResponse:
    """Show a dispute beside what was found and its letter, and decide it."""
    shown = selectors.part_disputed_for(request.user, part_id)
    form = DecidePartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            services.decide_part(shown, answers["outcome"], reason=answers["reason"],
                                 by=request.user, at=clock.now())  # fmt: skip
        except (NotAllowed, services.PartRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Decided. What was found stays beside the outcome.")
            return redirect("peer_checks:disputes")
    services.see_part(shown, by=request.user, at=clock.now())
    refusal = reason_against(policies.check_can_decide_part, request.user, shown, clock.today())
    is_open = shown.outcome == PartTold.Outcome.OPEN
    context = {
        "part": shown,
        "duty": shown.version.letter.duty,
        "form": form,
        "levels": _levels(shown),
        "days_moved": shown.limit_changes.filter(is_of_decision=True),
        "text": shown.version.text,
        "refusal": refusal if is_open else "",
        "is_unanswered": shown.is_unanswered_on(clock.today()),
        "may_decide": not refusal,
        "typed": typed_in(request) if refusal else [],
    }
    return render(request, "peer_checks/dispute.html", context)


def _levels(part: PartTold) -> list[PeerLevel]:
    """Return what was not met, for the drafter's part of a check; a prosecutor has no levels."""
    if part.check_of is None or part.about == PartTold.About.REASONS:
        return []
    rows = part.check_of.levels.filter(level="NOT_MET").select_related("criterion")
    return list(rows.prefetch_related("criterion__anchors").order_by("criterion__position"))
