"""Which duties wait for somebody again once they were served, and for which step."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from forthright.accounts.models import User
from forthright.disclosure.models import (
    WAITING_RETURN,
    Approval,
    DefenceRequest,
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
from forthright.disclosure.selectors.looking_again import waits_for_look
from forthright.disclosure.selectors.promises import waits_for_look_into, waits_for_sending
from forthright.disclosure.selectors.standings import LISTING, OVER_SINCE
from forthright.disclosure.selectors.unnumbered import waits_for_place
from forthright.rules.disclosure_after_service import AfterService
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState
from forthright.rules.endorsements import GIVEN, WAITING, Beside

SAME = Beside.SAME.value
GIVEN_CODES = [each.value for each in GIVEN]
WAITING_CODES = [each.value for each in WAITING]


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
        AfterService.CONFIRM: Q(Exists(to_confirm(user))),
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


def to_confirm(user: User) -> "QuerySet[TakingBack]":
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
