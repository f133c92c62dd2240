"""Agreeing on the marks of a letter that the panel and a line manager both marked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.calibration.forms import AgreementForm
from forthright.panels.models import AgreementOffered, PackLetter
from forthright.panels.selectors import meetings as selectors
from forthright.panels.selectors.against import given_on
from forthright.panels.selectors.waiting import agreement_offered
from forthright.panels.services import agreeing as services
from forthright.panels.services.meeting import PanelRefused
from forthright.reviews.selectors import LevelShown
from forthright.standards.selectors import rubric_of
from forthright.web import clock
from forthright.web.page import SignedInRequest, page


@page(Permission.PANEL_KEEP, methods=("GET", "POST"))
def letter_agree(request: SignedInRequest, meeting_id: int, position: int) -> HttpResponse:
    """Lay the manager's and the members' marks side by side, and keep what was agreed on."""
    letter = _letter(request, meeting_id, position)
    try:
        review, anonymised = services.check_can_agree(letter, by=request.user, at=clock.now())
    except PanelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("panels:meeting", meeting_id)
    given = given_on(letter, review)
    offered = agreement_offered(letter)
    form = AgreementForm(
        request.POST or None,
        criteria=rubric_of(review.edition).quality_criteria,
        given={code: dict(enumerate(levels)) for code, levels in given.items()},
        only_given=True,
        initial=_as_offered(offered),
    )
    if request.method == "POST" and form.is_valid():
        try:
            gold = services.agree_on_letter(letter, form.agreed(), by=request.user, at=clock.now())
        except PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"Kept. Letter {position} goes out among second marks, with its names hidden."
                if gold
                else "Kept. As marks differed, it waits until somebody else who keeps the panel "
                "keeps the same levels.",
            )
            return redirect("panels:discussion", meeting_id)
    services.see_letter_to_agree(letter, by=request.user, at=clock.now())
    context = {
        "meeting": letter.meeting,
        "letter": letter,
        "words": anonymised.text,
        "form": form,
        "offered": offered,
        "boxes": [
            (criterion, *_shown([str(each) for each in given.get(criterion.code, [])]), *boxes)
            for criterion, *boxes in form.lines()
        ],
    }
    return render(request, "panels/letter_agree.html", context)


def _as_offered(offered: AgreementOffered | None) -> dict[str, str]:
    """Return as the form is filled what somebody wrote down, for another to confirm or change."""
    filled: dict[str, str] = {}
    for code, (level, reason) in (offered.marks if offered else {}).items():
        filled |= {f"{code}_level": level, f"{code}_reason": reason}
    return filled


def _letter(request: SignedInRequest, meeting_id: int, position: int) -> PackLetter:
    meeting = selectors.meeting_for(request.user, meeting_id)
    rows = meeting.letters.filter(left_out_because="", position=position)
    if (letter := rows.select_related("meeting__area", "meeting__edition").first()) is None:
        raise Http404
    return letter


def _shown(levels: list[str]) -> tuple[LevelShown | None, list[LevelShown], bool]:
    """Return the manager's level, the members', and whether they differ."""
    first, members = levels[:1], levels[1:]
    manager = LevelShown.of(first[0]) if first else None
    return manager, [LevelShown.of(each) for each in members], len(set(levels)) > 1
