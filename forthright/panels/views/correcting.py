"""Putting right a slip of the pen in a finding."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import reason_against
from forthright.panels import policies
from forthright.panels.forms.meetings import CorrectForm
from forthright.panels.models import PanelFinding
from forthright.panels.selectors import meetings as selectors
from forthright.panels.services import correcting as services
from forthright.panels.services.findings import NameSeen, see_findings
from forthright.panels.services.meeting import PanelRefused
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_beside
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def finding_correct(request: SignedInRequest, finding_id: int) -> HttpResponse:
    """Put right the words, the manager or the day of a finding that nobody has answered."""
    shown = selectors.finding_kept(request.user, finding_id)
    managers = selectors.managers_of_area(request.user)
    form = CorrectForm(request.POST or None, managers=managers, initial=_as_filled(shown))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        opened = said.pop("opened")
        try:
            services.correct_finding(
                shown, services.AsMeant(**said), opened=opened, by=request.user, at=clock.now()
            )
        except ChangedMeanwhile as refusal:
            shown.refresh_from_db()
            ask_beside(form, refusal, _as_filled(shown))
        except NameSeen as refusal:
            form.ask_to_look(str(refusal))
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Put right. What it said before stays beside it.")
            return redirect("panels:meeting", shown.meeting_id)
    see_findings([shown], by=request.user, at=clock.now())
    against = reason_against(policies.check_can_decide_of_finding, request.user, shown)
    context = {"finding": shown, "form": form, "refusal": against}
    return render(request, "panels/finding_correct.html", context)


def _as_filled(finding: PanelFinding) -> dict[str, object]:
    return {"said": finding.said, "manager": finding.manager, "reply_by": finding.reply_by,
            "opened": services.stamp_of_finding(finding)}  # fmt: skip
