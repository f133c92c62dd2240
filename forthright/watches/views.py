"""Did it recur? For the author first, then for whoever told them and who manages the unit."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.rules.clustered import METHOD
from forthright.rules.recurrence_by_chance import FEW
from forthright.rules.recurrence_by_chance import METHOD as BY_CHANCE
from forthright.schemes.models import Duty
from forthright.watches.selectors.rates import (
    Rates,
    may_be_listed,
    rates_for,
    rates_to_mark_blind,
    watches_of_criterion,
)
from forthright.watches.selectors.watching import (
    Watched,
    letters_of,
    marks_with_names_hidden,
    may_see_as_manager,
    may_see_letters,
    may_see_outcome,
    watch_for,
    watches_for,
)
from forthright.watches.services.seeing import see_watch, see_watches
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

# Of each list the newest; older ones are behind the rates.
MOST = 50


@page(Permission.FEEDBACK_ANSWER)
def watches(request: SignedInRequest) -> HttpResponse:
    """List what became of the faults this person was told of, or told others of."""
    user, now = request.user, clock.now()
    found = watches_for(user, now)
    own, told, unit = (each[:MOST] for each in (found.own, found.told, found.unit))
    see_watches([*own, *told, *unit], by=user, at=now)
    references = _references([*own, *told, *unit])
    context = {
        "groups": [
            ("Of your letters", _lines(own, references), True),
            ("Of what you told others", [
                (each, each.is_open_to_others(now) and each.of.author_id not in found.blind,
                 references[each.of.duty_id], each.of.author_id in found.blind)
                for each in told
            ], False),
            ("Of your unit", _lines(unit, references), False),
        ],
        "blind": bool(found.blind),
        "is_clear": not (own or told or unit),
    }  # fmt: skip
    return render(request, "watches/watches.html", context)


@page(Permission.FEEDBACK_ANSWER)
def watch(request: SignedInRequest, source: str, told_id: int, fault: str) -> HttpResponse:
    """Show one watch with each of its letters."""
    now = clock.now()
    watched = watch_for(request.user, (source, told_id, fault), now)
    letters = letters_of(request.user, watched)
    see_watch(watched, letters, by=request.user, at=now)
    duty = Duty.objects.select_related("case").get(pk=watched.of.duty_id)
    reachable = within_reach(request.user, Permission.DUTY_SEE, Duty.objects.filter(pk=duty.pk))
    context = {
        "watched": watched,
        "duty": duty,
        "may_open": reachable.exists(),
        "letters": letters,
        "sees_letters": may_see_letters(request.user, watched),
        "is_own": watched.of.author_id == request.user.pk,
        "source_words": "marked" if source == "review" else "looked at before it went",
    }
    return render(request, "watches/watch.html", context)


@page(Permission.CHECKS_SEE)
def rates(request: SignedInRequest) -> HttpResponse:
    """Show how often each fault came again after its author was told; by criterion only."""
    found = rates_for(request.user, clock.now())
    if held := _held_back(request, found):
        return held
    rows = [
        (each, found.labels[each.criterion], found.chances.get(each.criterion))
        for each in found.rates
    ]
    context = {
        "found": found, "rows": rows, "method": METHOD.format(groups="authors"),
        "by_chance": BY_CHANCE, "few": FEW, "area": request.user.area,
    }  # fmt: skip
    return render(request, "watches/rates.html", context)


@page(Permission.CHECKS_SEE)
def rate(request: SignedInRequest, fault: str) -> HttpResponse:
    """List the letters behind one rate that this person may open."""
    now = clock.now()
    found = rates_for(request.user, now)
    # Before it is said whether there is such a rate, which would tell of a fault as the rate does.
    if held := _held_back(request, found):
        return held
    behind = watches_of_criterion(found, fault)
    if not behind:
        raise Http404("No such rate")
    told = may_be_listed(request.user, behind)
    references = _references(told)
    duties = Duty.objects.filter(pk__in=references)
    reached = set(
        within_reach(request.user, Permission.DUTY_SEE, duties).values_list("pk", flat=True)
    )
    lines = [
        (each, references[each.of.duty_id], may_see_outcome(request.user, each, now),
         may_see_as_manager(request.user, each))
        for each in told
        if each.of.duty_id in reached
    ]  # fmt: skip
    see_watches([each for each, *_ in lines], by=request.user, at=now)
    context = {
        "label": behind[0].of.asked.label,
        "lines": lines,
        "hidden": len(behind) - len(lines),
    }
    return render(request, "watches/rate.html", context)


def _held_back(request: SignedInRequest, found: Rates) -> HttpResponse | None:
    """Return the page that stands for all rates while a letter is to be marked blind."""
    # By whose rates are held back, it would tell whose letter has its names hidden.
    is_nameless = marks_with_names_hidden(request.user)
    blind = rates_to_mark_blind(request.user, found)
    if not (is_nameless or blind):
        return None
    context = {"is_nameless": is_nameless, "blind": blind}
    return render(request, "watches/rates_blind.html", context)


def _lines(watched: Sequence[Watched], references: dict[int, str]) -> list[tuple[object, ...]]:
    return [(each, True, references[each.of.duty_id], False) for each in watched]


def _references(watched: Sequence[Watched]) -> dict[int, str]:
    duties = Duty.objects.filter(pk__in={each.of.duty_id for each in watched})
    return {each.pk: each.reference for each in duties.select_related("case")}
