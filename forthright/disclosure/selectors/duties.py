"""The duties, deliveries and returns that a person may see."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.cases.models import Case, Defendant
from forthright.disclosure.models import (
    WAITING_RETURN,
    Approval,
    DefenceRequest,
    DeliveredFile,
    Delivery,
    DisclosureDuty,
    Endorsement,
    Item,
    PoliceReturn,
    RequestedItem,
    ServedItem,
    Serving,
    SetAside,
    TakingBack,
)
from forthright.disclosure.selectors.closed_since import has_new_since_closed
from forthright.disclosure.selectors.looking_again import waits_for_look
from forthright.disclosure.selectors.over import goes_on
from forthright.disclosure.selectors.promises import waits_for_look_into, waits_for_sending
from forthright.disclosure.selectors.standings import LISTING, OVER_SINCE
from forthright.disclosure.selectors.unnumbered import waits_for_place
from forthright.rules.disclosure_after_service import AfterService
from forthright.rules.disclosure_duty import BEFORE_SERVING, SERVED_OR_LATER, DutyState
from forthright.rules.endorsements import GIVEN, WAITING, Beside

# Served, and what is still to be done at once.
SOON_DAYS = 7
SAME = Beside.SAME.value
GIVEN_CODES = [each.value for each in GIVEN]
WAITING_CODES = [each.value for each in WAITING]


def duties_visible_to(user: User) -> "QuerySet[DisclosureDuty]":
    """Return the duties that this person may see."""
    rows = DisclosureDuty.objects.select_related("case", "defendant", "unit")
    return within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)


def duty_for(user: User, duty_id: int) -> DisclosureDuty:
    """Return one duty.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = duties_visible_to(user).select_related("area", "approved_by", "started_by")
    duty = rows.filter(pk=duty_id).first()
    if duty is None:
        raise Http404("No such duty")
    return duty


def may_see_sensitive(user: User, thing: DisclosureDuty | Delivery) -> bool:
    """Return whether this person may see what is sensitive in a case."""
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    return within_reach(user, Permission.SENSITIVE_SEE, rows, liaison_reaches_all=False).exists()


def deliveries_visible_to(user: User) -> "QuerySet[Delivery]":
    """Return the deliveries that this person may see; a unit of the police sees none."""
    rows = Delivery.objects.select_related("case", "unit", "police_unit")
    rows = rows.prefetch_related("police_returns__unit")
    return within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)


def untaken_for(user: User) -> "QuerySet[Delivery]":
    """Return what the police handed in, or was brought in, that this person may take in."""
    rows = Delivery.objects.filter(state=Delivery.State.CHECKED)
    reach = within_reach(user, Permission.SCHEDULE_BRING, rows, liaison_reaches_all=False)
    return reach.order_by("checked_at", "pk")


def handed_in(returned: PoliceReturn) -> list[Delivery]:
    """Return what the police handed in for a return and nobody has taken in yet."""
    rows = Delivery.objects.filter(answers=returned, state=Delivery.State.CHECKED)
    rows = rows.select_related("checked_by").prefetch_related("schedules__items")
    return list(rows.order_by("pk"))


def delivery_for(user: User, delivery_id: int) -> Delivery:
    """Return one delivery.

    :raises Http404: if there is none, or none that this person may see
    """
    delivery = deliveries_visible_to(user).filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404("No such delivery")
    return delivery


def delivered_file_for(user: User, delivery_id: int, position: int) -> DeliveredFile:
    """Return one file of a delivery as the police sent it.

    :raises Http404: if there is none, or this person may not see what is sensitive in the case
    """
    delivery = delivery_for(user, delivery_id)
    if not may_see_sensitive(user, delivery):
        raise Http404("No such file")
    found = delivery.kept_files.select_related("delivery__case").filter(position=position).first()
    if found is None:
        raise Http404("No such file")
    return found


def standing_return_of(delivery: Delivery) -> PoliceReturn:
    """Return the return of a delivery that stands, or else the newest that was taken back.

    :raises Http404: if it never went back
    """
    rows = PoliceReturn.objects.filter(delivery=delivery).select_related("delivery", "unit")
    returned = rows.order_by(F("taken_back_at").desc(nulls_first=True)).first()
    if returned is None:
        raise Http404("No such return")
    return returned


def item_of(delivery: Delivery, item_id: int) -> Item:
    """Return one item of a delivery.

    :raises Http404: if it has no such item
    """
    rows = Item.objects.filter(schedule__delivery=delivery).select_related("schedule__delivery")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise Http404("No such item")
    return item


def returns_waiting_for(user: User) -> "QuerySet[PoliceReturn]":
    """Return what waits for an answer of this person's unit of the police.

    Where a case ended for everybody, nobody waits for it; it waits again where a duty is opened.
    """
    rows = returns_visible_to(user).filter(goes_on("delivery__case"))
    return rows.filter(WAITING_RETURN, answered_at=None)


def returns_visible_to(user: User) -> "QuerySet[PoliceReturn]":
    """Return what was returned to this person's unit of the police."""
    rows = PoliceReturn.objects.select_related("delivery__case", "unit", "sent_by")
    return within_reach(user, Permission.RETURN_ANSWER, rows, liaison_reaches_all=False)


def return_for(user: User, return_id: int) -> PoliceReturn:
    """Return one thing that was returned to this person's unit of the police.

    :raises Http404: if there is none, or none that this person may see
    """
    returned = returns_visible_to(user).filter(pk=return_id).first()
    if returned is None:
        raise Http404("No such return")
    return returned


def duties_of_case(case: Case) -> "QuerySet[DisclosureDuty]":
    """Return the duties of one case, by defendant."""
    return DisclosureDuty.objects.filter(case=case).select_related("defendant").order_by("pk")


def defendants_without_duty(case: Case) -> "QuerySet[Defendant]":
    """Return the defendants of a case for whom no duty has begun."""
    begun = DisclosureDuty.objects.filter(case=case).values("defendant")
    return Defendant.objects.filter(case=case).exclude(pk__in=begun).order_by("pk")


# What a person does next, by the state of a duty and what they may do.
NEXT_STEPS: dict[Permission, tuple[DutyState, ...]] = {
    Permission.SCHEDULE_BRING: (DutyState.RECEIVED,),
    Permission.ITEM_ENDORSE: (DutyState.REVIEWING,),
    Permission.DISCLOSURE_APPROVE: (DutyState.ENDORSED,),
    Permission.DISCLOSURE_SERVE: (DutyState.APPROVED, DutyState.SERVED, DutyState.STATEMENT),
}


def states_to_act_on(user: User) -> list[str]:
    """Return the states in which a duty waits for what this person may do."""
    return [
        state.value
        for permission, states in NEXT_STEPS.items()
        if has_permission(user, permission)
        for state in states
    ]


def left_after_service(user: User, today: date) -> Q:
    """Return which duties that were served need somebody again.

    Schedules came that nobody looked through or endorsed, an item is to be decided that is not set
    aside (queried since, or immunity refused for it), no second person looked at what was decided
    since, something said to be disclosed is not served; that, an item to be decided, or what was
    set aside until a day that has passed is on a schedule that is back with the police; a request
    of the defence was asked of the police, an answer to one was not sent, or told of what is
    sensitive, nobody looked again at what was not disclosed after a defence statement that asks for
    nothing or what an entry of the report without a number is about, the court was not told,
    somebody else asked to take something back, or the day of an item that was set aside or of the
    defence statement has passed. What is on no schedule that stands any more waits for nobody.
    """
    is_served = Q(state__in=[each.value for each in SERVED_OR_LATER - {DutyState.CLOSED}])
    return is_served & reduce(or_, waits_after_service(user, today).values())


def waits_after_service(user: User, today: date) -> dict[AfterService, Q]:
    """Return of which duties each step waits once they were served, as conditions on duties.

    That somebody confirms what is to be taken back waits for everybody but who asked for it.
    """
    of_duty = Endorsement.objects.filter(duty=OuterRef("duty"), item=OuterRef("item"))
    newer = of_duty.filter(pk__gt=OuterRef("pk"))
    served = ServedItem.objects.filter(serving__duty=OuterRef("duty"), item=OuterRef("item"))
    is_usable = _is_usable()
    thing_stands = Item.objects.annotate(thing=Coalesce("root", "pk")).filter(
        is_usable, thing=OuterRef("item"), schedule__is_live=True, schedule__form__in=LISTING
    )
    # What was served in other words is owed, unless somebody said that these say the same.
    renewed = ServedItem.objects.filter(
        Q(item=OuterRef("line")) | Q(item__origin=OuterRef("line")), serving__duty=OuterRef("duty")
    )
    given = Endorsement.objects.annotate(line=Coalesce("item__origin", "item")).filter(
        ~Exists(newer), ~Exists(served), ~Q(since_served=SAME) | ~Exists(renewed),
        duty=OuterRef("pk"), code__in=GIVEN_CODES,
    )  # fmt: skip
    owed = given.filter(Exists(thing_stands))
    decided = of_duty.filter(~Exists(newer)).exclude(code__in=WAITING_CODES)
    passed = SetAside.objects.annotate(line=Coalesce("item__origin", "item")).filter(
        ~Exists(decided), ~Exists(OVER_SINCE), duty=OuterRef("pk"), decide_by__lt=today
    )
    late = passed.filter(Exists(thing_stands))
    aside = SetAside.objects.filter(
        ~Exists(OVER_SINCE), duty=OuterRef("duty"), item=OuterRef("item")
    )
    asked_of = Endorsement.objects.annotate(line=Coalesce("item__origin", "item")).filter(
        ~Exists(newer), ~Exists(aside), duty=OuterRef("pk"), code__in=WAITING_CODES
    )
    undecided = asked_of.filter(Exists(thing_stands))
    came = Delivery.objects.filter(case=OuterRef("case"))
    unread = came.filter(state=Delivery.State.RECEIVED)
    # All that stood when it was approved was decided or set aside. The day of the service tells
    # nothing here: it may be corrected to a later one.
    judged = came.filter(
        state=Delivery.State.ADEQUATE,
        triaged_at__gt=Coalesce(OuterRef("approved_at"), OuterRef("served_at")),
    )
    written = Endorsement.objects.filter(duty=OuterRef(OuterRef("pk")), item=OuterRef("thing"))
    kept = SetAside.objects.filter(duty=OuterRef(OuterRef("pk")), item=OuterRef("thing"))
    blank = Item.objects.annotate(thing=Coalesce("root", "pk")).filter(
        is_usable, ~Exists(written), ~Exists(kept), schedule__delivery__case=OuterRef("case"),
        schedule__is_live=True, schedule__form__in=LISTING,
    )  # fmt: skip
    looked = Approval.objects.filter(duty=OuterRef("duty"), up_to__gte=OuterRef("pk"))
    unseen = Endorsement.objects.filter(
        ~Exists(newer), ~Exists(looked), Exists(thing_stands), duty=OuterRef("pk")
    ).exclude(code__in=WAITING_CODES)
    asked = DefenceRequest.objects.filter(
        statement__duty=OuterRef("pk"), outcome=DefenceRequest.Outcome.WITH_THE_POLICE
    )
    untold = Serving.objects.filter(duty=OuterRef("pk"), court_told_at=None)
    return {
        AfterService.TOLD: waits_for_look_into(),
        AfterService.CONFIRM: Q(Exists(_to_confirm(user))),
        AfterService.LOOK: Q(Exists(unread)),
        AfterService.BACK: (
            Q(Exists(given.filter(_is_back())))
            | Q(Exists(passed.filter(_is_back())))
            | Q(Exists(asked_of.filter(_is_back())))
        ),
        AfterService.PLACE: waits_for_place(),
        AfterService.DECIDE: Q(Exists(undecided)) | (Q(Exists(judged)) & Q(Exists(blank))),
        AfterService.OVERDUE: Q(Exists(late)),
        AfterService.APPROVE: Q(Exists(unseen)),
        AfterService.SERVE: Q(Exists(owed)),
        AfterService.TELL: Q(Exists(untold)),
        AfterService.ANSWER: (
            Q(Exists(asked)) | Q(Exists(_promised())) | waits_for_look() | waits_for_sending()
        ),
        AfterService.SILENT: Q(state=DutyState.COURT_TOLD.value, statement_due_on__lt=today),
    }


def _to_confirm(user: User) -> "QuerySet[TakingBack]":
    """Return what somebody else asked to take back, as a question within a duty's."""
    asked = TakingBack.objects.filter(duty=OuterRef("pk"), state=TakingBack.State.ASKED)
    return asked.exclude(asked_by=user)


def next_steps(user: User, duties: Collection[int], today: date) -> dict[int, list[AfterService]]:
    """Return which steps wait of some duties, by their ids, once each was served.

    Of one that is closed, an answer that told of what is sensitive alone.
    """
    waits = waits_after_service(user, today)
    asked = {step.value: ExpressionWrapper(each, BooleanField()) for step, each in waits.items()}
    served = [each.value for each in SERVED_OR_LATER]
    rows = DisclosureDuty.objects.filter(pk__in=duties, state__in=served).annotate(**asked)
    return {
        pk: [
            step
            for step, is_waiting in zip(waits, said, strict=True)
            if is_waiting and (state != DutyState.CLOSED or step is AfterService.TOLD)
        ]
        for pk, state, *said in rows.values_list("pk", "state", *asked)
    }


def _promised() -> "QuerySet[DefenceRequest]":
    """Return what was answered "to be disclosed" and not served, as a question within a duty's.

    What was served in other words counts as served if somebody said last that they say the same.
    """
    duty = OuterRef("request__statement__duty")
    written = Endorsement.objects.filter(duty=OuterRef("duty"), item=OuterRef("item"))
    said = Endorsement.objects.filter(
        ~Exists(written.filter(pk__gt=OuterRef("pk"))), since_served=SAME, duty=duty,
        item=OuterRef("item"),
    )  # fmt: skip
    went = ServedItem.objects.filter(serving__duty=duty)
    of_line = went.filter(Q(item=OuterRef("line")) | Q(item__origin=OuterRef("line")))
    named = RequestedItem.objects.annotate(line=Coalesce("item__origin", "item")).filter(
        request=OuterRef("pk")
    )
    owed = named.filter(
        ~Exists(went.filter(item=OuterRef("item"))), ~Exists(of_line) | ~Exists(said)
    )
    return DefenceRequest.objects.filter(
        ~Exists(named) | Exists(owed),
        statement__duty=OuterRef("pk"), outcome=DefenceRequest.Outcome.DISCLOSED,
    )  # fmt: skip


def _is_back() -> Q:
    """Return of what the thing is on a schedule that is back with the police, as a condition.

    The schedule may write it otherwise; then what was written of the thing last counts. Of what
    came and was not looked through, LOOK says so.
    """
    line = Coalesce("item__origin", "item")
    later = {"duty": OuterRef("duty"), "line": OuterRef("line"), "item__gt": OuterRef("item")}
    written = Endorsement.objects.annotate(line=line).filter(**later)
    kept = SetAside.objects.annotate(line=line).filter(**later)
    back = Item.objects.annotate(
        thing=Coalesce("root", "pk"), of_line=Coalesce("origin", "pk")
    ).filter(
        ~_is_usable(), schedule__delivery__state=Delivery.State.RETURNED,
        schedule__delivery__case=OuterRef("duty__case"), schedule__is_live=True,
        schedule__form__in=LISTING,
    )  # fmt: skip
    in_other_words = back.filter(of_line=OuterRef("line"))
    return Q(Exists(back.filter(thing=OuterRef("item")))) | (
        Q(Exists(in_other_words)) & ~Q(Exists(written)) & ~Q(Exists(kept))
    )


def _is_usable() -> Q:
    """Return which items stand on what may be endorsed, as a condition on items.

    What was returned and did not come again stands once the rest of it came, and did not go back.
    """
    gone_back = PoliceReturn.objects.filter(WAITING_RETURN, delivery=OuterRef("mended_by"))
    mended = PoliceReturn.objects.filter(
        ~Exists(gone_back), delivery=OuterRef("schedule__delivery"), mended_by__isnull=False
    )
    return Q(schedule__delivery__state=Delivery.State.ADEQUATE) | Q(Exists(mended))


def waiting_for(user: User, today: date) -> "QuerySet[DisclosureDuty]":
    """Return the duties that need this person now: their step, or their day has nearly come.

    So do those for which schedules came that nobody has taken in, those whose schedules are back
    with the police, who answered that they mend nothing, or let their day pass, those of which
    somebody else asked to take something back, those that are closed and to which something new
    came, and those, closed or not, of which an answer told the defence of what is sensitive. Of a
    unit whose duties they see and may not work on, none is theirs.
    """
    open_states = [state.value for state in BEFORE_SERVING]
    soon = Q(state__in=open_states, serve_by__lte=today + timedelta(days=SOON_DAYS))
    untaken = Delivery.objects.filter(case=OuterRef("case"), state=Delivery.State.CHECKED)
    handed_in = untaken.filter(answers__isnull=False)
    is_open = ~Q(state=DutyState.CLOSED)
    back = PoliceReturn.objects.filter(
        Q(answered_at__isnull=False) | Q(answer_by__lt=today), WAITING_RETURN,
        delivery__case=OuterRef("case"),
    )  # fmt: skip
    mine = (
        Q(state__in=states_to_act_on(user)) | left_after_service(user, today) | Exists(handed_in)
        | has_new_since_closed() | waits_for_look_into()
        | (is_open & (Exists(untaken) | Exists(back) | Exists(_to_confirm(user))))
    )  # fmt: skip
    # Who holds a permission of the steps holds it for the units for which they take schedules in.
    theirs = within_reach(
        user, Permission.SCHEDULE_BRING, duties_visible_to(user), liaison_reaches_all=False
    )
    return theirs.filter(mine | soon).order_by("serve_by", "pk")
