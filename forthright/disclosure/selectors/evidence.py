"""What shows how one duty was met, for whoever looks into a figure; nothing sensitive is in it.

The record sheet is no part of it: it is read on its page and leaves in no file.
"""

from datetime import date, datetime

from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    PoliceReturn,
    Serving,
    TakingBack,
)
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.limits import judged_words_of
from forthright.disclosure.selectors.management import review_facts
from forthright.disclosure.selectors.mended import first_hand_ins
from forthright.disclosure.selectors.over import CaseEnd, over_on
from forthright.rules.disclosure_compliance import QUESTIONS, Month
from forthright.rules.disclosure_management import parts_of
from forthright.rules.words import count_words, day_words, moment_words

Part = tuple[str, tuple[str, ...]]


def evidence_of(duty: DisclosureDuty, today: date) -> tuple[Part, ...]:
    """Return the parts of the evidence: marks, dates, schedules, returns and services."""
    return (
        ("How it was marked", _marks(duty, today)),
        ("Dates", _dates(duty)),
        *((part.title, part.paragraphs) for part in parts_of(review_facts(duty), {})[:1]),
        ("Returned to the police", _returns(duty)),
        ("Served on the defence", _services(duty)),
    )


def _marks(duty: DisclosureDuty, today: date) -> tuple[str, ...]:
    found = compliance_of(
        DisclosureDuty.objects.filter(pk=duty.pk), Delivery.objects.none(),
        Month.of(duty.due_on), today,
    )  # fmt: skip
    if not found.duties:
        return (f"Its day, {day_words(duty.due_on)}, is not over, so it is not marked yet.",)
    [marked] = found.duties
    said = [
        f"{question.code}: {question.words} {level.words}."
        for question, level in zip(QUESTIONS, marked.marks, strict=True)
    ]
    worst = f"Most significant failing: {marked.failing or 'none'}."
    return (*said, worst, *judged_words_of(duty), f"Rules: {found.rules}.")


def _dates(duty: DisclosureDuty) -> tuple[str, ...]:
    said = [
        f"{each.title}: {day_words(each.day)}. {' '.join(each.arithmetic)} "
        f"Source: {each.source}{'' if each.is_confirmed else ' (to be confirmed)'}."
        for each in duty.dates.all()
    ]
    moved = [
        f"{moment_words(each.changed_at)}: {each.title} moved to "
        f"{day_words(each.new_day) if each.new_day else 'no date'}."
        for each in duty.date_changes.all()
    ]
    return (*said, *moved)


def _returns(duty: DisclosureDuty) -> tuple[str, ...]:
    rows = PoliceReturn.objects.filter(delivery__case=duty.case_id).order_by("pk")
    handed_in = first_hand_ins(rows)
    rows = rows.select_related("unit", "mended_by")
    over = over_on([duty.case_id]).get(duty.case_id)
    return tuple(_returned(each, handed_in.get(each.pk), over) for each in rows) or ("Nothing.",)


def _mended(by: Delivery, first: datetime | None) -> str:
    """Say which version mended it: theirs may have been handed in anew before it was taken in."""
    if by.answers_id is None:
        return "mended by a new version"
    said = f"mended by a new version that the police handed in {moment_words(by.checked_at)}"
    if first and first < by.checked_at:
        said += f", having first handed one in {moment_words(first)}"
    return said


def _returned(each: PoliceReturn, handed_in: datetime | None, over: CaseEnd | None) -> str:
    reasons = "; ".join(asked["reason"] for asked in each.requests)
    answered = f"answered {moment_words(each.answered_at)}" if each.answered_at else "not answered"
    if each.taken_back_at:
        return (
            f"{moment_words(each.sent_at)} to {each.unit}: {reasons}. It was taken back "
            f"{moment_words(each.taken_back_at)} as a mistake, and counts as no return. "
            "Why stands on the record sheet, for those who work on the case."
        )
    mended = "not mended"
    if each.mended_by:
        mended = _mended(each.mended_by, handed_in)
    elif handed_in:
        mended = (
            f"the police handed a new version in {moment_words(handed_in)}, which nobody has taken "
            "in yet"
        )
    elif over and over.ends(each.sent_at):
        mended = f"not mended when the case ended on {day_words(over.day)}"
    if each.accepted_at:
        mended = (
            f"that was accepted {moment_words(each.accepted_at)}: the schedules stand as they came"
        )
    return (
        f"{moment_words(each.sent_at)} to {each.unit}, answer due {day_words(each.answer_by)}: "
        f"{reasons}. It is {answered}, and {mended}."
    )


def _services(duty: DisclosureDuty) -> tuple[str, ...]:
    served = tuple(_served(each) for each in duty.servings.all()) or ("Nothing.",)
    gone = duty.taken_back.filter(state=TakingBack.State.TAKEN_BACK)
    return (*served, *(_taken_back(each) for each in gone))


def _taken_back(each: TakingBack) -> str:
    when = f", {moment_words(each.answered_at)}" if each.answered_at else ""
    return (
        f"Recorded and taken back{when}, for it never was: {each.stood}. It counts nowhere. Why "
        "stands on the record sheet, for those who work on the case."
    )


def _served(each: Serving) -> str:
    told = f"told {moment_words(each.court_told_at)}" if each.court_told_at else "not told"
    document = "with" if each.management_id else "without"
    past = " Schedules had come that nobody had taken in: it went past them." * bool(each.went_past)
    return (
        f"{each.get_kind_display()}, {moment_words(each.served_at)}, by "
        f"{each.get_method_display()}{_due(each)}. {each.items_endorsed:,} of "
        f"{count_words(each.items_total, 'item')} decided. Court {told}. It went {document} a "
        f"disclosure management document.{past}"
    )


def _due(each: Serving) -> str:
    """Say by when the first service was due; what is served later has no day of its own."""
    if each.kind == Serving.Kind.CONTINUING:
        return ""
    now = each.duty.due_on
    if each.due_on == now:
        return f"; due {day_words(now)}"
    typed = f" (by a day that was corrected since, {day_words(each.due_on)})"
    return f"; due {day_words(now)}{typed}"
