"""The page on which a lawyer looks again at what was not disclosed, after a defence statement."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.looking_again import LookAgainForm
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.looking_again import lines_withheld, unlooked_of
from forthright.disclosure.selectors.standings import Line
from forthright.disclosure.services import looking_again, seeing
from forthright.disclosure.services.serving import stamp_of
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from forthright.web.page import SignedInRequest, page


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
def statement_look(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Show what was not disclosed, with why, and keep what a lawyer found in looking again."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_look_again(request.user, duty)
    waiting = unlooked_of(duty)
    if not waiting:
        messages.info(request, "No defence statement waits for this.")
        return redirect("disclosure:statement", duty.pk)
    lines = lines_withheld(duty)
    form = LookAgainForm(request.POST or None, lines=_open(lines))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, duty, form)
        except (looking_again.LookRefused, NotAllowed, ChangedMeanwhile) as refusal:
            form.add_error(None, str(refusal))
            lines = lines_withheld(duty)
        else:
            return redirect("disclosure:statement", duty.pk)
    seeing.see_items(
        duty, items=len(lines), with_sensitive=len(_open(lines)) < len(lines), by=request.user,
        at=clock.now(),
    )  # fmt: skip
    context = {"duty": duty, "waiting": waiting, "lines": lines, "form": form,
               "opened": stamp_of(lines)}  # fmt: skip
    return render(request, "disclosure/look_again.html", context)


def _keep(request: SignedInRequest, duty: DisclosureDuty, form: LookAgainForm) -> None:
    items = form.items_chosen()
    looking_again.look_again(
        duty, form.cleaned_data["outcome"], words=form.cleaned_data["why"], items=items,
        by=request.user, at=clock.now(), opened=request.POST.get("opened"),
    )  # fmt: skip
    said = "Kept that you looked again."
    if items:
        said += " What is now to be disclosed waits for a second person, and is then served."
    messages.success(request, said)


def _open(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.form in OPEN_FORMS]
