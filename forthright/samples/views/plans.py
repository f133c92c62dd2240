"""Sample plans: what each draws, and what a sample of that size can and cannot show."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.services.seeing import see_list as see_disclosures
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.weeks import NotAWeek, read_week
from forthright.rules.words import count_words, day_words
from forthright.samples import forms, selectors, services
from forthright.samples.models import Condition, Plan, PlanVersion
from forthright.schemes.models import Duty
from forthright.schemes.services.seeing import see_list
from forthright.standards.models import Subject
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.SAMPLE_SEE)
def plans(request: SignedInRequest) -> HttpResponse:
    """List the Area's sample plans."""
    seen = list(selectors.plans_visible_to(request.user))
    versions = selectors.versions_in_use(seen)
    context = {
        "plans": [(plan, versions[plan.pk]) for plan in seen],
        "may_plan": has_permission(request.user, Permission.SAMPLE_PLAN),
    }
    return render(request, "samples/plans.html", context)


@page(Permission.SAMPLE_SEE)
def plan(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Show a plan, what it can show, and whom it has covered."""
    shown = selectors.plan_for(request.user, plan_id)
    version = selectors.version_in_use(shown)
    today = clock.today()
    week = selectors.last_ended_week(today)
    context = {
        "plan": shown,
        "version": version,
        "said": said_by(version),
        "worth": selectors.worth_of(shown, version.random_size, today=today),
        "coverage": selectors.coverage_of(
            shown, week, weeks=version.cycle_weeks or 8, unit=selectors.unit_held_to(request.user)
        ),
        "versions": shown.versions.select_related("made_by", "marker"),
        "may_plan": has_permission(request.user, Permission.SAMPLE_PLAN),
        "may_draw": has_permission(request.user, Permission.SAMPLE_DRAW),
    }
    return render(request, "samples/plan.html", context)


@page(Permission.SAMPLE_SEE)
def cover(request: SignedInRequest, plan_id: int, week: str, weeks: int, code: str) -> HttpResponse:
    """Show the letters behind one drafter's cover: which were owed, and which of them drawn."""
    shown = selectors.plan_for(request.user, plan_id)
    try:
        last = read_week(week)
    except NotAWeek as refusal:
        raise Http404 from refusal
    weeks = min(weeks, LONGEST_COVER)
    lines = selectors.letters_counted(request.user, shown, last, weeks=weeks, code=code)
    if not lines:
        raise Http404
    owed = [line.owed for line in lines]
    see_list([each for each in owed if isinstance(each, Duty)], by=request.user, at=clock.now())
    disclosed = [each for each in owed if isinstance(each, DisclosureDuty)]
    see_disclosures(disclosed, by=request.user, at=clock.now())
    context = {
        "plan": shown,
        "drafter": selectors.name_behind(code, owed[0]),
        "lines": lines,
        "drawn": sum(1 for line in lines if line.drawn_by),
        "first": last.plus(1 - weeks).monday,
        "last": last.sunday,
    }
    return render(request, "samples/cover.html", context)


@page(Permission.SAMPLE_PLAN, methods=("GET", "POST"))
def plan_make(request: SignedInRequest) -> HttpResponse:
    """Make a plan, after showing what its sample can show."""
    area = request.user.area
    said = request.POST if request.method == "POST" else request.GET
    is_known = said.get("subject") in Subject.values
    subject = str(said["subject"]) if is_known else Subject.LETTERS.value
    form = forms.PlanMakeForm(request.POST or None, area=area, subject=subject, initial=STARTING)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        unit = form.chosen_unit()
        proposed = Plan(area=area, unit=unit, subject=subject, name=form.cleaned_data["name"])
        if problems := services.settings_problems(unit, form.settings()):
            add_problems(form, problems)
        elif request.POST.get("step") != "save":
            return checked(request, form, proposed)
        else:
            try:
                made = services.make_plan(
                    area,
                    by=request.user,
                    at=clock.now(),
                    name=proposed.name,
                    unit=unit,
                    settings=form.settings(),
                )
            except services.PlanHasProblems as refusal:
                add_problems(form, refusal.problems)
            else:
                messages.success(request, f"“{made}” made. {when_drawn(made)}")
                return redirect("samples:plan", made.pk)
    context = {"form": form, "subject": subject, "words": SubjectKind(subject).words}
    return render(request, "samples/plan_form.html", context)


def when_drawn(made: Plan) -> str:
    """Say which week a new plan draws first, and when."""
    first = selectors.first_week_of(made)
    monday = day_words(first.plus(1).monday)
    before = first.plus(-1)
    other = selectors.drawn_instead_by(made, before)
    if other is not None:
        return (
            f"It draws from the {first.short_words} on, on {monday}. “{other}” drew these "
            f"{made.words.things} for the week before."
        )
    return (
        f"It draws the {first.short_words} by itself on {monday}. The {before.short_words} can be "
        "drawn now."
    )


@page(Permission.SAMPLE_PLAN, methods=("GET", "POST"))
def plan_change(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Give a plan a new version, after showing what its sample can show."""
    changed = selectors.plan_for(request.user, plan_id)
    current = selectors.version_in_use(changed)
    initial = forms.settings_initial(current)
    form = forms.PlanChangeForm(
        request.POST or None, area=changed.area, subject=changed.subject, unit=changed.unit,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "change":
        try:
            return _checked_or_changed(request, form, changed, current)
        except services.PlanHasProblems as refusal:
            add_problems(form, refusal.problems)
        except ChangedMeanwhile as refusal:
            ask_beside(form, refusal, initial)
    context = {"form": form, "plan": changed, "words": changed.words}
    return render(request, "samples/plan_form.html", context)


def _checked_or_changed(
    request: SignedInRequest, form: forms.PlanChangeForm, changed: Plan, current: PlanVersion
) -> HttpResponse:
    """Change a plan once that was confirmed, and until then show what it would draw."""
    opened = form.cleaned_data["opened"]
    if problems := services.settings_problems(changed.unit, form.settings()):
        raise services.PlanHasProblems(problems)
    if request.POST.get("step") != "save":
        services.check_version(opened, current)
        return checked(request, form, changed)
    services.change_plan(
        changed,
        by=request.user,
        at=clock.now(),
        settings=form.settings(),
        reason=form.cleaned_data["reason"],
        opened=opened,
    )
    messages.success(request, "Plan changed. The next draw uses the new version.")
    return redirect("samples:plan", changed.pk)


@page(Permission.SAMPLE_PLAN, methods=("GET", "POST"))
def plan_stop(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Draw no more by a plan, for a reason."""
    stopped = selectors.plan_for(request.user, plan_id)
    form = forms.StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.stop_plan(stopped, by=request.user, at=clock.now(), reason=reason)
        except services.PlanHasProblems as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{stopped}” stopped. What was drawn stays.")
            return redirect("samples:plan", stopped.pk)
    return render(request, "samples/plan_stop.html", {"form": form, "plan": stopped})


@page(Permission.SAMPLE_PLAN, methods=("POST",))
def plan_restart(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Draw by a plan again."""
    restarted = selectors.plan_for(request.user, plan_id)
    services.restart_plan(restarted, by=request.user, at=clock.now())
    messages.success(request, f"“{restarted}” started again.")
    return redirect("samples:plan", restarted.pk)


# The longest cycle a plan may have.
LONGEST_COVER = 52
# What most Areas begin with: five letters a week, every drafter within eight weeks.
STARTING = {"random_size": 5, "cycle_weeks": 8, "cover_at_most": 2, "overruled_at_most": 3}


def checked(request: SignedInRequest, form: forms.PlanSettingsForm, proposed: Plan) -> HttpResponse:
    """Show what the plan would draw and what that can show, before it is kept."""
    settings = form.settings()
    version = PlanVersion(
        plan=proposed,
        marker=settings.marker,
        random_size=settings.random_size,
        strata=list(settings.strata),
        share=settings.share,
        targeted=list(settings.targeted),
        cycle_weeks=settings.cycle_weeks,
        cover_at_most=settings.cover_at_most,
        overruled_at_most=settings.overruled_at_most,
    )
    context = {
        "answers": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "step")
        ],
        "plan": proposed,
        "said": said_by(version),
        "worth": selectors.worth_of(proposed, settings.random_size, today=clock.today()),
    }
    return render(request, "samples/plan_check.html", context)


def said_by(version: PlanVersion) -> list[dict[str, str]]:
    """Return what a plan version says, as keys and values to read."""
    words, subject = version.plan.words, version.plan.subject
    strata = {str(field): said for field, said in forms.strata_of(subject).items()}
    groups = ", ".join(strata[name].lower() for name in version.strata)
    targeted = "; ".join(
        f"{Condition(name).words_for(subject)}: {size}" for name, size in version.targeted
    )
    cover = (
        f"Within {version.cycle_weeks} weeks, by at most {version.cover_at_most} {words.things} a "
        "week"
        if version.cycle_weeks
        else "Not asked for"
    )
    share = PlanVersion.Share(version.share).label
    overruled = {
        "key": "Stops that were overruled",
        "value": f"At most {count_words(version.overruled_at_most, 'letter')} a week"
        if version.overruled_at_most
        else "Only those that somebody asks for",
    }
    return [
        {"key": "Marked by", "value": str(version.marker or "Nobody yet")},
        {"key": f"{words.things.capitalize()} drawn at random", "value":
            f"{version.random_size} a week"},
        {"key": "Spread over", "value": f"{groups.capitalize()}. {share}" if groups else
            f"All {words.things} together"},
        {"key": "Looked for on purpose", "value": targeted or "Nothing"},
        *([overruled] if subject == Subject.LETTERS else []),
        {"key": f"Cover of every {words.author}", "value": cover},
    ]  # fmt: skip


def add_problems(form: forms.PlanSettingsForm, problems: list[str] | tuple[str, ...]) -> None:
    """Put a service's problems above the form."""
    for problem in problems:
        form.add_error(None, problem)
