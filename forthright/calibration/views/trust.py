"""Agreement, leniency, and all that is held about one's own marks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.calibration import documents
from forthright.calibration.models import LeniencyFigure, RoundLetter
from forthright.calibration.selectors.agreement import (
    agreement_in,
    agreement_to_mark_blind,
    letters_compared,
)
from forthright.calibration.selectors.leniency import (
    area_figures,
    figures_of_unit,
    letters_sampled,
    newest_run,
    number_kept_back,
    own_figure,
    sampled_of,
    to_mark_blind,
)
from forthright.calibration.selectors.own import own_marks
from forthright.calibration.selectors.rounds import letters_of_rounds
from forthright.calibration.services import exporting
from forthright.calibration.services.leniency import see_figures
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors import LevelShown
from forthright.reviews.selectors.lists import reviews_visible_to
from forthright.reviews.selectors.second_marks import waiting_for_nobody
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@page(Permission.REVIEW_SEE)
def agreement(request: SignedInRequest) -> HttpResponse:
    """Show how far first and second marks agree, by criterion."""
    found = agreement_in(request.user.area, until=clock.today())
    context = {
        "found": found,
        "blind": agreement_to_mark_blind(request.user, found),
        "waiting": waiting_for_nobody(request.user.area),
    }
    return render(request, "calibration/agreement.html", context)


@page(Permission.REVIEW_SEE)
def agreement_letters(request: SignedInRequest, criterion_code: str) -> HttpResponse:
    """Show the letters behind the agreement on one criterion."""
    found = agreement_in(request.user.area, until=clock.today())
    criterion, rows, hidden = letters_compared(request.user, found, criterion_code)
    if criterion is None:
        raise Http404
    if blind := agreement_to_mark_blind(request.user, found):
        rows, hidden = [], 0
    exporting.see_agreement(
        criterion_code, [each.marking.review_id for each in rows], by=request.user, at=clock.now()
    )
    context = {
        "found": found,
        "line": next(each for each in found.lines if each.criterion == criterion),
        "criterion": criterion,
        "rows": [
            (row.marking, row.name, LevelShown.of(row.first), LevelShown.of(row.second),
             row.first == row.second, row.is_by_lot)
            for row in rows
        ],
        "hidden": hidden,
        "blind": blind,
    }  # fmt: skip
    return render(request, "calibration/agreement_letters.html", context)


@page(Permission.LENIENCY_SEE)
def leniency(request: SignedInRequest) -> HttpResponse:
    """Show one's own leniency, then those of a manager's own unit, and the Area's figure."""
    user, today = request.user, clock.today()
    own, of_unit = own_figure(user), list(figures_of_unit(user, today))
    see_figures([each for each in (own, *of_unit) if each], by=user, at=clock.now())
    run = newest_run(user.area)
    looked_at = [pk for each in (own, *of_unit) if each for pk in each.look_at]
    together = SecondMarking.objects.filter(
        pk__in=looked_at, marked_at__isnull=False, review__in=reviews_visible_to(user).values("pk")
    ).select_related("review__drawn_letter__duty__case")
    by_pk = {each.pk: each for each in together}
    in_rounds = letters_of_rounds(
        user, [pk for each in (own, *of_unit) if each for pk in each.look_at_rounds]
    )
    of = sampled_of(run) if run else None
    blind = to_mark_blind(of, user) if of else 0
    context = {
        "run": run,
        "blind": blind,
        "own": own,
        "own_letters": _together(own, by_pk, in_rounds) if own else {},
        "of_unit": [(each, _together(each, by_pk, in_rounds)) for each in of_unit],
        "kept_back": number_kept_back(user, today),
        "method": [run.method] if run else [],
        **(area_figures(run, of) if run and of and not blind else {}),
    }
    return render(request, "calibration/leniency.html", context)


def _together(
    figure: LeniencyFigure, seconds: dict[int, SecondMarking], in_rounds: dict[int, RoundLetter]
) -> dict[str, list[SecondMarking] | list[RoundLetter]]:
    """Return what a signal of a change leads to, as far as the person may see it."""
    return {
        "seconds": [seconds[pk] for pk in figure.look_at if pk in seconds],
        "in_rounds": [in_rounds[pk] for pk in figure.look_at_rounds if pk in in_rounds],
    }


@page(Permission.LENIENCY_SEE)
def leniency_letters(request: SignedInRequest) -> HttpResponse:
    """Show the letters of the samples behind the Area's two shares that this person may see."""
    run = newest_run(request.user.area)
    if run is None:
        messages.info(request, "Nothing is worked out yet, so no letters stand behind a share.")
        return redirect("calibration:leniency")
    of = sampled_of(run)
    blind = to_mark_blind(of, request.user)
    letters, hidden = letters_sampled(of, request.user) if not blind else ([], 0)
    exporting.see_letters_sampled([each.pk for each, _ in letters], by=request.user,
                                  at=clock.now())  # fmt: skip
    context = {
        "run": run, "letters": letters, "hidden": hidden, "blind": blind,
        **(area_figures(run, of) if not blind else {}),
    }  # fmt: skip
    return render(request, "calibration/leniency_letters.html", context)


@page(Permission.ACCOUNT_KEEP)
def own(request: SignedInRequest) -> HttpResponse:
    """Show what is held about the marks of whoever asks."""
    exporting.see_own_marks(by=request.user, at=clock.now())
    context = {"held": own_marks(request.user), "about": documents.ABOUT}
    return render(request, "calibration/own.html", context)


@page(Permission.ACCOUNT_KEEP)
def own_file(request: SignedInRequest, file_kind: str) -> HttpResponse:
    """Hand over what is held about the marks of whoever asks, as a file."""
    if file_kind not in KINDS:
        raise Http404
    held = own_marks(request.user)
    exporting.export_own_marks(file_kind, by=request.user, at=clock.now())
    made = (
        documents.own_marks_workbook(held)
        if file_kind == "xlsx"
        else documents.own_marks_lines(held).encode("utf-8-sig")
    )
    response = HttpResponse(made, content_type=KINDS[file_kind])
    response["Content-Disposition"] = f'attachment; filename="my-marks.{file_kind}"'
    return response
