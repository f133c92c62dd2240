"""Lists of checks: a person's own, their unit's, and those of one letter."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import has_permission, is_allowed, is_of_liaison_unit
from forthright.accounts.presence import presence
from forthright.letters import policies as letter_policies
from forthright.letters.selectors.checks import check_settings_of, check_words
from forthright.letters.selectors.letter import latest_words, letter_for
from forthright.peer_checks import policies, selectors
from forthright.peer_checks.selectors.unit import SHOWN, ended_since
from forthright.peer_checks.services import seeing
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

DAYS = 28


@page(Permission.LETTER_CHECK)
def checks(request: SignedInRequest) -> HttpResponse:
    """List the letters this person is to look at, and their own that came back."""
    user = request.user
    to_do, came_back = list(selectors.checks_to_do(user)), list(selectors.came_back_to(user))
    pages = slice_of(selectors.done_by(user), request.GET, order=("-answered_at", "-pk"), size=25)
    seeing.see_checks([*to_do, *came_back, *pages.rows], by=user, at=clock.now())
    context = {
        "to_do": to_do,
        "came_back": came_back,
        "to_give": policies.may_give_on(user, to_do),
        "pages": pages,
        "now": clock.now(),
        "may_see_unit": has_permission(user, Permission.CHECKS_SEE),
    }
    return render(request, "peer_checks/checks.html", context)


@page(Permission.CHECKS_SEE)
def unit(request: SignedInRequest) -> HttpResponse:
    """Show the checks within a person's reach: what waits, what is late, and how they went.

    No figure is of one person: the lists lead to letters, and say no rates by name.
    """
    user, now = request.user, clock.now()
    since = now - timedelta(days=DAYS)
    waiting = list(selectors.checks_visible_to(user).filter(answer="").order_by("due_at", "pk"))
    show = request.GET.get("show", "")
    pages = slice_of(ended_since(user, since, show), request.GET, order=("-answered_at", "-pk"),
                     size=50)  # fmt: skip
    seeing.see_checks([*waiting, *pages.rows], by=user, at=now)
    figures = selectors.unit_figures(user, since)
    may_give = has_permission(user, Permission.CHECKS_GIVE)
    here = presence(user.area_id, clock.today())
    context = {
        "waiting": [(each, here.away_words(each.checker, each.unit_id)) for each in waiting],
        "late": sum(each.due_at < now for each in waiting),
        "nobody": sum(each.checker_id is None for each in waiting),
        "pages": pages,
        "show": show if show in SHOWN else "",
        "now": now,
        "figures": figures,
        "days": DAYS,
        "population": _population(user),
        "settings": check_settings_of(user.area, clock.today()),
        "may_give": may_give,
        "to_give": policies.may_give_on(user, waiting) if may_give else set(),
        "may_set": has_permission(user, Permission.CHECKS_SET),
    }
    return render(request, "peer_checks/unit.html", context)


@page(Permission.DUTY_SEE)
def of_letter(request: SignedInRequest, checked_letter_id: int) -> HttpResponse:
    """Show who looked at one letter before it went, and to whom it concerns what they found."""
    letter = letter_for(request.user, checked_letter_id)
    found = [
        (each, selectors.may_see_findings(request.user, each))
        for each in selectors.checks_of_letter(letter)
    ]
    newest = latest_words(letter)
    waits = next((each for each, _ in found if each.is_open), None)
    here = presence(letter.area_id, clock.today())
    away = here.away_words(waits.checker, waits.unit_id) if waits else ""
    may_give = waits is not None and is_allowed(policies.check_can_give_on, request.user, waits)
    whom = policies.whom_to_ask_to_give(waits) if waits and away and not may_give else ""
    seeing.see_checks_of(letter, by=request.user, at=clock.now())
    context = {
        "letter": letter,
        "duty": letter.duty,
        "is_not_given_out": not any(each.is_open for each, _ in found),
        "checks": found,
        "now": clock.now(),
        "standing": check_words(letter, newest.pk if newest else None),
        "away": away,
        "may_give": may_give,
        "whom_to_ask": whom,
        "may_waive": is_allowed(letter_policies.check_can_waive_look, request.user, letter),
        "may_check": {
            each.pk for each, _ in found
            if each.is_open and each.checker_id == request.user.pk
        },
    }  # fmt: skip
    return render(request, "peer_checks/of_letter.html", context)


def _population(user: User) -> str:
    """Say whose letters are counted."""
    if reach_of(user.role, Permission.CHECKS_SEE) is Reach.AREA or is_of_liaison_unit(user):
        return f"letters of {user.area}"
    return f"letters of {user.unit or user.area}"
