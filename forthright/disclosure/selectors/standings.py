"""How each item of a duty stands: what is written against it, set aside, and served."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from forthright.audit.models import Event
from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    Endorsement,
    Item,
    PoliceReturn,
    Schedule,
    SetAside,
)
from forthright.disclosure.selectors.named import NamedHere, named_by_police_in
from forthright.disclosure.selectors.served import newest_written, served_in, served_things
from forthright.rules.disclosure_duty import ItemStanding
from forthright.rules.endorsements import (
    ENDS_ASIDE,
    GIVEN,
    SERVED_BEFORE,
    Beside,
    Endorsed,
    ItemToEndorse,
)
from forthright.rules.schedules.schedule import Form

LISTING = (Form.MG6C.value, Form.SDC.value, Form.MG6D.value)
# Of a row of what was set aside: that something written later ended that.
OVER_SINCE = Endorsement.objects.filter(
    duty=OuterRef("duty"), item=OuterRef("item"), code__in=[each.value for each in ENDS_ASIDE],
    made_at__gt=OuterRef("made_at"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it stands for one defendant."""

    item: Item
    form: str
    endorsement: Endorsement | None
    set_aside: SetAside | None
    # The defence has it, in these words or in others of which somebody says that they say the same.
    is_served: bool
    # A second person looked at the endorsement.
    is_approved: bool
    # What was written after it was set aside ended that, so it waits for no day any more.
    is_over_since: bool = False
    # Why the police say that it may undermine or assist; for the lawyers of the unit alone.
    named: tuple[NamedHere, ...] = ()
    # Under what it was served before it was written otherwise, where it was not served since.
    served_before: Endorsed | None = None
    # What holds of it beside that.
    beside: Beside = Beside.UNSAID
    # Under what it was served in these very words.
    served_as: Endorsed | None = None

    @property
    def is_renewed(self) -> bool:
        """Say whether it is what was served in other words, whether or not there is more in it."""
        return self.served_before is not None and self.beside is not Beside.OTHER

    @property
    def is_served_so(self) -> bool:
        """Say whether it was served in these very words."""
        return self.is_served and self.served_before is None

    @property
    def beside_words(self) -> str:
        """Say how it stands beside what was served in other words; nothing where nothing was."""
        if self.served_before is None:
            return ""
        is_open = not self.standing.is_decided and self.beside is Beside.UNSAID
        return SERVED_BEFORE if is_open else self.beside.words

    @property
    def to_endorse(self) -> ItemToEndorse:
        """Return what decides how it may be endorsed."""
        return ItemToEndorse(
            form=Form(self.form), description=self.item.description,
            is_held_back=self.item.is_held_back, is_named=bool(self.named),
        )  # fmt: skip

    @property
    def is_aside(self) -> bool:
        """Say whether it is set aside, and still may be."""
        return self.set_aside is not None and not self.is_over_since

    @property
    def standing(self) -> ItemStanding:
        """Return what the rules ask about it."""
        code = self.endorsement.code if self.endorsement else None
        return ItemStanding(
            key=self.item.thing_id,
            named=f"{self.form} {self.item}",
            is_sensitive=self.form == Form.MG6D,
            code=Endorsed(code) if code else None,
            has_override=self.is_aside,
            decide_by=self.set_aside.decide_by if self.set_aside and self.is_aside else None,
            is_served=self.is_served,
            is_approved=self.is_approved,
        )


def live_lists(case_id: int) -> "QuerySet[Schedule]":
    """Return the schedules of a case whose items are endorsed: that stand and may be used.

    What was returned to the police and did not come again with the rest stands too once the new
    version is adequate: its items are there, so somebody decides them.
    """
    return _standing_lists(case_id).filter(delivery__in=_usable_deliveries(case_id))


def lists_not_sent_again(case_id: int) -> "QuerySet[Schedule]":
    """Return the schedules of a case that went back to the police and did not come again.

    What a unit of the police still has is not among them: it is waited for.
    """
    rows = _standing_lists(case_id).filter(
        delivery__state=Delivery.State.RETURNED,
        delivery__police_returns__mended_by__isnull=False,
    )
    known = _decided(case_id)
    back = [pk for pk in known if _ends_in(pk, known) == Delivery.State.RETURNED]
    # What came in its place may have gone back in turn, before it was taken in.
    return rows.exclude(delivery__in=back)


def _standing_lists(case_id: int) -> "QuerySet[Schedule]":
    return Schedule.objects.filter(delivery__case=case_id, is_live=True, form__in=LISTING)


def lists_then(case_id: int, moment: datetime) -> "QuerySet[Schedule]":
    """Return the schedules of a case whose items were to be endorsed at a moment."""
    return stood_then(case_id, moment).filter(delivery__in=_usable_deliveries(case_id, by=moment))


def stood_then(case_id: int, moment: datetime) -> "QuerySet[Schedule]":
    """Return the schedules that stood in a case at a moment, whether they could be used or not.

    Which stood then is what the next delivery was compared with when it was taken in. Of what was
    taken in long ago that is not kept, so there are none.
    """
    after = Delivery.objects.filter(case=case_id, received_at__gt=moment)
    came = after.order_by("received_at", "pk").first()
    rows = Schedule.objects.filter(delivery__case=case_id, form__in=LISTING)
    return rows.filter(pk__in=came.compared_with) if came else rows.filter(is_live=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A schedule whose items cannot be endorsed yet, and the delivery to decide on before."""

    schedule: Schedule
    delivery: Delivery
    # It is back with the police; else somebody of the unit looks through it.
    is_back: bool


def lists_waiting(case_id: int, moment: datetime) -> list[Waiting]:
    """Return the schedules that stood in a case at a moment and could not be used then."""
    usable = lists_then(case_id, moment)
    rows = list(stood_then(case_id, moment).exclude(pk__in=usable.values("pk")).order_by("pk"))
    if not rows:
        return []
    deliveries = {each.pk: each for each in Delivery.objects.filter(case=case_id)}
    came = Q(mended_by__received_at__lte=moment) | Q(mended_by__triaged_at__lte=moment)
    mends = dict(
        PoliceReturn.objects.filter(came, delivery__case=case_id)
        .values_list("delivery", "mended_by")
    )  # fmt: skip
    found = []
    for each in rows:
        last = deliveries[each.delivery_id]
        while last.pk in mends:
            last = deliveries[mends[last.pk]]
        is_decided = last.triaged_at is not None and last.triaged_at <= moment
        found.append(Waiting(each, last, is_decided and last.state == Delivery.State.RETURNED))
    return found


def _usable_deliveries(case_id: int, *, by: datetime | None = None) -> list[int]:
    """Return the deliveries that are adequate, or whose new version is, however often it came.

    :param by: only what had been looked through by that moment
    """
    known = _decided(case_id, by=by)
    return [pk for pk in known if _ends_in(pk, known) == Delivery.State.ADEQUATE]


def _decided(case_id: int, *, by: datetime | None = None) -> dict[int, tuple[str, int | None]]:
    """Return how each delivery was decided on, and which came in its place."""
    mended = PoliceReturn.objects.filter(delivery__case=case_id, mended_by__isnull=False)
    deliveries = Delivery.objects.filter(case=case_id)
    if by is not None:
        mended = mended.filter(mended_by__triaged_at__lte=by)
        deliveries = deliveries.filter(triaged_at__lte=by)
    mends = dict(mended.values_list("delivery", "mended_by"))
    rows = deliveries.values_list("pk", "state")
    return {pk: (state, mends.get(pk)) for pk, state in rows}


def _ends_in(pk: int, known: Mapping[int, tuple[str, int | None]]) -> str:
    """Return how the last was decided on of those that came in each other's place."""
    state, mended_by = known[pk]
    while state == Delivery.State.RETURNED and mended_by is not None:
        state, mended_by = known[mended_by]
    return state


def live_items(duty: DisclosureDuty) -> "QuerySet[Item]":
    """Return the items to be endorsed: of schedules that stand and may be used."""
    return (
        Item.objects.filter(schedule__in=live_lists(duty.case_id))
        .select_related("schedule__delivery")
        .order_by("schedule__form", "schedule_id", "place")
    )


def lines_of(duty: DisclosureDuty, *, with_sensitive: bool = True) -> list[Line]:
    """Return the items of a duty as they stand."""
    items = live_items(duty)
    return _lines(duty, items if with_sensitive else items.exclude(schedule__form=Form.MG6D.value))


def line_of(duty: DisclosureDuty, item_id: int) -> Line | None:
    """Return one item of a duty as it stands, or None where it is on no schedule that stands.

    The id that it had in a version before is as good.
    """
    found = _lines(duty, live_items(duty).filter(pk=item_id))
    if not found and (now := ids_now(duty, [item_id])):
        found = _lines(duty, live_items(duty).filter(pk=now[item_id]))
    return found[0] if found else None


def ids_now(duty: DisclosureDuty, item_ids: Collection[int]) -> dict[int, int]:
    """Return by which id each item stands now; what is on no schedule that stands is left out.

    Where a new version came since, the same thing in the same words stands by another.
    """
    asked = Item.objects.filter(pk__in=item_ids, schedule__delivery__case=duty.case_id)
    things = {pk: root or pk for pk, root in asked.values_list("pk", "root")}
    same = Q(pk__in=things.values()) | Q(root__in=things.values())
    stands = {
        root or pk: pk for pk, root in live_items(duty).filter(same).values_list("pk", "root")
    }
    return {pk: stands[thing] for pk, thing in things.items() if thing in stands}


def _lines(duty: DisclosureDuty, items: "QuerySet[Item]") -> list[Line]:
    newest = newest_endorsements(duty)
    aside = {each.item_id: each for each in duty.set_aside.select_related("made_by")}
    over = over_since(duty) if aside else set()
    served = served_in(duty)
    up_to = approved_up_to(duty)
    named = named_by_police_in(duty.case_id)
    found = []
    for item in items:
        stands = newest.get(item.thing_id)
        thing, origin = item.thing_id, item.line_id
        beside = served.beside(thing, origin, stands.since_served if stands else None)
        found.append(
            Line(
                item, item.schedule.form, stands, aside.get(item.thing_id),
                served.has(thing, origin, beside),
                stands is not None and stands.pk <= up_to,
                item.thing_id in over, named.get(item.pk, ()),
                served.before(thing, origin), beside, served.under(thing, origin),
            )
        )  # fmt: skip
    return found


def standings_of(
    duty: DisclosureDuty, items: "QuerySet[Item] | None" = None
) -> list[ItemStanding]:  # fmt: skip
    """Return what the rules ask about each item of a duty; no words of an item are read.

    :param items: other items than those of schedules that stand and may be used
    """
    newest = {
        item: (pk, Endorsed(code), said)
        for item, pk, code, said in newest_written(duty).values_list(
            "item", "pk", "code", "since_served"
        )
    }
    up_to = approved_up_to(duty)
    aside = dict(duty.set_aside.values_list("item", "decide_by"))
    for item in over_since(duty) if aside else ():
        del aside[item]
    served = served_in(duty)
    of_items = live_items(duty) if items is None else items
    rows = of_items.values_list("pk", "root", "origin", "number", "place", "schedule__form")
    found = []
    for pk, root, origin, number, place, form in rows:
        thing, line = root or pk, origin or pk
        made, code, said = newest.get(thing, (None, None, None))
        found.append(
            ItemStanding(
                key=thing,
                named=f"{form} item {number}" if number is not None else f"{form} row {place}",
                is_sensitive=form == Form.MG6D,
                code=code,
                has_override=thing in aside,
                decide_by=aside.get(thing),
                is_served=served.has(thing, line, served.beside(thing, line, said)),
                is_approved=made is not None and made <= up_to,
            )
        )
    return found


def over_since(duty: DisclosureDuty) -> set[int]:
    """Return the things that were set aside, of which what was written later ended that.

    Where they are not decided then, somebody decides them, or sets them aside anew by name,
    whatever day was said before.
    """
    return set(duty.set_aside.filter(Exists(OVER_SINCE)).values_list("item", flat=True))


def newest_endorsements(duty: DisclosureDuty) -> dict[int, Endorsement]:
    """Return what stands against each item, by its root."""
    return {each.item_id: each for each in newest_written(duty).select_related("made_by")}


def approved_up_to(duty: DisclosureDuty) -> int:
    """Return the id of the newest endorsement that a second person looked at; 0 for none."""
    last: int | None = duty.approvals.aggregate(last=Max("up_to"))["last"]
    return last or 0


def things_gone(duty: DisclosureDuty) -> list[Item]:
    """Return what was said to be disclosed, was not, and is on no schedule that stands now.

    A thing that is there in other words is not gone: it is endorsed anew.
    """
    here = {origin or pk for pk, origin in live_items(duty).values_list("pk", "origin")}
    given = newest_written(duty).filter(code__in=[each.value for each in GIVEN])
    left = {
        pk for pk, origin in given.values_list("item", "item__origin") if (origin or pk) not in here
    }
    gone = left - served_things(duty)
    return list(Item.objects.filter(pk__in=gone).select_related("schedule").order_by("pk"))


def history_of(duty: DisclosureDuty, item: Item) -> "QuerySet[Endorsement]":
    """Return all that was written against an item for one defendant, the first first."""
    rows = Endorsement.objects.filter(duty=duty, item=item.thing_id)
    return rows.select_related("made_by").order_by("pk")


def makers_of(duty: DisclosureDuty, things: Collection[int] | None = None) -> set[int | None]:
    """Return who ever endorsed an item of a duty, or set one aside; some things, or all.

    Whoever held the words of an item back decided nothing of it: somebody else does, and they may
    be the second person who looks.
    """
    wrote = Endorsement.objects.filter(duty=duty, is_hold=False).order_by().distinct()
    # Of an item that was set aside anew the row has the last name alone; the record has each.
    aside = Event.objects.filter(
        name="item.set_aside", subject_kind=DisclosureDuty._meta.label, subject_id=str(duty.pk)
    )
    if things is not None:
        versions = Item.objects.filter(Q(pk__in=things) | Q(root__in=things))
        wrote = wrote.filter(item__in=things)
        aside = aside.filter(detail__item__in=list(versions.values_list("pk", flat=True)))
    return {*wrote.values_list("made_by", flat=True), *aside.values_list("by", flat=True)}


def counts_of(lines: Iterable[Line]) -> dict[str, int]:
    """Return how many items stand under each code, and how many under none."""
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        counts[line.endorsement.code if line.endorsement else ""] += 1
    return dict(counts)
