"""What the police were told of recordings, what they answered, and what they are asked for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.hard_media import policies
from forthright.hard_media.forms.items import AnswerForm, AnswerRightForm, FeedbackForm
from forthright.hard_media.selectors import police
from forthright.hard_media.selectors.registered import feedback_for, feedback_visible_to, item_for
from forthright.hard_media.services import feedback as services
from forthright.hard_media.services import seeing
from forthright.hard_media.views.asking import asked
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.MEDIA_SEE)
def feedback(request: SignedInRequest) -> HttpResponse:
    """List what the police were told, the newest first."""
    pages = slice_of(
        feedback_visible_to(request.user), request.GET, order=("-given_at", "-pk"), size=25
    )
    seeing.see_items([each.item for each in pages.rows], by=request.user, at=clock.now())
    may_record = {
        each.pk for each in pages.rows
        if is_allowed(policies.check_can_record, request.user, each.item)
    }  # fmt: skip
    context = {"pages": pages, "now": clock.now(), "may_record": may_record}
    return render(request, "hard_media/feedback.html", context)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def feedback_give(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Give the police a failure reason in its exact words."""
    one = item_for(request.user, item_id)
    policies.check_can_record(request.user, one)
    form = FeedbackForm(request.POST or None, initial={"opened": services.feedback_stamp(one)})
    back = reverse("hard_media:item", args=[item_id])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.give_feedback(
                one, said["reason"], detail=said["detail"], by=request.user, at=clock.now(),
                opened=said["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            given = one.feedback.order_by("pk").last()
            form.add_error(None, f"The police were told: {given}. Give yours only if it is more.")
        else:
            messages.success(request, "The reason is recorded. The police see it on their page.")
            return redirect(back)
    seeing.see(one, by=request.user, at=clock.now())
    return asked(
        request, form, "Tell the police what was wrong", save="Record it", back=back,
        caption=f"{one.case}: {one}",
        intro="These are the reasons of the Director’s Guidance Assessment, word for word.",
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def feedback_answer(request: SignedInRequest, police_feedback_id: int) -> HttpResponse:
    """Keep what the police answered."""
    one = feedback_for(request.user, police_feedback_id)
    policies.check_can_record(request.user, one.item)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.record_answer(
                one, said["outcome"], words=said["words"], by=request.user, at=clock.now()
            )
        except services.FeedbackRefused as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, "The answer is recorded.")
            return redirect("hard_media:feedback")
    seeing.see(one.item, by=request.user, at=clock.now())
    return asked(
        request, form, "What the police answered", save="Record it", intro=one.reason,
        back=reverse("hard_media:feedback"), caption=f"{one.item.case}: {one.item}",
    )  # fmt: skip


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def feedback_right(request: SignedInRequest, police_feedback_id: int) -> HttpResponse:
    """Put right what the police answered; what was recorded before, and why, stays."""
    one = feedback_for(request.user, police_feedback_id)
    policies.check_can_record(request.user, one.item)
    initial = {
        "opened": services.answer_stamp(one), "outcome": one.outcome,
        "words": one.outcome_words,
    }  # fmt: skip
    form = AnswerRightForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        outcome = "" if said["outcome"] == form.NONE else said["outcome"]
        right = services.Right(outcome, said["words"], said["reason"])
        try:
            services.put_answer_right(
                one, right, by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            form.add_error("outcome", f"Now it is: {one.get_outcome_display() or 'nothing yet'}")
        except services.FeedbackRefused as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, "It is put right. What was recorded before stays beside it.")
            return redirect("hard_media:feedback")
    seeing.see(one.item, by=request.user, at=clock.now())
    return asked(
        request, form, "Put right what the police answered", save="Put it right",
        intro=one.reason, back=reverse("hard_media:feedback"),
        caption=f"{one.item.case}: {one.item}",
    )  # fmt: skip


@page(Permission.MEDIA_OWED_SEE)
def owed(request: SignedInRequest) -> HttpResponse:
    """Show a police partner the one list of what their force still owes."""
    now = clock.now()
    lines, told = police.asked_of(request.user, now.date()), police.told_to(request.user, now)
    looked_at = list(police.items_looked_at(request.user))
    withdrawn = list(police.items_withdrawn(request.user, now))
    seen = [each.item for each in lines] + [each.item for each in told] + looked_at + withdrawn
    seeing.see_items(seen, by=request.user, at=now)
    context = {
        "lines": lines, "told": told, "force": police.force_of(request.user), "now": now,
        "looked_at": looked_at, "withdrawn": withdrawn, "why_withdrawn": police.WITHDRAWN,
    }  # fmt: skip
    return render(request, "hard_media/owed.html", context)
