"""Changed sets of rules: proposed, tried on letters of the past, adopted by a second person."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.letters.forms import rule_sets as forms
from forthright.letters.selectors import back_tests
from forthright.letters.services import rule_sets as services
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.letter_checks.rule_files import LARGEST_FILE, files_handed_over
from forthright.rules.letter_checks.rule_set import OFF, differences_of, shipped_files
from forthright.standards import policies, selectors
from forthright.standards.models import CheckSet
from forthright.standards.services import Proposal, SetRefused, take_back_set
from forthright.web import clock
from forthright.web.jobs import is_work_stalled
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

AT_A_TIME = 20


@page(Permission.STANDARD_SEE)
def rule_sets(request: SignedInRequest) -> HttpResponse:
    """List the Area's sets of rules, and say which is in force."""
    context = {
        "rules": selectors.check_rules_of(request.user.area),
        "sets": selectors.sets_visible_to(request.user),
        "waiting": selectors.proposed_set(request.user.area),
        "may_propose": has_permission(request.user, Permission.RULES_PROPOSE),
    }
    return render(request, "letters/rule_sets.html", context)


@page(Permission.STANDARD_SEE)
def rule_set(request: SignedInRequest, set_id: int) -> HttpResponse:
    """Show one set: what it changes, what it would find in letters of the past, and who decided."""
    check_set = selectors.set_for(request.user, set_id)
    return _set_page(request, check_set, forms.AdoptForm(), forms.ReasonForm(prefix="end"))


def _set_page(
    request: SignedInRequest,
    check_set: CheckSet,
    adoption: forms.AdoptForm,
    ending: forms.ReasonForm,
) -> HttpResponse:
    user = request.user
    test = back_tests.back_test_of(check_set)
    own = selectors.rules_of_set(check_set)
    before = selectors.rules_with_digest(test.against_digest) if test else None
    before = before or selectors.check_rules_of(user.area)
    context: dict[str, Any] = {
        "set": check_set,
        "form": adoption if adoption.is_bound else ending,
        "adoption": adoption,
        "ending": ending,
        "label": own.label,
        "test": test,
        "changes": differences_of(before.rules, own.rules),
        "weakened": selectors.weakened_in(check_set),
        "may_adopt": is_allowed(policies.check_can_adopt_rules, user, check_set),
        "may_take_back": is_allowed(policies.check_can_take_back_rules, user, check_set),
        "is_own": check_set.proposed_by_id == user.pk,
        "may_go_back": check_set.state == CheckSet.State.REPLACED
        and has_permission(user, Permission.RULES_PROPOSE),
        "is_stalled": is_work_stalled(clock.now()),
    }
    if test is not None and test.finished_at is None:
        context["done"], context["of"] = back_tests.done_of(test)
    elif test is not None:
        seen = back_tests.differences_visible_to(user, test)
        pages = slice_of(seen, request.GET, order=("pk",), size=AT_A_TIME)
        services.see_back_test(check_set, pages.rows, by=user, at=clock.now())
        totals = back_tests.totals_of(test)
        hidden = totals.different - seen.count()
        context |= {
            "pages": pages,
            "letters": [back_tests.in_words(each, before, own) for each in pages.rows],
            "totals": totals,
            "hidden": hidden,
            "hidden_words": services.hidden_letters(hidden) if hidden else "",
        }
    return render(request, "letters/rule_set.html", context)


@page(Permission.RULES_PROPOSE, methods=("GET", "POST"))
def rule_change(request: SignedInRequest, rule_id: str) -> HttpResponse:
    """Propose another level for one rule, or to switch it off."""
    area = request.user.area
    rule = selectors.check_rules_of(area).rule(rule_id)
    if rule is None:
        raise Http404
    form = forms.RuleChangeForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        level = form.cleaned_data["level"]
        files, changes = selectors.contents_in_force(area)
        how = "switched off" if level == OFF else f"{level} instead of {rule.level}"
        proposal = Proposal(
            files=files, changes=changes | {rule.id: level}, what=f"{rule.id} {rule.title}: {how}",
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if proposed := _propose(request, form, proposal):
            return redirect("letters:rule_set", proposed.pk)
    return render(request, "letters/rule_change.html", {"form": form, "rule": rule})


@page(Permission.RULES_PROPOSE, methods=("GET", "POST"))
def rule_set_upload(request: SignedInRequest) -> HttpResponse:
    """Propose rules from a file."""
    form = forms.RuleUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        handed_over = form.cleaned_data["file"]
        files, changes = selectors.contents_in_force(request.user.area)
        # Only so much is read: a file that is larger is refused by its first bytes.
        content = handed_over.read(LARGEST_FILE + 1)
        try:
            held = files_handed_over(handed_over.name, content, files)
        except RulesRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            is_whole = handed_over.name.lower().endswith(".zip")
            proposal = Proposal(
                files=held, changes={} if is_whole else changes,
                what=f"From the file {handed_over.name}", reason=form.cleaned_data["reason"],
            )  # fmt: skip
            if proposed := _propose(request, form, proposal):
                return redirect("letters:rule_set", proposed.pk)
    return render(request, "letters/rule_set_upload.html", {"form": form})


@page(Permission.RULES_PROPOSE, methods=("GET", "POST"))
def rule_set_again(request: SignedInRequest, set_id: int) -> HttpResponse:
    """Propose to go back to a set that was in force before."""
    check_set = selectors.set_for(request.user, set_id)
    if check_set.state != CheckSet.State.REPLACED:
        raise Http404
    what = f"Back to set {check_set.number}"
    return _again(request, check_set.files, check_set.changes, what)


@page(Permission.RULES_PROPOSE, methods=("GET", "POST"))
def rules_as_shipped(request: SignedInRequest) -> HttpResponse:
    """Propose to use the rules as this release ships them."""
    return _again(request, dict(shipped_files()), {}, "Back to the rules as shipped")


def _again(
    request: SignedInRequest, files: dict[str, str], changes: dict[str, str], what: str
) -> HttpResponse:
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposal = Proposal(
            files=files, changes=changes, what=what, reason=form.cleaned_data["reason"]
        )
        if proposed := _propose(request, form, proposal):
            return redirect("letters:rule_set", proposed.pk)
    return render(request, "letters/rule_set_again.html", {"form": form, "what": what})


def _propose(request: SignedInRequest, form: Form, proposal: Proposal) -> CheckSet | None:
    """Return the set that was proposed, or None with its problems above the form."""
    try:
        made = services.propose(request.user.area, proposal, by=request.user, at=clock.now())
    except SetRefused as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
        return None
    messages.success(
        request, f"Set {made.number} proposed. It is now tried on letters of the past."
    )
    return made


@page(Permission.RULES_ADOPT, methods=("POST",))
def rule_set_adopt(request: SignedInRequest, set_id: int) -> HttpResponse:
    """Check letters by a set from now on."""
    check_set = selectors.set_for(request.user, set_id)
    policies.check_can_adopt_rules(request.user, check_set)
    form = forms.AdoptForm(request.POST)
    form.is_valid()
    although = form.cleaned_data.get("although", "")
    try:
        services.adopt(check_set, although=although, by=request.user, at=clock.now())
    except SetRefused as refusal:
        form.add_error("although" if selectors.weakened_in(check_set) else None, str(refusal))
        return _set_page(request, check_set, form, forms.ReasonForm(prefix="end"))
    messages.success(request, f"Set {check_set.number} adopted. Letters are checked by it now.")
    return redirect("letters:rule_sets")


@page(Permission.RULES_PROPOSE, methods=("POST",))
def rule_set_take_back(request: SignedInRequest, set_id: int) -> HttpResponse:
    """End a proposal that is not adopted."""
    check_set = selectors.set_for(request.user, set_id)
    policies.check_can_take_back_rules(request.user, check_set)
    form = forms.ReasonForm(request.POST, prefix="end")
    if not form.is_valid():
        return _set_page(request, check_set, forms.AdoptForm(), form)
    take_back_set(check_set, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    messages.success(request, f"Set {check_set.number} is not adopted. The rules stay as they are.")
    return redirect("letters:rule_sets")
