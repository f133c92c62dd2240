"""The templates: their blocks in order, the letters they make, and changing them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_allowed
from forthright.audit import services as audit
from forthright.letter_files.reading import FileRefused
from forthright.letter_templates import documents, policies, services
from forthright.letter_templates.forms.blocks import ApprovalForm, ReasonForm
from forthright.letter_templates.forms.templates import (
    ExampleForm,
    WordFileForm,
)
from forthright.letter_templates.models import Template, TemplateVersion
from forthright.letter_templates.selectors import differences, seeing, trials
from forthright.letter_templates.selectors.wordings import rules_template
from forthright.letter_templates.services import ChangeRefused
from forthright.letter_templates.views.approving import deciding, refuse
from forthright.letter_templates.views.changing import trial_of, what_changes
from forthright.rules.letter_blocks.wording import WordingRefused
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Permission.TEMPLATE_SEE)
def templates(request: SignedInRequest) -> HttpResponse:
    """List the templates, the changes that wait, and the blocks to look at again."""
    area, today = request.user.area, clock.today()
    context = {
        "templates": seeing.template_lines(request.user),
        "block_drafts": seeing.block_drafts_waiting(request.user),
        "template_drafts": seeing.template_drafts_waiting(request.user),
        "reviews": seeing.overdue_reviews(area, today),
        "owned": seeing.owned_by(request.user),
        "may_change": is_allowed(policies.check_can_change, request.user, area),
    }
    return render(request, "letter_templates/templates.html", context)


@page(Permission.TEMPLATE_CHANGE, methods=("POST",))
def templates_start(request: SignedInRequest) -> HttpResponse:
    """Give an Area without templates the starter set."""
    if services.start_letter_templates(request.user.area, by=request.user, at=clock.now()):
        messages.success(request, "The templates the product ships with are in use.")
    return redirect("letter_templates:templates")


@page(Permission.TEMPLATE_SEE)
def template(request: SignedInRequest, template_id: int) -> HttpResponse:
    """Show the blocks of a template in order, each with when it is used."""
    shown = seeing.template_for(request.user, template_id)
    history = list(seeing.template_history_of(shown))
    in_use = next((each for each in history if each.is_in_use), None)
    draft = next((each for each in history if each.is_draft), None)
    others = draft is not None and draft.made_by_id != request.user.pk
    may_change = is_allowed(policies.check_can_change, request.user, shown.area)
    context = {
        "template": shown,
        "in_use": in_use,
        "places": seeing.places_of(in_use) if in_use else [],
        "settings": differences.template_settings_of(in_use).items() if in_use else (),
        "draft": draft,
        "history": history,
        "today": clock.today(),
        "may_change": may_change,
        "may_change_order": may_change and not others,
    }
    return render(request, "letter_templates/template.html", context)


@page(Permission.TEMPLATE_SEE)
def template_letter(request: SignedInRequest, template_id: int) -> HttpResponse:
    """Show the whole letter a template makes for a made-up case, with what the checks say."""
    shown = seeing.template_for(request.user, template_id)
    rules = rules_template(_in_use(shown))
    offered = trials.examples_of(rules)
    form = ExampleForm(request.GET or None, offered=offered)
    chosen = form.cleaned_data["example"] if form.is_bound and form.is_valid() else ""
    example = next((each for each in offered if each.code == chosen), next(iter(offered), None))
    letter = trials.letter_of(shown.area, rules, example, clock.today()) if example else None
    context = {"template": shown, "form": form, "example": example, "letter": letter}
    return render(request, "letter_templates/template_letter.html", context)


@page(Permission.TEMPLATE_SEE)
def template_version(request: SignedInRequest, template_id: int, number: int) -> HttpResponse:
    """Show one version of a template: what it changed, and how to approve it or not."""
    version = seeing.template_version_for(request.user, template_id, number)
    return _version_page(request, version, ApprovalForm(), ReasonForm())


@page(Permission.TEMPLATE_APPROVE, methods=("POST",))
def template_approve(request: SignedInRequest, template_id: int, number: int) -> HttpResponse:
    """Bring a change into use."""
    version = seeing.template_version_for(request.user, template_id, number)
    form = ApprovalForm(request.POST)
    if form.is_valid():
        try:
            services.approve_template(
                version, by=request.user, at=clock.now(), although=form.cleaned_data["although"]
            )
        except ChangeRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"“{version.title}” is in use as changed from now on.")
            return redirect("letter_templates:template", version.template_id)
    return _version_page(request, version, form, ReasonForm())


@page(Permission.TEMPLATE_SEE, methods=("POST",))
def template_withdraw(request: SignedInRequest, template_id: int, number: int) -> HttpResponse:
    """End a change that is not approved."""
    version = seeing.template_version_for(request.user, template_id, number)
    policies.check_can_withdraw(request.user, version, version.template.area)
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.withdraw_change(
            version, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        )
        messages.success(request, "The change is ended. The template in use stays.")
        return redirect("letter_templates:template", version.template_id)
    return _version_page(request, version, ApprovalForm(), form)


@page(Permission.TEMPLATE_SEE)
def template_file(request: SignedInRequest, template_id: int) -> HttpResponse:
    """Hand out a template as a Word file in which it can be worded anew."""
    shown = seeing.template_for(request.user, template_id)
    content = documents.word_file_of(_in_use(shown), clock.today())
    audit.record("template.taken_out", shown, by=request.user, at=clock.now(), code=shown.code)
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="template-{shown.code}.docx"'
    return response


@page(Permission.TEMPLATE_CHANGE, methods=("GET", "POST"))
def template_upload(request: SignedInRequest, template_id: int) -> HttpResponse:
    """Take a template back from Word: the blocks worded anew wait for approval."""
    shown = seeing.template_for(request.user, template_id)
    policies.check_can_change(request.user, shown.area)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            wordings = documents.changed_wordings(
                _in_use(shown), file.read(), name=file.name, on=clock.today()
            )
            made = services.take_word_template(
                shown, wordings, reason=form.cleaned_data["reason"], by=request.user,
                at=clock.now(),
            )  # fmt: skip
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except (WordingRefused, ChangeRefused) as refusal:
            form.add_error("file", [ValidationError(each) for each in refusal.problems])
        else:
            titles = ", ".join(f"“{each.block}”" for each in made)
            messages.success(request, f"Worded anew, and waiting for approval: {titles}.")
            return redirect("letter_templates:templates")
    return render(
        request, "letter_templates/template_upload.html", {"template": shown, "form": form}
    )


def _in_use(shown: Template) -> TemplateVersion:
    version = seeing.template_in_use(shown)
    if version is None:
        raise Http404
    return version


def _version_page(
    request: SignedInRequest, version: TemplateVersion, approval: ApprovalForm, ending: ReasonForm
) -> HttpResponse:
    context = {
        "template": version.template,
        **what_changes(version, seeing.template_version_before(version)),
        **(trial_of(version) if version.is_draft else {}),
        **deciding(request, version, approval, ending),
    }
    return render(request, "letter_templates/template_version.html", context)
