"""Changing a template, or adding one: its blocks in order, and for which letters it is."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.letter_templates import policies, services
from forthright.letter_templates.forms.templates import (
    TemplateForm,
    initial_like,
    template_initial,
    with_order_changed,
)
from forthright.letter_templates.models import Template, TemplateVersion
from forthright.letter_templates.selectors import differences, seeing, trials
from forthright.letter_templates.services import ChangeRefused
from forthright.letter_templates.views.approving import refuse
from forthright.rules.letter_blocks.block import BlocksRefused
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

HANDED_OVER = "waits for somebody else to approve it. Letters stay as they are."


@page(Permission.TEMPLATE_CHANGE, methods=("GET", "POST"))
def template_change(request: SignedInRequest, template_id: int) -> HttpResponse:
    """Change a template: the form, then what changes and what the checks say, then handed over."""
    changed = seeing.template_for(request.user, template_id)
    policies.check_can_change(request.user, changed.area)
    draft = seeing.template_history_of(changed).filter(state=TemplateVersion.State.DRAFT).first()
    if draft is not None and draft.made_by_id != request.user.pk:
        messages.error(request, services.other_waits(draft))
        return redirect("letter_templates:template_version", changed.pk, draft.number)
    begin = draft or seeing.template_in_use(changed)
    if begin is None:
        raise Http404
    form = _form(request, template_initial(begin))
    if _is_sent(request) and form.is_valid():
        try:
            return _check_or_keep(request, changed, form)
        except ChangeRefused as refusal:
            refuse(form, refusal)
    context = {"form": form, "template": changed}
    return render(request, "letter_templates/template_change.html", context)


@page(Permission.TEMPLATE_CHANGE, methods=("GET", "POST"))
def template_new(request: SignedInRequest) -> HttpResponse:
    """Add a template that there was not before; it waits for approval like a change."""
    try:
        policies.check_can_change(request.user, request.user.area)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("letter_templates:templates")
    in_use = list(seeing.templates_visible_to(request.user))
    like = request.GET.get("like", "")
    begin = next((each for each in in_use if str(each.template_id) == like), None)
    form = _form(request, initial_like(begin) if begin else {})
    if _is_sent(request) and form.is_valid():
        try:
            return _check_or_keep_new(request, form)
        except ChangeRefused as refusal:
            refuse(form, refusal)
    context = {"form": form, "in_use": in_use, "begin": begin}
    return render(request, "letter_templates/template_new.html", context)


def _form(request: SignedInRequest, initial: Mapping[str, Any]) -> TemplateForm:
    """Return the form as it was sent; a button of the order judges no other answer."""
    held = seeing.blocks_to_choose(request.user)
    if "act" in request.POST:
        return with_order_changed(request.POST, held=held, initial=initial)
    return TemplateForm(request.POST or None, held=held, initial=dict(initial))


def _is_sent(request: SignedInRequest) -> bool:
    return request.method == "POST" and not {"act", "back"} & request.POST.keys()


def _check_or_keep(request: SignedInRequest, changed: Template, form: TemplateForm) -> HttpResponse:
    words, reason = form.words(), form.cleaned_data["reason"]
    if "confirm" in request.POST:
        version = services.draft_template_change(
            changed, words, reason=reason, by=request.user, at=clock.now()
        )
        messages.success(request, f"The change {HANDED_OVER}")
        return redirect("letter_templates:template_version", changed.pk, version.number)
    version = services.proposed_template(changed, words)
    context = {
        "heading": f"Check the change of “{changed.title}”",
        "before": seeing.template_in_use(changed),
    }
    return _check_page(request, version, reason, context)


def _check_or_keep_new(request: SignedInRequest, form: TemplateForm) -> HttpResponse:
    area, words, reason = request.user.area, form.words(), form.cleaned_data["reason"]
    if "confirm" in request.POST:
        version = services.draft_new_template(
            area, words, reason=reason, by=request.user, at=clock.now()
        )
        messages.success(request, f"The template {HANDED_OVER}")
        return redirect("letter_templates:template_version", version.template_id, version.number)
    version = services.proposed_new_template(area, words, today=clock.today())
    context = {"heading": f"Check “{version.title}”", "before": None}
    return _check_page(request, version, reason, context)


def _check_page(
    request: SignedInRequest, version: TemplateVersion, reason: str, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "reason": reason,
        "answers": list(request.POST.lists()),
        **what_changes(version, context["before"]),
        **trial_of(version),
    }
    return render(request, "letter_templates/template_check.html", context)


def trial_of(version: TemplateVersion) -> dict[str, Any]:
    """Return what the checks say of a version, or why it cannot be tried yet."""
    try:
        return {"trial": trials.try_template(version, clock.today())}
    except BlocksRefused as refusal:
        return {"not_tried": f"{refusal} It has to be approved first."}


def what_changes(version: TemplateVersion, before: TemplateVersion | None) -> dict[str, Any]:
    """Return how a version differs from the one before it, for the page."""
    titles = seeing.titles_of(version.template.area)
    old = differences.order_in_words(before, titles) if before else ""
    pieces = differences.difference(old, differences.order_in_words(version, titles))
    earlier = differences.template_settings_of(before) if before else {}
    later = differences.template_settings_of(version)
    return {
        "before": before,
        "pieces": pieces,
        "changed": differences.changed_settings(earlier, later),
        "code": "",
    }
