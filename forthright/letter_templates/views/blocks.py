"""A block of wording: what it says and why, changing it, and approving a change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, is_allowed
from forthright.letter_templates import policies, services
from forthright.letter_templates.forms.blocks import (
    ApprovalForm,
    BlockForm,
    NewBlockForm,
    ReasonForm,
    block_initial,
)
from forthright.letter_templates.models import Block, BlockVersion, Look, Owner, Standing
from forthright.letter_templates.selectors import differences, seeing, trials
from forthright.letter_templates.services import ChangeRefused
from forthright.letter_templates.views.approving import deciding, refuse
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.TEMPLATE_SEE)
def blocks(request: SignedInRequest) -> HttpResponse:
    """List every block with its owner and its day of review."""
    area = request.user.area
    context = {
        "blocks": seeing.blocks_with_use(request.user),
        "today": clock.today(),
        "may_change": is_allowed(policies.check_can_change, request.user, area),
    }
    return render(request, "letter_templates/blocks.html", context)


@page(Permission.TEMPLATE_SEE)
def block(request: SignedInRequest, block_id: int) -> HttpResponse:
    """Show what a block says, when and what for, and every version of it."""
    shown = seeing.block_for(request.user, block_id)
    history = list(seeing.history_of(shown))
    in_use = next((each for each in history if each.is_in_use), None)
    draft = next((each for each in history if each.is_draft), None)
    users = seeing.templates_that_use(shown)
    may_retire = is_allowed(policies.check_can_retire, request.user, shown.area)
    others = draft is not None and draft.made_by_id != request.user.pk
    may_change = is_allowed(policies.check_can_change, request.user, shown.area)
    context = {
        "shown": shown,
        "in_use": in_use,
        "settings": differences.settings_of(in_use).items() if in_use else (),
        "draft": draft,
        "history": history,
        "templates": users,
        "today": clock.today(),
        "may_change": may_change and not others,
        "may_retire": may_retire and in_use is not None and not users and draft is None,
    }
    return render(request, "letter_templates/block.html", context)


@page(Permission.TEMPLATE_CHANGE, methods=("GET", "POST"))
def block_change(request: SignedInRequest, block_id: int) -> HttpResponse:
    """Change a block: the form, then what changes and what the checks say, then handed over."""
    changed = seeing.block_for(request.user, block_id)
    policies.check_can_change(request.user, changed.area)
    draft = seeing.history_of(changed).filter(state=BlockVersion.State.DRAFT).first()
    if draft is not None and draft.made_by_id != request.user.pk:
        messages.error(request, services.other_waits(draft))
        return redirect("letter_templates:block_version", changed.pk, draft.number)
    begin = draft or seeing.block_in_use(changed) or seeing.history_of(changed).first()
    initial = block_initial(begin, clock.today()) if begin else {}
    form = BlockForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "shown": changed, "table": FIELDS.items()}
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            return _check_or_keep(request, changed, form)
        except ChangeRefused as refusal:
            refuse(form, refusal)
    return render(request, "letter_templates/block_change.html", context)


def _check_or_keep(request: SignedInRequest, changed: Block, form: BlockForm) -> HttpResponse:
    words, reason = form.words(), form.cleaned_data["reason"]
    if "confirm" in request.POST:
        version = services.draft_block_change(
            changed, words, reason=reason, by=request.user, at=clock.now()
        )
        messages.success(
            request, "The change waits for somebody else to approve it. Letters stay as they are."
        )
        return redirect("letter_templates:block_version", changed.pk, version.number)
    version = services.proposed_block(changed, words, today=clock.today())
    context = {
        "shown": changed,
        "reason": reason,
        "answers": list(request.POST.lists()),
        **_what_changes(version, seeing.block_in_use(changed)),
        "trial": trials.try_block(version, clock.today()),
    }
    return render(request, "letter_templates/block_check.html", context)


@page(Permission.TEMPLATE_CHANGE, methods=("GET", "POST"))
def block_new(request: SignedInRequest) -> HttpResponse:
    """Add a block that there was not before; it waits for approval like a change."""
    try:
        policies.check_can_change(request.user, request.user.area)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("letter_templates:blocks")
    usual = {"look": Look.TEXT, "standing": Standing.TO_BE_CONFIRMED, "owner": Owner.LEGAL_MANAGER}
    form = NewBlockForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            version = services.draft_new_block(
                request.user.area,
                cleaned["code"],
                form.words(),
                reason=cleaned["reason"],
                by=request.user,
                at=clock.now(),
            )
        except ChangeRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The block waits for somebody else to approve it.")
            return redirect("letter_templates:block_version", version.block_id, version.number)
    context = {"form": form, "table": FIELDS.items()}
    return render(request, "letter_templates/block_new.html", context)


@page(Permission.TEMPLATE_SEE)
def block_version(request: SignedInRequest, block_id: int, number: int) -> HttpResponse:
    """Show one version of a block: what it changed, and how to approve it or not."""
    version = seeing.block_version_for(request.user, block_id, number)
    return _version_page(request, version, ApprovalForm(), ReasonForm())


@page(Permission.TEMPLATE_APPROVE, methods=("POST",))
def block_approve(request: SignedInRequest, block_id: int, number: int) -> HttpResponse:
    """Bring a change into use."""
    version = seeing.block_version_for(request.user, block_id, number)
    form = ApprovalForm(request.POST)
    if form.is_valid():
        try:
            services.approve_block(
                version, by=request.user, at=clock.now(), although=form.cleaned_data["although"]
            )
        except ChangeRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"“{version.title}” is in use from now on.")
            return redirect("letter_templates:block", version.block_id)
    return _version_page(request, version, form, ReasonForm())


@page(Permission.TEMPLATE_SEE, methods=("POST",))
def block_withdraw(request: SignedInRequest, block_id: int, number: int) -> HttpResponse:
    """End a change that is not approved."""
    version = seeing.block_version_for(request.user, block_id, number)
    policies.check_can_withdraw(request.user, version, version.block.area)
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.withdraw_change(
            version, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        )
        messages.success(request, "The change is ended. The wording in use stays.")
        return redirect("letter_templates:block", version.block_id)
    return _version_page(request, version, ApprovalForm(), form)


@page(Permission.TEMPLATE_APPROVE, methods=("GET", "POST"))
def block_retire(request: SignedInRequest, block_id: int) -> HttpResponse:
    """Take a block out of use that no template names."""
    retired = seeing.block_for(request.user, block_id)
    policies.check_can_retire(request.user, retired.area)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.retire_block(
                retired, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except ChangeRefused as refusal:
            form.add_error(None, " ".join(refusal.problems))
        else:
            messages.success(request, f"“{retired}” is no longer in use. Its versions are kept.")
            return redirect("letter_templates:block", retired.pk)
    return render(request, "letter_templates/block_retire.html", {"shown": retired, "form": form})


def _version_page(
    request: SignedInRequest, version: BlockVersion, approval: ApprovalForm, ending: ReasonForm
) -> HttpResponse:
    context = {
        "shown": version.block,
        **_what_changes(version, seeing.version_before(version)),
        "trial": trials.try_block(version, clock.today()) if version.is_draft else None,
        **deciding(request, version, approval, ending),
    }
    return render(request, "letter_templates/block_version.html", context)


def _what_changes(version: BlockVersion, before: BlockVersion | None) -> dict[str, Any]:
    """Return how a version differs from the one before it, for the page."""
    pieces = differences.difference(before.wording if before else "", version.wording)
    added, removed = differences.count_changed(pieces)
    earlier = differences.settings_of(before) if before else {}
    return {
        "before": before,
        "pieces": pieces,
        "added": added,
        "removed": removed,
        "changed": differences.changed_settings(earlier, differences.settings_of(version)),
        "code": version.block.code,
    }
