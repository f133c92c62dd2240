"""The time limits in plain words, a calculator, their history, and changing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.deadlines import DueDate
from forthright.rules.words import count_words
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes import services
from forthright.schemes.forms.rules import (
    CalculatorForm,
    RulesForm,
    answer_words,
    left_alone,
    rules_initial,
)
from forthright.schemes.models import RuleSet
from forthright.schemes.selectors import rules_in_words as in_words
from forthright.schemes.selectors.area_clock import (
    AreaNotStarted,
    NoRulesInForce,
    area_clock,
    calendar_warning_for,
)
from forthright.schemes.selectors.rule_drafts import (
    RulesRefused,
    check_made_from,
    draft_from,
    moves_if_rules_change,
)
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page

NEW_EACH_TIME = ("in_force_from", "source", "reason", "is_confirmed")


@page(Permission.SCHEME_SEE)
def rules(request: SignedInRequest) -> HttpResponse:
    """Show the time limits in force, what is not confirmed yet, and those before."""
    today = clock.today()
    rule_set = in_words.rule_set_in_force(request.user.area, today)
    context = {
        **_lines(rule_set),
        "history": in_words.rule_sets_visible_to(request.user),
        "span": in_words.span_of(request.user.area),
        "warning": calendar_warning_for(request.user.area, today) if rule_set else None,
        "may_change": has_permission(request.user, Permission.SCHEME_CHANGE),
    }
    return render(request, "schemes/rules.html", context)


@page(Permission.SCHEME_SEE)
def rule_set(request: SignedInRequest, rule_set_id: int) -> HttpResponse:
    """Show one edition of the time limits as it was."""
    shown = in_words.rule_set_for(request.user, rule_set_id)
    return render(request, "schemes/rule_set.html", _lines(shown))


@page(Permission.SCHEME_CHANGE, methods=("POST",))
def scheme_start(request: SignedInRequest) -> HttpResponse:
    """Give an Area without time limits the published ones."""
    services.start_area_scheme(request.user.area, by=request.user, at=clock.now())
    messages.success(request, "The published time limits and calendar are in force.")
    return redirect("schemes:rules")


@page(Permission.SCHEME_SEE)
def calculator(request: SignedInRequest) -> HttpResponse:
    """Say when a letter would be due for a decision, and why."""
    asked = request.GET if "entitlement" in request.GET or "hour" in request.GET else None
    now = clock.now()
    form = CalculatorForm(asked, initial={"day": now.date(), "hour": now.time()})
    due = _due(request, form) if asked is not None and form.is_valid() else None
    return render(request, "schemes/calculator.html", {"form": form, "due": due})


@page(Permission.SCHEME_CHANGE, methods=("GET", "POST"))
def rules_change(request: SignedInRequest) -> HttpResponse:
    """Change the time limits: the form, then the answers to check, then done."""
    area, today = request.user.area, clock.today()
    try:
        current = area_clock(area).rule_sets[0]
    except AreaNotStarted as refusal:
        messages.error(request, str(refusal))
        return redirect("schemes:rules")
    initial = {**rules_initial(draft_from(current, today=today)), "opened": str(current.version)}
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            return _checked_or_changed(request, form, current)
        except ChangedMeanwhile as refusal:
            _ask_anew(form, refusal, current)
        except (RulesRefused, CalendarTooShort) as refusal:
            form.add_error(None, str(refusal))
    return render(request, "schemes/rules_change.html", {"form": form})


def _checked_or_changed(
    request: SignedInRequest, form: RulesForm, current: RuleSet
) -> HttpResponse:
    """Change the rules once they were confirmed, and until then show the answers to check."""
    area, opened = request.user.area, form.cleaned_data["opened"]
    if "confirm" in request.POST:
        new, moved = services.change_rule_set(
            area, form.draft(), by=request.user, at=clock.now(), opened=opened
        )
        dates = f"The due date of {count_words(moved, 'letter')} moved."
        messages.success(request, f"Version {new.version} is kept. {dates}")
        return redirect("schemes:rules")
    check_made_from(opened, current)
    context = {
        "rows": _rows_to_check(form, current),
        "preview": moves_if_rules_change(area, form.draft(), today=clock.today()),
        "answers": list(request.POST.lists()),
    }
    return render(request, "schemes/rules_check.html", context)


def _ask_anew(form: RulesForm, refusal: ChangedMeanwhile, current: RuleSet) -> None:
    """Show what stands now wherever the person changed nothing, and let them look again."""
    today = form.draft().in_force_from
    now = draft_from(current, today=today)
    was = in_words.rule_set_numbered(current.area, form.cleaned_data["opened"])
    before = draft_from(was, today=today) if was else now
    ask_anew(form, refusal, **left_alone(form, was=before, now=now))


def _rows_to_check(form: RulesForm, current: RuleSet) -> list[dict[str, object]]:
    """Return each answer in words, with what stands now where it is another."""
    before = rules_initial(draft_from(current, today=form.draft().in_force_from))
    rows: list[dict[str, object]] = []
    for field in form.visible_fields():
        name = field.name
        value, was = form.cleaned_data[name] or None, before[name] or None
        is_new = value != was and name not in NEW_EACH_TIME
        said = answer_words(form, name, was) if is_new else None
        rows.append({"key": field.label, "value": answer_words(form, name, value), "was": said})
    return rows


def _lines(rule_set: RuleSet | None) -> dict[str, object]:
    if rule_set is None:
        return {"rule_set": None}
    return {
        "rule_set": rule_set,
        "limits": in_words.limit_lines(rule_set),
        "settings": in_words.setting_lines(rule_set),
        "qualifying": in_words.qualifying_lines(rule_set),
    }


def _due(request: SignedInRequest, form: CalculatorForm) -> DueDate | None:
    try:
        return area_clock(request.user.area).due(
            form.decided_at(), form.cleaned_data["entitlement"]
        )[0]
    except AreaNotStarted as refusal:
        form.add_error(None, str(refusal))
    except (CalendarTooShort, NoRulesInForce) as refusal:
        form.add_error("day", str(refusal))
    return None
