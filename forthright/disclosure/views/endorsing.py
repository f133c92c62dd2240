"""The endorsing grid: a plain form of fifty items a page, and the data of the quick grid."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.disclosure import policies
from forthright.disclosure.forms.endorsing import (
    numbers_in,
    written_in,
    written_row,
)
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors import duties as selectors
from forthright.disclosure.selectors.earlier import decided_before
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.record_sheet import sent_back_with
from forthright.disclosure.selectors.standings import (
    Line,
    ids_now,
    line_of,
    lines_of,
    standings_of,
)
from forthright.disclosure.services import endorsing, holding, seeing
from forthright.disclosure.views.waiting import (
    STAYS_TYPED,
    WAITS_FOR_SCHEDULES,
    choices_shown,
    typed_of,
)
from forthright.rules.disclosure_duty import unsettled
from forthright.rules.endorsements import (
    HOLD_BACK,
    HOLD_BACK_KEY,
    HOLD_BACK_WORDS,
    OFFERED,
    Endorsed,
)
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import capitalised, count_words, moment_words
from forthright.rules.written import cleaned
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from forthright.web.numbers import number_of
from forthright.web.page import SignedInRequest, page

# How many items stand on a page: with a decision for each, and to be ticked together.
ROWS, TOGETHER = 50, 100
REFUSALS = (endorsing.EndorsementRefused, holding.HoldRefused, NotAllowed, ChangedMeanwhile)
# Why an item was not kept, and what was typed of it.
Refused = tuple[Exception, endorsing.Written]
STAYS_TICKED = "Your other ticks stay on this page: look once more, and press again."


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
@choices_shown
def endorse(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Endorse the items of a duty, fifty a page; what was refused stays as it was typed."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_endorse(request.user, duty)
    # With a screen of its size and no keys, the grid could be worked by nobody.
    as_form = request.GET.get("as") == "form"
    kept_as = "&as=form" if as_form else ""
    refused: dict[int, Refused] = {}
    gone: list[endorsing.Written] = []
    if request.method == "POST":
        refused, kept, gone = _keep(request, duty)
        if gone:
            why = endorsing.why_gone(duty, [each.item_id for each in gone])
            messages.error(request, f"{count_words(len(gone), 'item')} not kept. {why}")
        if kept:
            messages.success(request, _kept_words(kept))
        if not (refused or gone):
            return redirect(
                f"{reverse('disclosure:endorse', args=[duty.pk])}?page={_page(request)}{kept_as}"
            )
        duty.refresh_from_db()
    lines = lines_for(request.user, duty)
    number = min(_page(request), max(1, -(-len(lines) // ROWS)))
    shown = lines[(number - 1) * ROWS : number * ROWS]
    keep_seen(request, duty, lines)
    left = len(unsettled(standings_of(duty)))
    before = decided_before(duty, shown)
    context = {
        "duty": duty,
        "rows": [_row(line, refused, before) for line in shown],
        "refused": refused,
        "typed": typed_of(request.user, duty, gone),
        "sent_back": sent_back_with(
            duty, with_sensitive=selectors.may_see_sensitive(request.user, duty)
        ),
        "page": number,
        "as_form": as_form,
        "kept": kept_as,
        "pages": range(1, -(-len(lines) // ROWS) + 1),
        "count": len(lines),
        "left": left,
        "obvious": sum(_is_obvious(line) for line in lines),
        "codes": [
            *((each.value, each.key, each.words) for each in OFFERED),
            (HOLD_BACK, HOLD_BACK_KEY, HOLD_BACK_WORDS),
        ],
    }
    return render(request, "disclosure/endorse.html", context)


@page(Permission.ITEM_ENDORSE)
def endorse_items(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Return every item of a duty with what stands against it, for the quick grid."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_endorse(request.user, duty)
    lines = lines_for(request.user, duty)
    keep_seen(request, duty, lines)
    before = decided_before(duty, lines)
    return JsonResponse({"items": [_as_table(line, before) for line in lines]})


@page(Permission.ITEM_ENDORSE, methods=("POST",))
def item_endorse(
    request: SignedInRequest, disclosure_id: int, schedule_item_id: int
) -> HttpResponse:
    """Keep one endorsement of the quick grid, and say what stands then."""
    duty = selectors.duty_for(request.user, disclosure_id)
    try:
        policies.check_can_endorse(request.user, duty)
    except NotAllowed as refusal:
        # The grid reads data alone; a page that says why would be lost on it.
        words = f"{refusal} {STAYS_TYPED}" if duty.stands in WAITS_FOR_SCHEDULES else str(refusal)
        return JsonResponse({"refusal": words, "item": None}, status=403)
    written = written_row(request.POST, str(schedule_item_id))
    line = line_of(duty, schedule_item_id)
    # The same pressed again decides nothing anew, so that whoever approved it has still done so.
    is_known = line is not None and written.opened == endorsing.stamp_of(line.endorsement)
    if line is not None and is_known and _is_as_before(line, written):
        return JsonResponse({"item": _stands(request.user, duty, schedule_item_id)})
    try:
        _write(request.user, duty, written)
    except REFUSALS as refusal:
        stands = _stands(request.user, duty, schedule_item_id)
        if stands is not None:
            # What somebody else wrote is shown, and nothing else in the record says to whom.
            seeing.see_items(
                duty, items=1, with_sensitive=stands["form"] == Form.MG6D, by=request.user,
                at=clock.now(),
            )  # fmt: skip
        return JsonResponse({"refusal": str(refusal), "item": stands}, status=409)
    return JsonResponse({"item": _stands(request.user, duty, schedule_item_id)})


@page(Permission.ITEM_ENDORSE, methods=("GET", "POST"))
@choices_shown
def endorse_obvious(request: SignedInRequest, disclosure_id: int) -> HttpResponse:
    """Endorse the obvious items together, once they were looked over and confirmed."""
    duty = selectors.duty_for(request.user, disclosure_id)
    policies.check_can_endorse(request.user, duty)
    chosen, refused = numbers_in(request.POST, "item"), ""
    if request.method == "POST":
        try:
            made = endorsing.endorse_obvious(duty, chosen, by=request.user, at=clock.now())
        except endorsing.EndorsementRefused as refusal:
            refused = str(refusal)
        else:
            said = f"{count_words(len(made), 'item')} endorsed as clearly not disclosable."
            messages.success(request, said)
            # Of more than a page, the next are read there.
            back = "endorse_obvious" if "more" in request.POST else "endorse"
            return redirect(f"disclosure:{back}", duty.pk)
    lines = [line for line in lines_for(request.user, duty) if _is_obvious(line)]
    ticked = {line.item.pk for line in lines} & set(ids_now(duty, chosen).values())
    if refused:
        messages.error(request, f"{refused} {STAYS_TICKED}" if ticked else refused)
    context = _obvious_page(request, lines, ticked)
    keep_seen(request, duty, context["lines"])
    return render(request, "disclosure/endorse_obvious.html", {"duty": duty, **context})


def _obvious_page(request: SignedInRequest, lines: list[Line], ticked: set[int]) -> dict[str, Any]:
    """Return one page of the obvious items, and which of them are ticked."""
    number = min(_page(request), max(1, -(-len(lines) // TOGETHER)))
    on_page = range((number - 1) * TOGETHER, number * TOGETHER)
    # What was ticked stays in sight, where what a colleague decided meanwhile moves the pages.
    shown = [each for at, each in enumerate(lines) if at in on_page or each.item.pk in ticked]
    if request.method == "GET" and "every" in request.GET:
        ticked = {line.item.pk for line in shown}
    previous = f"?page={number - 1}" if number > 1 else ""
    following = f"?page={number + 1}" if on_page.stop < len(lines) else ""
    return {"lines": shown, "ticked": ticked, "count": len(lines), "number": number,
            "pages": {"previous": previous, "next": following}}  # fmt: skip


def _keep(
    request: SignedInRequest, duty: DisclosureDuty
) -> tuple[dict[int, Refused], list[str], list[endorsing.Written]]:
    """Keep each row that was changed.

    Return what was refused, by item; the codes kept; and what was sent of items that stand no more.
    """
    stands = {line.item.pk: line for line in lines_for(request.user, duty)}
    sent = list(written_in(request.POST))
    now = ids_now(duty, [each.item_id for each in sent])
    refused: dict[int, Refused] = {}
    kept: list[str] = []
    gone: list[endorsing.Written] = []
    for written in sent:
        line = stands.get(now.get(written.item_id, 0))
        if line is None:
            if not endorsing.is_what_was_opened(duty, written):
                gone.append(written)
            continue
        if _is_as_before(line, written):
            continue
        try:
            _write(request.user, duty, written)
            kept.append(written.code)
        except REFUSALS as refusal:
            refused[line.item.pk] = (refusal, written)
    return refused, kept, gone


def _kept_words(codes: list[str]) -> str:
    held = codes.count(HOLD_BACK)
    said = (
        f"{count_words(len(codes) - held, 'endorsement')} kept." if len(codes) > held else "",
        f"The words of {count_words(held, 'item')} are held back." if held else "",
    )
    return " ".join(filter(None, said))


def _write(user: User, duty: DisclosureDuty, written: endorsing.Written) -> None:
    """Keep what was chosen of an item: an endorsement, or that its words are held back."""
    if written.code != HOLD_BACK:
        endorsing.endorse_item(duty, written, by=user, at=clock.now())
        return
    line = endorsing.standing_line(duty, written.item_id, by=user)
    # What stands in the row may be the reason of its endorsement, and says nothing of this.
    is_of_this = line.endorsement is None or cleaned(written.reason) != line.endorsement.reason
    reason = written.reason if is_of_this else ""
    holding.hold_back(line.item, reason=reason, by=user, at=clock.now())


def _is_as_before(line: Line, written: endorsing.Written) -> bool:
    before = line.endorsement
    if before is None:
        return False
    return (before.code, before.reason, before.inspected) == (
        written.code, cleaned(written.reason), cleaned(written.inspected),
    )  # fmt: skip


def _page(request: SignedInRequest) -> int:
    return max(1, number_of(request.GET.get("page", "")) or 1)


def lines_for(user: User, duty: DisclosureDuty) -> list[Line]:
    """Return the items of a duty that this person may see."""
    return lines_of(duty, with_sensitive=selectors.may_see_sensitive(user, duty))


def _is_obvious(line: Line) -> bool:
    return line.endorsement is None and endorsing.is_obvious(line)


def _row(line: Line, refused: dict[int, Refused], before: dict[int, str]) -> dict[str, Any]:
    """Return a row of the form: what stands, or what was typed and refused."""
    place, stands = line.item.pk, line.endorsement
    known = line.to_endorse
    options = [(each.value, f"{each.value}: {each.words}") for each in known.codes]
    if stands and stands.code not in known.codes:
        options.append((stands.code, f"{stands.code}: {Endorsed(stands.code).words}"))
    if line.form in OPEN_FORMS:
        options.append((HOLD_BACK, f"{HOLD_BACK}: {HOLD_BACK_WORDS}"))
    row = _as_table(line, before) | {"line": line, "options": options}
    if place in refused:
        refusal, typed = refused[place]
        row["refusal"] = f"{row['named']}: {refusal}"
        row["asks_same"] = isinstance(refusal, endorsing.SameReason)
        row["stands_now"] = f"{stands.code} {stands.reason}".strip() if stands else "nothing"
        # Of a decision that nobody takes away, the row shows what stands; of what a colleague
        # decided meanwhile nothing comes between what was typed.
        if typed.code or stands is None or isinstance(refusal, ChangedMeanwhile):
            row |= {"code": typed.code, "reason": typed.reason, "inspected": typed.inspected,
                    "opened": endorsing.stamp_of(stands)}  # fmt: skip
    return row


def _stands(user: User, duty: DisclosureDuty, item_id: int) -> dict[str, Any] | None:
    """Return an item as it stands now, or None where it is not for this person to see."""
    line = line_of(duty, item_id)
    may_see = line is not None and (
        line.form != Form.MG6D or selectors.may_see_sensitive(user, duty)
    )
    return _as_table(line, decided_before(duty, [line])) if line and may_see else None


def _as_table(line: Line, before: dict[int, str]) -> dict[str, Any]:
    """Return a row of the grid; `before` says of some what was decided in other words."""
    stands, known = line.endorsement, line.to_endorse
    by = f" by {stands.made_by}" if stands and stands.made_by else ""
    return {
        "id": line.item.pk,
        "form": line.form,
        "number": line.item.number,
        "named": f"{line.form} {line.item}",
        "description": line.item.description,
        "location": line.item.location or line.item.sensitive_reason,
        "code": stands.code if stands else "",
        "reason": stands.reason if stands else "",
        "inspected": stands.inspected if stands else "",
        "opened": endorsing.stamp_of(stands),
        "who": capitalised(f"{moment_words(stands.made_at)}{by}") if stands else "",
        "codes": [
            *(each.value for each in known.codes),
            *([HOLD_BACK] if line.form in OPEN_FORMS else []),
        ],
        "is_presumed": known.is_presumed,
        "is_recording": known.is_recording,
        "is_held_back": line.item.is_held_back,
        "is_served": line.is_served_so,
        "is_renewed": line.is_renewed,
        "before": before.get(line.item.pk, line.beside_words),
        "is_obvious": endorsing.is_obvious(line),
        "is_aside": line.is_aside,
        "told": [str(each) for each in line.named],
    }


def keep_seen(request: SignedInRequest, duty: DisclosureDuty, lines: list[Line]) -> None:
    """Record that items were listed or opened."""
    seeing.see_items(
        duty, items=len(lines), with_sensitive=any(line.form == Form.MG6D for line in lines),
        by=request.user, at=clock.now(),
    )  # fmt: skip
