"""Which letters are looked at before they go: the rule in force, those before it, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.letters.models import CheckRule, Letter
from forthright.letters.selectors.checks import check_settings_of
from forthright.letters.services.checks import CheckRefused
from forthright.peer_checks.forms import CheckRuleForm
from forthright.peer_checks.services.rules import change_check_rule
from forthright.rules.peer_check_settings import published_peer_check_settings
from forthright.rules.words import time_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.CHECKS_SET, methods=("GET", "POST"))
def rule(request: SignedInRequest) -> HttpResponse:
    """Show what is looked at before it goes, and take a new edition of that."""
    today = clock.today()
    now = check_settings_of(request.user.area, today)
    form = CheckRuleForm(request.POST or None, initial={
        "in_force_from": today, "kinds": list(now.kinds), "share_percent": now.share_percent,
        "is_required": now.is_required, "hours": now.hours, "latest": now.latest,
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_check_rule(request.user.area, form.rule(), by=request.user, at=clock.now())
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
