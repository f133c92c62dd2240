"""The steps of a duty as its page lists them: done, next, or not yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.policies import ENDORSABLE
from forthright.disclosure.selectors.answered import answered_for
from forthright.disclosure.selectors.looking_again import unlooked_of
from forthright.disclosure.selectors.promises import (
    requests_asked,
    requests_open,
    requests_owed,
    unsent_of,
    untold_of,
)
from forthright.disclosure.selectors.standings import Line
from forthright.disclosure.selectors.stood import passed_approvals
from forthright.disclosure.selectors.stuck import OnWaiting
from forthright.disclosure.services.looking_again import unlooked_words
from forthright.rules.disclosure_duty import (
    BEFORE_SERVING,
    SERVED_OR_LATER,
    DutyState,
    owed,
    unapproved,
    unsettled,
)
from forthright.rules.disclosure_order import Approved
from forthright.rules.words import capitalised, count_words, day_words, moment_words
from forthright.web import clock

S = DutyState
OPEN_AFTER = (S.SERVED, S.COURT_TOLD, S.STATEMENT, S.CONTINUING)
ORDER = (S.TRIGGERED, S.RECEIVED, S.REVIEWING, S.ENDORSED, S.APPROVED, S.SERVED, S.COURT_TOLD,
         S.STATEMENT, S.CONTINUING, S.CLOSED)  # fmt: skip


# Of a case that ended before anything was served no step is owed any more; of one that ended later,
# what waited then was left undone.
_ENDED, _LEFT = "Not needed", "Not done"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One step: what it is called, where it is done, and how it stands."""

    words: str
    status: str
    address: str = ""
    hint: str = ""


def steps_shown(
    user: User, duty: DisclosureDuty, lines: list[Line], held: Sequence[OnWaiting]
) -> list[StepShown]:
    """Return the steps of a duty, each with a link where this person can do or read it.

    :param held: what stands on schedules that cannot be used for now, of a duty that was served
    """
    reached = _reached(duty)
    standings = [line.standing for line in lines]
    left = len(unsettled(standings))
    aside = sum(each.has_override and not each.is_decided for each in standings)
    overdue = sum(each.is_overdue(clock.today()) for each in standings)
    # What a new version has that is back with the police is owed as well.
    stuck = [item for _, items in held for item in items]
    unseen = len(unapproved(standings)) if duty.stands in SERVED_OR_LATER else 0
    untold = untold_of(duty).count()
    to_look = _triage(duty)
    passed = passed_approvals(duty)
    waits_of_defence = _waits_of_defence(duty)
    # After a service each of these may wait again, though the duty passed it long ago.
    again = {S.RECEIVED: bool(to_look), S.REVIEWING: bool(left or overdue),
             S.ENDORSED: bool(unseen), S.SERVED: bool(untold),
             S.COURT_TOLD: bool(waits_of_defence)}  # fmt: skip
    rows = (
        ("Schedules from the police", "", S.TRIGGERED, ""),
        ("Looked through", to_look, S.RECEIVED, ""),
        ("Endorsed item by item",
         _page(user, duty, Permission.ITEM_ENDORSE, "endorse", only=ENDORSABLE),
         S.REVIEWING, _endorsed(len(lines), left, aside, overdue)),
        ("Approved by a second person",
         _page(user, duty, Permission.DISCLOSURE_APPROVE, "approve",
               only=(S.ENDORSED, *(OPEN_AFTER if unseen else ()))),
         S.ENDORSED, _approved(duty, unseen)),
        ("Served on the defence",
         _page(user, duty, Permission.DISCLOSURE_SERVE, "serve",
               only=BEFORE_SERVING if passed else (S.APPROVED,)),
         S.APPROVED, _served(duty, passed)),
        ("Court told", _page(user, duty, Permission.DISCLOSURE_SERVE, "court_tell",
                             only=(S.SERVED, *(OPEN_AFTER if untold else ()))),
         S.SERVED, _untold(duty, untold)),
        ("Defence statement",
         _page(user, duty, Permission.DISCLOSURE_SERVE, "statement",
               only=(S.COURT_TOLD, S.STATEMENT, S.CONTINUING, *_if_stated(duty))),
         S.COURT_TOLD, _stated(duty, waits_of_defence)),
        ("Continuing duty",
         _page(user, duty, Permission.DISCLOSURE_SERVE, "serve",
               only=OPEN_AFTER),
         S.CONTINUING, _continuing(duty, len(owed([*standings, *stuck])), left, unseen)),
    )  # fmt: skip
    is_ended = duty.stands is S.CLOSED and duty.served_at is None
    return [
        StepShown(words=words, address=address, hint=hint,
                  status=_ENDED if is_ended
                  else _status(reached, state, waits=again.get(state, False)))
        for words, address, state, hint in rows
    ]  # fmt: skip


def _endorsed(items: int, left: int, aside: int, overdue: int) -> str:
    if not items:
        return ""
    said = f"{items - left - aside:,} of {count_words(items, 'item')}"
    late = f", of which {overdue:,} until a day that has passed" if overdue else ""
    return f"{said}, and {aside:,} set aside{late}" if aside else said


def _reached(duty: DisclosureDuty) -> int:
    state = S.RECEIVED if duty.stands is S.RETURNED else duty.stands
    # A statement to be answered is still the step of the statement.
    return ORDER.index(S.COURT_TOLD if state is S.STATEMENT else state)


def _status(reached: int, state: DutyState, *, waits: bool) -> str:
    place = ORDER.index(state)
    if reached > place:
        waiting = _LEFT if reached == ORDER.index(S.CLOSED) else "Next"
        return waiting if waits else "Done"
    return "Next" if reached == place else "Not yet"


def _page(
    user: User, duty: DisclosureDuty, permission: Permission, name: str,
    *, only: Collection[DutyState] = (),
) -> str:  # fmt: skip
    may = has_permission(user, permission) and user.unit_id == duty.unit_id
    if only and duty.stands not in only:
        return ""
    return reverse(f"disclosure:{name}", args=[duty.pk]) if may else ""


def _triage(duty: DisclosureDuty) -> str:
    """Return where schedules wait to be looked through, or what the police answered to be read."""
    waiting = Delivery.objects.filter(case=duty.case_id, state=Delivery.State.RECEIVED).first()
    answered = None if waiting else answered_for(duty).first()
    delivery = answered.delivery_id if answered else waiting.pk if waiting else None
    return reverse("disclosure:delivery", args=[delivery]) if delivery else ""


def _approved(duty: DisclosureDuty, unseen: int) -> str:
    by = f"By {duty.approved_by}" if duty.approved_by else ""
    if not unseen:
        return by
    words = count_words(unseen, "item", "items")
    return f"{by + '; ' if by else ''}{words} decided since, and nobody else has looked"


def _served(duty: DisclosureDuty, passed: list[Approved]) -> str:
    """Say when it was served; else that it may have been before something came or changed."""
    if duty.served_at:
        return moment_words(duty.served_at)
    if not passed or duty.stands is S.APPROVED or passed[-1].until is None:
        return ""
    ended = "closed" if passed[-1].was_closed else "opened again"
    return (
        f"Approved {moment_words(passed[-1].since)}, {ended} "
        f"{moment_words(passed[-1].until)}. If it was served between, record that"
    )


def _untold(duty: DisclosureDuty, untold: int) -> str:
    is_first = duty.stands is S.SERVED
    return "" if is_first or not untold else f"{count_words(untold, 'service')} not told yet"


def _if_stated(duty: DisclosureDuty) -> tuple[DutyState, ...]:
    """Return that the page is read of a closed duty too, where a statement came."""
    return (S.CLOSED,) if duty.stands is S.CLOSED and duty.statements.exists() else ()


def _stated(duty: DisclosureDuty, waits: list[str]) -> str:
    day = duty.statement_due_on
    due = f"Due {day_words(day)}" if day else ""
    if day and duty.stands is S.COURT_TOLD and day < clock.today():
        due = f"{due}, which has passed: record what came, or keep that none did"
    return "; ".join(filter(None, (due, *waits)))


def _waits_of_defence(duty: DisclosureDuty) -> list[str]:
    """Say what of the defence statements waits after a service: looks, replies and sendings."""
    if duty.stands not in SERVED_OR_LATER:
        return []
    waits = [unlooked_words(len(unlooked_of(duty)))]
    # Until the case ends they are the step itself.
    if duty.stands is S.CLOSED and (opened := requests_open(duty).count()):
        waits.append(f"{count_words(opened, 'request')} of the defence not answered")
    if asked := len(requests_asked(duty)):
        words = count_words(asked, "request of the defence waits", "requests of the defence wait")
        waits.append(f"{words} for the police")
    if unsent := unsent_of(duty).count():
        words = count_words(unsent, "answer to the defence is", "answers to the defence are")
        waits.append(f"{words} not sent yet")
    return [each for each in waits if each]


def _continuing(duty: DisclosureDuty, number: int, undecided: int, unseen: int) -> str:
    if not duty.served_at:
        return ""
    said = []
    if promised := len(requests_owed(duty)):
        words = count_words(promised, "request is", "requests are")
        said.append(f"{words} answered “to be disclosed” and owed")
    if unseen:
        said.append(f"{count_words(unseen, 'item waits', 'items wait')} for a second person")
    if undecided:
        said.append(f"{count_words(undecided, 'item waits', 'items wait')} to be endorsed")
    if number:
        words = count_words(number, "item is", "items are")
        said.append(f"{words} said to be disclosed and not served yet")
    return capitalised("; ".join(said))
