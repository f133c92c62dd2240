"""The morning list of a unit, and what is done from it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    NotAllowed,
    has_permission,
    is_allowed,
    units_within_reach,
)
from forthright.accounts.presence import presence
from forthright.cases.models import Decision
from forthright.morning_lists import policies
from forthright.morning_lists.forms import HandOverForm, NobodyForm, WhomForm
from forthright.morning_lists.selectors.covers import (
    covers_here,
    covers_without_deputy,
    unit_for,
    units_with_list,
    why_it_holds_not,
)
from forthright.morning_lists.selectors.digests import email_words, last_sent
from forthright.morning_lists.selectors.digests import units_of_list as units_of
from forthright.morning_lists.selectors.explainers import is_to_remind
from forthright.morning_lists.selectors.lines import held_words
from forthright.morning_lists.selectors.morning import (
    SHOWN,
    decisions_with_nobody,
    morning_list,
    new_lines,
)
from forthright.morning_lists.services.handing_over import hand_over_letter
from forthright.morning_lists.services.nobody import (
    NobodyRefused,
    say_nobody_to_tell,
    see_decision,
)
from forthright.morning_lists.services.reminding import (
    NotReminded,
    ask_who_is_told,
    remind_of_explanation,
)
from forthright.morning_lists.services.seeing import see_decisions, see_morning_list
from forthright.morning_lists.views.asking import asked
from forthright.rules.words import moment_words
from forthright.schemes.models import Duty
from forthright.schemes.selectors import AreaNotStarted, facts
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.MORNING_SEE)
def start(request: SignedInRequest) -> HttpResponse:
    """Lead to the list of the unit a person works in; where there are several, let them choose."""
    own = units_of(request.user)
    if len(own) == 1:
        return redirect("morning_lists:unit", own[0].pk)
    units = own or list(units_with_list(request.user))
    return render(request, "morning_lists/units.html", {"units": units})


@page(Permission.MORNING_SEE)
def unit_list(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show what waits in a unit this morning."""
    unit, now, user = unit_for(request.user, unit_id), clock.now(), request.user
    context = {"unit": unit, "now": now, **_around(user, unit)}
    try:
        found = morning_list(unit, now)
    except AreaNotStarted as missing:
        return render(request, "morning_lists/unit.html", {**context, "missing": str(missing)})
    see_morning_list(found, by=user, at=now)
    return render(request, "morning_lists/unit.html", {**context, "found": found})


@page(Permission.MORNING_SEE)
def untold(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show every decision of a unit with nobody to tell, the one that waits longest first."""
    unit, now, user = unit_for(request.user, unit_id), clock.now(), request.user
    pages = slice_of(decisions_with_nobody(unit), request.GET, order=("made_at", "pk"), size=SHOWN)
    see_decisions(unit, pages.rows, by=user, at=now)
    context = {
        "unit": unit,
        "pages": pages,
        "part": {"decisions": new_lines(pages.rows, now)},
        "says_nobody": is_allowed(policies.check_can_say_nobody, user, unit),
    }
    return render(request, "morning_lists/untold.html", context)


@page(Permission.MORNING_SEE, methods=("GET", "POST"))
def remind(request: SignedInRequest, unit_id: int, duty_id: int) -> HttpResponse:
    """Remind whoever decided; where they cannot explain it now, or are away, ask whom to remind."""
    unit, duty = _found(request.user, unit_id, duty_id)
    decided, today = duty.decision.made_by, clock.today()
    here = presence(unit.area_id, today)
    if is_to_remind(here, decided, unit.pk):
        # Nobody is chosen where whoever decided can explain it: the list itself has the button.
        if request.method == "GET":
            return redirect("morning_lists:unit", unit.pk)
        return _reminded(request, unit, duty, None)
    form = WhomForm(request.POST or None, unit=unit, today=today)
    if request.method == "POST" and form.is_valid():
        return _reminded(request, unit, duty, form.cleaned_data["to"])
    see_letter(duty, by=request.user, at=clock.now())
    intro = f"The decision in letter {duty.reference} waits to be explained."
    if away := here.away_words(decided, unit.pk):
        intro += f" {decided} made it. {away}."
    elif decided is not None:
        intro += f" {decided} made it, and cannot open this letter now."
    back = reverse("morning_lists:unit", args=[unit.pk])
    return asked(request, form, "Whom to remind", save="Send the reminder", back=back, intro=intro)


@page(Permission.MORNING_SEE, methods=("POST",))
def ask_whom(request: SignedInRequest, unit_id: int, decision_id: int) -> HttpResponse:
    """Ask whoever decided who is to be told."""
    unit, decision = _decided(request.user, unit_id, decision_id)
    try:
        asked_of = ask_who_is_told(decision, by=request.user, at=clock.now())
    except (NotReminded, NotAllowed) as refusal:
        messages.error(request, str(refusal))
    else:
        here = presence(unit.area_id, clock.today())
        away = here.away_words(asked_of.to, unit.pk)
        messages.success(
            request, f"{asked_of.to} is asked by e-mail who is to be told.{away and f' {away}.'}"
        )
    return redirect("morning_lists:unit", unit.pk)


@page(Permission.DUTY_NOT_REQUIRED, methods=("GET", "POST"))
def nobody(request: SignedInRequest, unit_id: int, decision_id: int) -> HttpResponse:
    """Say, with the reason, that nobody is to be told of a decision."""
    unit, decision = _decided(request.user, unit_id, decision_id)
    policies.check_can_say_nobody(request.user, unit)
    form = NobodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            say_nobody_to_tell(decision, by=request.user, at=clock.now(), **form.cleaned_data)
        except NobodyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"The decision in {decision.case} waits for nobody to tell any more."
            )
            return redirect("morning_lists:unit", unit.pk)
    see_decision(decision, by=request.user, at=clock.now())
    what = decision.get_kind_display().lower()
    return asked(
        request, form, "Nobody is to be told", save="Nobody is to be told",
        back=reverse("morning_lists:unit", args=[unit.pk]),
        intro=f"Case {decision.case}: {what}, decided {moment_words(decision.made_at)}. It waits "
        "on the morning list until somebody to tell is recorded. If nobody is, say why. Somebody "
        "who is recorded later is owed a letter all the same.",
    )  # fmt: skip


@page(Permission.MORNING_SEE, methods=("GET", "POST"))
def hand_over(request: SignedInRequest, unit_id: int, duty_id: int) -> HttpResponse:
    """Hand a letter over to another drafter."""
    unit, duty = _found(request.user, unit_id, duty_id)
    initial = {"drafter": duty.drafter_id, "opened": facts.drafter_stamp(duty)}
    form = HandOverForm(request.POST or None, unit=unit, today=clock.today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        drafter, opened = form.cleaned_data["drafter"], form.cleaned_data["opened"]
        try:
            hand_over_letter(duty, drafter, by=request.user, at=clock.now(), opened=opened)
        except ChangedMeanwhile as refusal:
            # It may have been handed over since this request read who holds it.
            duty.refresh_from_db()
            ask_beside(form, refusal, {"drafter": duty.drafter or duty.drafter_name})
        except NotAllowed as refusal:
            duty.refresh_from_db()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Letter {duty.reference} is handed over to {drafter}.")
            return redirect("morning_lists:unit", unit.pk)
    see_letter(duty, by=request.user, at=clock.now())
    away = presence(unit.area_id, clock.today()).away_words(duty.drafter, unit.pk)
    back = reverse("morning_lists:unit", args=[unit.pk])
    return asked(
        request, form, f"Hand over letter {duty.reference}", save="Hand it over", back=back,
        intro=f"{held_words(duty, clock.today())}{f' {away}.' if away else ''}",
    )  # fmt: skip


def _around(user: User, unit: Unit) -> dict[str, object]:
    """Return what stands around a unit's list: its deputies, other units, the e-mail."""
    here, away = covers_here(unit, clock.today())
    others = [each for each in units_with_list(user) if each.pk != unit.pk]
    names = units_within_reach(user, Permission.COVER_NAME)
    return {
        "own_covers": [each for each in here if each.deputy_id == user.pk],
        "covers": [each for each in here if each.deputy_id != user.pk],
        "away": away,
        "failing": [why_it_holds_not(each) for each in covers_without_deputy(unit, clock.today())],
        "others": others,
        "names_deputies": has_permission(user, Permission.COVER_NAME) and names.contains(unit),
        "says_nobody": is_allowed(policies.check_can_say_nobody, user, unit),
        "email_words": email_words(user, clock.now()),
        "last_sent": last_sent(user),
    }


def _reminded(request: SignedInRequest, unit: Unit, duty: Duty, to: User | None) -> HttpResponse:
    try:
        sent = remind_of_explanation(duty, by=request.user, at=clock.now(), to=to)
    except (NotReminded, NotAllowed) as refusal:
        messages.error(request, f"Letter {duty.reference}: {refusal}")
    else:
        messages.success(
            request, f"{sent.to} is reminded by e-mail of the decision in letter {duty.reference}."
        )
    return redirect("morning_lists:unit", unit.pk)


def _decided(user: User, unit_id: int, decision_id: int) -> tuple[Unit, Decision]:
    """Return a unit whose list this person may open, and a decision in it."""
    unit = unit_for(user, unit_id)
    decision = Decision.objects.select_related("case").filter(pk=decision_id, case__unit=unit)
    if (found := decision.first()) is None:
        raise Http404("No such decision")
    return unit, found


def _found(user: User, unit_id: int, duty_id: int) -> tuple[Unit, Duty]:
    """Return a unit and a letter of it, where this person may open both now."""
    unit, duty = unit_for(user, unit_id), duty_for(user, duty_id)
    if duty.unit_id != unit.pk:
        raise Http404("No such letter in this unit")
    return unit, duty
