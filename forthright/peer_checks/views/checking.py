"""The page on which a colleague looks at a letter before it goes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed
from forthright.peer_checks import policies, selectors
from forthright.peer_checks.forms import FoundForm
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors.sheet import decided_of, levels_offered
from forthright.peer_checks.services import checking as services
from forthright.rules.marking import spent_words
from forthright.rules.rubric import Level
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

A = PeerCheck.Answer
SAID = {
    A.PASSED: "Passed. As far as this check goes, the letter may go.",
    A.CHANGES: "The letter is back with its drafter, who is told what to change.",
    A.RETURNED: "The letter is returned to its drafter, who is told why.",
}
OVERTAKEN = (
    "This letter was changed or sent while you looked at it, or need not go any more, so your "
    "answer does not count for it. "
    "What you found is kept with this check. If there are new words, they are given out anew."
)
NOT_ALL = (
    "Not all of it is kept. What is named below keeps the words that were kept before; what you "
    "wrote there is on this page alone."
)
WORDS = {Level.FULLY: "Met", Level.NOT_MET: "Not met", Level.NOT_APPLICABLE: "Does not apply"}


@page(Permission.LETTER_CHECK, methods=("GET", "POST"))
def check(request: SignedInRequest, check_id: int) -> HttpResponse:
    """Show a letter beside what can be checked and what the machine found; keep and answer it."""
    found = selectors.check_for(request.user, check_id)
    if request.method == "GET":
        policies.check_can_look(request.user, found)
        sheet = services.open_check(found, by=request.user, at=clock.now())
        return _shown(request, sheet, _kept(sheet), sheet.stamp, {})
    return _answered(request, found)


def _answered(request: SignedInRequest, check: PeerCheck) -> HttpResponse:
    """Keep what was said, and give the answer that was asked for.

    What cannot be kept stays on the page with the reason, so that nothing written is lost.
    """
    form = FoundForm(request.POST, offered=levels_offered(check, clock.today()))
    said: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        problems = services.save_found(check, form.found(), **said)
    except NotAllowed as refusal:
        return _refused(request, form, str(refusal))
    except services.ChangedElsewhere as refusal:
        messages.error(request, str(refusal))
        sheet = services.open_check(check, **said)
        return _shown(request, sheet, form.data, None, form.problems())
    for code, words in problems.items():
        form.add_error(f"{code}_quotation", f"{code}: {words}")
    answer = request.POST.get("answer", "")
    if wrong := form.problems():
        messages.error(request, f"{NOT_ALL} No answer was given." if answer in SAID else NOT_ALL)
        sheet = services.open_check(check, **said)
        return _shown(request, sheet, form.data, sheet.stamp, wrong)
    if answer in SAID:
        return _given(request, check, answer, said)
    messages.success(request, "Kept. Go on when you like.")
    return redirect("peer_checks:check", check.pk)


def _given(
    request: SignedInRequest, check: PeerCheck, answer: str, said: dict[str, Any]
) -> HttpResponse:
    """Give the letter its answer, or say what it lacks."""
    try:
        done = services.answer_check(check, answer, **said)
    except services.AnswerRefused as refusal:
        messages.error(request, f"Kept, but not answered. {refusal}")
        return redirect("peer_checks:check", check.pk)
    if done.answer == A.OVERTAKEN:
        messages.error(request, OVERTAKEN)
    else:
        messages.success(request, SAID[A(done.answer)])
    return redirect("peer_checks:checks")


def _refused(request: SignedInRequest, form: FoundForm, refusal: str) -> HttpResponse:
    """Give back to whoever may not look what they wrote, and nothing of the letter or its check."""
    context = {"refusal": refusal, "written": form.written()}
    return render(request, "peer_checks/refused.html", context, status=403)


def _kept(sheet: selectors.PeerSheet) -> dict[str, str]:
    """Return what is kept, as the boxes of the page hold it."""
    check = sheet.check
    held = {
        "done_well": check.done_well,
        "to_change": check.to_change,
        "reasons_to_change": check.reasons_to_change,
    }
    for code, each in sheet.kept.items():
        held |= {f"{code}_level": each.level, f"{code}_quotation": each.quotation,
                 f"{code}_note": each.note}  # fmt: skip
    return held


def _shown(
    request: SignedInRequest,
    sheet: selectors.PeerSheet,
    held: Any,
    stamp: str | None,
    problems: dict[str, str],
) -> HttpResponse:
    """Show a check with what its boxes hold, and what is wrong by the name of the box."""
    check, today = sheet.check, clock.today()
    offered, decided = levels_offered(check, today), decided_of(check, today)
    cards = [
        {
            "criterion": each,
            "by_record": decided[each.code].because if each.code in decided else "",
            # Where the record says that it does not apply, nothing is left to choose.
            "levels": [
                (level, WORDS[level],
                 held.get(f"{each.code}_level") == level or len(offered[each.code]) == 1)
                for level in offered[each.code]
            ],
            "anchors": {anchor.level: anchor for anchor in each.anchors.all()},
            "quotation": held.get(f"{each.code}_quotation", ""),
            "note": held.get(f"{each.code}_note", ""),
            "problems": {part: problems.get(f"{each.code}_{part}", "")
                         for part in ("level", "quotation", "note")},
        }
        for each in sheet.criteria
    ]  # fmt: skip
    context = {
        "check": check,
        "letter": check.letter,
        "duty": check.letter.duty,
        "sheet": sheet,
        # Of a page that was refused, the stamp of what stands now: sent again, it is a choice.
        "stamp": stamp or sheet.stamp,
        "cards": cards,
        "said": sum(bool(held.get(f"{each.code}_level")) for each in sheet.criteria),
        "checked": selectors.findings_of(check, today),
        "held": held,
        "problems": problems,
        "spent": spent_words(check.seconds_spent),
        "writer": selectors.writer_of_reasons(check.version),
        "is_late": check.due_at < clock.now(),
        "may_answer": check.is_open and check.checker_id == request.user.pk,
    }
    return render(request, "peer_checks/check.html", context)
