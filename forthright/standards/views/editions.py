"""The standard for letters: its editions, what each says, and the making of a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, has_permission, is_allowed
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.words import capitalised
from forthright.standards import forms, policies, selectors, services
from forthright.standards.models import Subject
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.STANDARD_SEE)
def editions(request: SignedInRequest) -> HttpResponse:
    """List the Area's editions, the newest first."""
    area = request.user.area
    may_change = has_permission(request.user, Permission.STANDARD_CHANGE)
    seen = list(selectors.editions_visible_to(request.user))
    context = {
        "standards": [
            {
                "subject": subject,
                "title": subject.label,
                "words": SubjectKind(subject).words,
                "editions": [each for each in seen if each.subject == subject],
                "in_force": selectors.edition_in_force(area, clock.today(), subject),
                "draft": selectors.draft_of(area, subject) if may_change else None,
            }
            for subject in Subject
        ],
        "may_change": may_change,
    }
    return render(request, "standards/editions.html", context)


@page(Permission.STANDARD_CHANGE, methods=("POST",))
def standard_start(request: SignedInRequest) -> HttpResponse:
    """Give an Area without a standard its first edition, of letters unless told otherwise."""
    said = request.POST.get("subject", Subject.LETTERS.value)
    subject = said if said in Subject.values else Subject.LETTERS.value
    edition = services.start_area_standards(
        request.user.area, subject, by=request.user, at=clock.now()
    )
    messages.success(request, f"{capitalised(str(edition))} is in force.")
    return redirect("standards:edition", edition.pk)


@page(Permission.STANDARD_SEE)
def edition(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Show every criterion of an edition, its levels side by side."""
    shown = selectors.edition_for(request.user, edition_id)
    context = {
        "edition": shown,
        "criteria": selectors.criteria_of(shown),
        "root_causes": shown.root_causes.all(),
        "in_force": selectors.edition_in_force(request.user.area, clock.today(), shown.subject),
        "words": SubjectKind(shown.subject).words,
        "may_change": is_allowed(policies.check_can_change, request.user, shown),
        "may_copy": has_permission(request.user, Permission.STANDARD_CHANGE) and not shown.is_draft,
        "draft": selectors.draft_of(request.user.area, shown.subject),
    }
    return render(request, "standards/edition.html", context)


@page(Permission.STANDARD_SEE)
def edition_differences(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Show how an edition differs from the one it was copied from."""
    shown = selectors.edition_for(request.user, edition_id)
    before = shown.copied_from
    context = {
        "edition": shown,
        "before": before,
        "differences": selectors.differences_between(before, shown) if before else [],
    }
    return render(request, "standards/differences.html", context)


@page(Permission.STANDARD_CHANGE, methods=("POST",))
def edition_copy(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Make a draft that starts with the words of this edition."""
    copied = selectors.edition_for(request.user, edition_id)
    try:
        draft = services.copy_edition(copied, by=request.user, at=clock.now())
    except services.DraftExists as refusal:
        messages.error(request, str(refusal))
        return redirect("standards:editions")
    messages.success(
        request,
        f"{capitalised(str(draft))} is a draft. Change the criteria, then check and adopt it.",
    )
    return redirect("standards:edition", draft.pk)


@page(Permission.STANDARD_CHANGE, methods=("GET", "POST"))
def criterion_change(request: SignedInRequest, criterion_id: int) -> HttpResponse:
    """Change the words of one criterion of a draft."""
    criterion = selectors.criterion_for(request.user, criterion_id)
    policies.check_can_change(request.user, criterion.edition)
    now = forms.criterion_initial(criterion)
    initial = {**now, "opened": selectors.criterion_stamp(criterion)}
    form = forms.CriterionForm(request.POST or None, criterion=criterion, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        words = services.CriterionWords(
            title=cleaned["title"],
            question=cleaned["question"],
            guidance=cleaned["guidance"],
            applies_when=cleaned["applies_when"],
            is_critical=cleaned["is_critical"],
            critical_because=cleaned["critical_because"],
            levels=form.words_of_levels(),
        )
        try:
            services.change_criterion(
                criterion, by=request.user, at=clock.now(), words=words, opened=cleaned["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, now)
        else:
            messages.success(request, f"{criterion.code} changed.")
            return redirect("standards:edition", criterion.edition_id)
    return render(
        request, "standards/criterion_change.html", {"form": form, "criterion": criterion}
    )


@page(Permission.STANDARD_CHANGE, methods=("GET", "POST"))
def edition_adopt(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Show what a draft changes, and adopt it."""
    draft = selectors.edition_for(request.user, edition_id)
    policies.check_can_change(request.user, draft)
    form = forms.AdoptionForm(request.POST or None, initial={"in_force_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            adopted = services.adopt_edition(
                draft, by=request.user, at=clock.now(), **form.cleaned_data
            )
        except services.EditionHasProblems as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem)
        else:
            messages.success(request, f"{capitalised(str(adopted))} adopted.")
            return redirect("standards:edition", adopted.pk)
    before = draft.copied_from
    context = {
        "form": form,
        "edition": draft,
        "before": before,
        "differences": selectors.differences_between(before, draft) if before else [],
    }
    return render(request, "standards/adopt.html", context)


@page(Permission.STANDARD_CHANGE, methods=("POST",))
def edition_discard(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Throw a draft away."""
    draft = selectors.edition_for(request.user, edition_id)
    named = str(draft)
    try:
        services.discard_draft(draft, by=request.user, at=clock.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The draft of {named} was thrown away.")
    return redirect("standards:editions")
