"""The hearing ladder, the page of a case, its hearing and its firms."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import Role
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed, is_of_liaison_unit
from forthright.cases.hearings import heard_otherwise, sent_otherwise
from forthright.cases.models import Case
from forthright.cases.selectors import WhichCase, the_case
from forthright.hard_media import policies
from forthright.hard_media.forms.cases import (
    CloseForm,
    LadderFilterForm,
    MoveForm,
    RegisterForm,
    ReopenForm,
    WhyOddForm,
)
from forthright.hard_media.models import Hearing
from forthright.hard_media.selectors import case_page, ladder
from forthright.hard_media.selectors.asked_back import to_ask_for
from forthright.hard_media.selectors.asked_on import asked_words
from forthright.hard_media.selectors.bags import bags_to_ask_for
from forthright.hard_media.selectors.kept import COMPARE, too_short_of
from forthright.hard_media.selectors.ladder_filters import DAYS_KEPT, LadderFilters
from forthright.hard_media.selectors.named import words_read_of
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import hearing_for, items_of
from forthright.hard_media.selectors.went_on_discs import discs_of, went_unrecorded
from forthright.hard_media.services import hearings, seeing
from forthright.hard_media.views.asking import Notice, asked
from forthright.hard_media.views.not_registered import way_back
from forthright.rules.words import day_words
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile, ask_anew
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import Slice

PAGE = 25
IS_THERE = "The case is in the register. Add its recordings."
WAS_THERE = "The case was in the register already, as you entered it. Nothing changed."
# The figures above the list, each with its words; a missed case is not counted as red once more.
TILES = {
    "missed": "not ready by the hearing",
    "red": "red",
    "amber": "amber",
    "ready": "ready, not proved",
    "proved": "ready and proved",
}
MOVED = "The hearing moved. The old day and the reason are kept."
TAKEN_OUT = (
    "The hearing has no day. The old one and the reason are kept. Record the new day as soon as "
    "the court lists it."
)
CLOSING = (
    "It leaves the lists and the tasks of everybody. It stays among the cases that were not ready "
    "by the hearing in every figure of the past, and each recording stays in the stock until it is "
    "shared, withdrawn or classified as one that nobody waits for."
)
CLOSING_UNLISTED = (
    "The court never listed its hearing, so it is in no figure of hearings. It leaves the lists "
    "and the tasks of everybody; each recording stays in the stock until it is shared, withdrawn "
    "or classified as one that nobody waits for. Where a day is listed after all, it is open again."
)
ROLES = {role.value: role.words for role in Role}


@page(Permission.MEDIA_SEE)
def cases(request: SignedInRequest) -> HttpResponse:
    """List the cases of the register by how pressing they are, the worst first."""
    form = LadderFilterForm(request.GET, user=request.user)
    form.is_valid()
    filters = form.filters()
    counted = ladder.ladders(request.user, replace(filters, show=""), clock.today())
    lines = _narrowed(request, counted, filters)
    pages = _slice(request, lines)
    seeing.see_cases([each.hearing for each in pages.rows], by=request.user, at=clock.now())
    context = {
        "form": form,
        "chosen": form.chosen_words(),
        "pages": pages,
        "tiles": _tiles(request, counted, filters.show),
        "counted": len(counted),
        "days_kept": DAYS_KEPT,
        "version": periods_of(request.user.area).version,
        "may_record": has_permission(request.user, Permission.MEDIA_RECORD),
        "may_see_stock": has_permission(request.user, Permission.REPORT_SEE),
        "is_liaison": is_of_liaison_unit(request.user),
        "roles": ROLES,
    }
    return render(request, "hard_media/cases.html", context)


def _narrowed(
    request: SignedInRequest, counted: list[ladder.CaseLine], filters: LadderFilters
) -> list[ladder.CaseLine]:  # fmt: skip
    """Return the cases of the list: those that a figure counts, or others where these are asked."""
    if filters.show in TILES:
        return ladder.standing(counted, filters.show)
    return ladder.ladders(request.user, filters, clock.today()) if filters.show else counted


def _tiles(
    request: SignedInRequest, counted: list[ladder.CaseLine], here: str
) -> list[dict[str, object]]:  # fmt: skip
    """Return each figure with the address of its cases, the other filters kept."""
    kept = request.GET.copy()
    kept.pop("page", None)
    tiles: list[dict[str, object]] = []
    for show, words in TILES.items():
        kept["show"] = show
        number, address = len(ladder.standing(counted, show)), f"?{kept.urlencode()}#list"
        tiles.append({"number": number, "words": words, "address": address, "here": show == here})
    return tiles


def _slice(request: SignedInRequest, lines: list[ladder.CaseLine]) -> Slice[Any]:
    """Return one page of a list that is sorted by what no index knows."""
    asked_for = request.GET.get("page", "1")
    number = int(asked_for) if asked_for.isdigit() and len(asked_for) < 5 else 1
    first = (max(number, 1) - 1) * PAGE

    def address(to: int) -> str:
        kept = request.GET.copy()
        kept["page"] = str(to)
        return f"?{kept.urlencode()}"

    return Slice(
        rows=lines[first : first + PAGE],
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if len(lines) > first + PAGE else "",
    )


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def case_register(request: SignedInRequest) -> HttpResponse:
    """Put a case into the register."""
    form, notices = RegisterForm(request.POST or None, initial={"urn": request.GET.get("urn")}), []
    if request.method == "POST" and form.is_valid() and (case := _case_of(request, form)):
        was_there = Hearing.objects.filter(case=case).exists()
        try:
            hearing = hearings.register_case(
                case, form.listed, by=request.user, at=clock.now()
            )  # fmt: skip
        except hearings.OddDay as refusal:
            form.ask_why(str(refusal))
        except hearings.RegisteredAlready as refusal:
            form.add_error("urn", str(refusal))
            address = reverse("hard_media:hearing_move", args=[case.pk])
            notices = [Notice(f"{case} is in the register.", address, "The hearing moved")]
        except hearings.HearingRefused as refusal:
            form.add_error("sent_on" if form.listed.on is None else "on", str(refusal))
        else:
            messages.success(request, WAS_THERE if was_there else IS_THERE)
            to_case = reverse("hard_media:case", args=[hearing.case_id])
            return redirect(way_back(request, case) or to_case)
    back = reverse("hard_media:cases")
    return asked(
        request, form, "Put a case into the register", save="Add the case", back=back,
        notices=notices,
    )  # fmt: skip


def _case_of(request: SignedInRequest, form: RegisterForm) -> Case | None:
    """Return the case that is named, in this person's own unit; None: the form says why not."""
    rows = Case.objects.filter(area=request.user.area_id, unit=request.user.unit_id)
    try:
        found = the_case(rows.select_related("area", "unit"), str(form.cleaned_data["urn"]))
    except WhichCase as refusal:
        form.add_error("urn", str(refusal))
        return None
    if found is None:
        form.add_error("urn", "Your unit has no case with this URN. Import it first.")
    return found


@page(Permission.MEDIA_SEE)
def case(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Show one case: how it stands, each recording, and whom each has reached."""
    hearing = hearing_for(request.user, case_id)
    seeing.see(hearing, by=request.user, at=clock.now())
    shown = case_page.case_page(hearing, clock.today())
    when = asked_words([each.item for each in shown.lines], clock.today())
    context = {
        "hearing": hearing,
        "page": shown,
        "words_read": words_read_of([each.item for each in shown.lines]),
        "lines": [(each, when.get(each.item.pk, "")) for each in shown.lines],
        "to_ask_for": to_ask_for([each.pk for each in items_of(hearing)]),
        "compare": COMPARE,
        "too_short": too_short_of(hearing),
        "bags": bags_to_ask_for([each.pk for each in items_of(hearing)]),
        "closings": hearing.former_closings.select_related("closed_by", "opened_by"),
        "may_record": is_allowed(policies.check_can_record, request.user, hearing),
        "may_read": is_allowed(policies.check_can_play, request.user, hearing),
        "unrecorded": [
            each
            for each in went_unrecorded(discs_of(hearing), clock.today())
            if each.item.case_id == case_id
        ],
        "roles": ROLES,
        "sent_days": hearing.sent_days.select_related("changed_by"),
        "sent_otherwise": sent_otherwise(hearing.case_id),
        "heard_otherwise": heard_otherwise(hearing.case_id),
    }
    return render(request, "hard_media/case.html", context)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def hearing_move(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Give the hearing another day: the form, then what moves with it, then done."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    initial = {"opened": hearings.hearing_stamp(hearing)}
    form = MoveForm(request.POST or None, hearing=hearing, today=clock.today(), initial=initial)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        said = form.cleaned_data
        try:
            hearings.check_not_moved(hearing, said["opened"])
            hearings.check_can_move(hearing, said["on"], said["reason"])
            odd = hearings.odd_about(hearing.area, said["on"], clock.today()) if said["on"] else ()
            why_odd = WhyOddForm(request.POST if "confirm" in request.POST else None)
            if "confirm" not in request.POST or (odd and not why_odd.is_valid()):
                return _moves(request, hearing, form, odd=odd, why_odd=why_odd)
            to = form.new_day(why_odd.cleaned_data["odd_because"] if odd else "")
            hearings.move_hearing(
                hearing, to, by=request.user, at=clock.now(), opened=said["opened"]
            )
        except ChangedMeanwhile as refusal:
            ask_anew(form, refusal)
            stands = f"Now it is on {day_words(hearing.on)}" if hearing.on else "It has no day now"
            form.add_error("on", stands)
        except hearings.HearingRefused as refusal:
            form.add_error("reason" if "why" in str(refusal) else "on", str(refusal))
        else:
            messages.success(request, MOVED if said["on"] else TAKEN_OUT)
            return redirect("hard_media:case", case_id)
    seeing.see(hearing, by=request.user, at=clock.now())
    return asked(
        request, form, "When is the PTPH now?", save="Continue", caption=hearing.case,
        back=reverse("hard_media:case", args=[case_id]),
    )  # fmt: skip


def _moves(
    request: SignedInRequest, hearing: Hearing, form: MoveForm, *, odd: tuple[str, ...],
    why_odd: WhyOddForm,
) -> HttpResponse:  # fmt: skip
    """Show what the move of a hearing does to each day counted from it, and what is odd in it."""
    seeing.see(hearing, by=request.user, at=clock.now())
    said = form.cleaned_data
    context = {
        "hearing": hearing,
        "on": said["on"],
        "reason": said["reason"],
        "moves_to": form.new_day(),
        "redated": hearings.redated_if(hearing, said["on"]),
        "was": ladder.ladder_of(hearing, clock.today()),
        "will_be": ladder.ladder_if(hearing, said["on"], clock.today()),
        "answers": [each for each in request.POST.lists() if each[0] != "odd_because"],
        "odd": odd,
        "form": why_odd if odd else None,
    }
    return render(request, "hard_media/move_check.html", context)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def hearing_close(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Close a case that was not ready by its hearing, or has none, or open it again."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    is_closed = hearing.closed_at is not None
    form = (ReopenForm if is_closed else CloseForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, by, at = form.cleaned_data, request.user, clock.now()
        try:
            if is_closed:
                hearings.reopen_hearing(hearing, said["reason"], by=by, at=at)
            else:
                hearings.close_hearing(hearing, said["closed_as"], said["reason"], by=by, at=at)
        except hearings.HearingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The case is open again." if is_closed else "It is closed.")
            return redirect("hard_media:case", case_id)
    seeing.see(hearing, by=request.user, at=clock.now())
    asks = "Open the case again" if is_closed else "Close a case that was not ready"
    closing = CLOSING if hearing.on else CLOSING_UNLISTED
    return asked(
        request, form, asks, save="Open it again" if is_closed else "Close it",
        caption=hearing.case, intro="" if is_closed else closing,
        back=reverse("hard_media:case", args=[case_id]),
    )  # fmt: skip
