"""Which letters are looked at before they go: the rule in force, those before it, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters.models import CheckRule, Letter
from forthright.letters.selectors.checks import (
    check_settings_of,
    newest_check_rule,
    rule_stamp,
    settings_of,
)
from forthright.letters.services.checks import CheckRefused
from forthright.peer_checks.forms import CheckRuleForm
from forthright.peer_checks.services.rules import change_check_rule
from forthright.rules.peer_check_settings import PeerCheckSettings, published_peer_check_settings
from forthright.rules.words import time_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.CHECKS_SET, methods=("GET", "POST"))
def rule(request: SignedInRequest) -> HttpResponse:
    """Show what is looked at before it goes, and take a new edition of that."""
    today = clock.today()
    now = check_settings_of(request.user.area, today)
    stamp = {"opened": rule_stamp(newest_check_rule(request.user.area)), "in_force_from": today}
    form = CheckRuleForm(request.POST or None, initial=_answers(now) | stamp)
    if request.method == "POST" and form.is_valid():
        try:
            change_check_rule(
                request.user.area, form.rule(), by=request.user, at=clock.now(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except ChangedMeanwhile as refusal:
            newest = newest_check_rule(request.user.area)
            kept = settings_of(newest) if newest else now
            ask_beside(form, refusal, _answers(kept) | {"in_force_from": kept.in_force_from})
        except CheckRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. Letters that are put forward from that day go by it.")
            return redirect("peer_checks:rule")
    names = {str(value): str(label) for value, label in Letter.Kind.choices}
    rules = CheckRule.objects.filter(area=request.user.area_id).select_related("made_by")
    context = {
        "form": form,
        "now": now,
        "latest": time_words(now.latest),
        "kinds": [names[each] for each in now.kinds],
        "rules": [(each, [names[kind] for kind in each.kinds]) for each in rules],
        "published": published_peer_check_settings(),
    }
    return render(request, "peer_checks/rule.html", context)


def _answers(rule: PeerCheckSettings) -> dict[str, Any]:
    """Return what the form says of a rule as it stands."""
    return {
        "kinds": list(rule.kinds), "share_percent": rule.share_percent,
        "is_required": rule.is_required, "hours": rule.hours, "latest": rule.latest,
    }  # fmt: skip
