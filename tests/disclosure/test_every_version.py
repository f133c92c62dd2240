"""Nothing leaves a duty without a name and a reason, whatever versions of its schedules come."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Item, LeftItem, ServedItem
from forthright.disclosure.selectors.schedules import live_schedules
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.versions import left_unsaid, versions_of
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.deciding_anew import take_decision_back
from forthright.disclosure.services.endorsing import EndorsementRefused, Written, endorse_item
from forthright.disclosure.services.placing import LeavingRefused, LetGo
from forthright.disclosure.services.serving import ServingRefused, approve_duty, serve
from forthright.disclosure.services.triage import find_adequate, return_to_police
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState, owed
from forthright.rules.endorsements import Beside, Endorsed
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

ASKED = {"Schedules of unused material not completed correctly": ["Say what item 4 shows."]}
MORE = (
    "Council footage request and the reply of 5 October",
    "Diary of Mr Hall for May 2026, noting who hired the van",
)
MENDED = (f"{MORE[0]}, in which they say that there is none", MORE[1])


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def numbers(duty):
    return [line.item.number for line in lines_of(duty)]


def returned_continuation():
    """Return a duty of which item 3 is not endorsed, and whose continuation went back."""
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    for line in lines_of(duty):
        if line.item.number != 3:
            duties.endorse(duty, line.item, "CND", reason="Another van", by=duties.a_lawyer())
    came = duties.received(duty, mg6c_csv=duties.a_schedule(*MORE, first=4))
    return_to_police(came, ASKED, unit=duties.a_police_unit(), answer_by=date(2026, 10, 12),
                     by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    return duties.fresh(duty)


def test_a_mended_continuation_leaves_the_earlier_items_where_they_are():
    duty = returned_continuation()

    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*MENDED, first=4))
    take_in(came, by=None, at=given.NOON)
    find_adequate(came, by=None, at=given.NOON)

    assert came.changes == [
        {"form": "MG6C", "goes_on": False, "added": [], "withdrawn": [],
         "changed": [{"number": 4, "in": ["description"]}], "renumbered": [], "reused": []}
    ]  # fmt: skip
    assert sorted(numbers(duty)) == [1, 2, 3, 4, 5]
    assert not {"R5h", "R5e"} & {each["rule"] for each in came.findings}
    assert duties.fresh(duty).state == DutyState.REVIEWING


def test_what_would_leave_is_named_one_by_one_and_leaves_only_with_a_reason():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:1]))
    second, third = versions_of(came).leaving
    her = duties.a_lawyer()

    with pytest.raises(LeavingRefused, match="MG6C item 2 and MG6C item 3"):
        take_in(came, by=her, at=given.NOON)
    with pytest.raises(LeavingRefused, match="MG6C item 3"):
        take_in(came, let_go=LetGo([second.pk], "It is listed twice"), by=her, at=given.NOON)
    with pytest.raises(LeavingRefused, match="Write why"):
        take_in(came, let_go=LetGo([second.pk, third.pk], "ok"), by=her, at=given.NOON)
    assert not LeftItem.objects.exists()
    assert numbers(duty) == [1, 2, 3]
    take_in(came, let_go=LetGo([second.pk, third.pk], "Both are on the MG6D now"), by=her,
            at=given.NOON)  # fmt: skip

    assert {each.item_id for each in LeftItem.objects.filter(made_by=her)} == {second.pk, third.pk}


def test_the_page_of_taking_in_asks_for_each_and_keeps_what_was_said(at_noon):
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:2]))
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{came.pk}/")
    page.see("would stand on no schedule any more", f"MG6C item 3: {duties.OPEN_ITEMS[2]}")

    page = page.press("Take it in", reason="It is on the MG6D now")

    page.see("Tick each that is rightly gone")
    assert "It is on the MG6D now" in page.text
    [third] = versions_of(came).leaving
    page = page.press("Take it in", left=[third.pk], reason="It is on the MG6D now")
    page.see("Is it adequate?", "Because: It is on the MG6D now")


def test_who_may_not_read_a_sensitive_item_does_not_let_it_go(at_noon):
    secrets = (duties.SECRET, "Log of the telephone of the source, with the cell sites")
    duty = duties.adequate(duties.a_duty(), mg6d_csv=duties.a_schedule(*secrets, form="MG6D"))
    came = duties.checked(duty, mg6d_csv=duties.a_schedule(secrets[0], form="MG6D"))
    clerk = given.a_person(Role.LINE_MANAGER)

    page = as_(clerk).open(f"/disclosure/deliveries/{came.pk}/")
    page.see("MG6D item 2: its words are for the lawyers of the unit")
    assert "cell sites" not in page.text
    with pytest.raises(NotAllowed):
        take_in(came, let_go=duties.letting_go(came), by=clerk, at=given.NOON)
    assert numbers(duty) == [1, 2]


def test_one_schedule_in_two_files_is_endorsed_once_and_nothing_is_lost_of_two_that_differ():
    whole = duties.a_schedule(*duties.OPEN_ITEMS)
    duty = duties.adequate(duties.a_duty(), a_csv=whole, b_csv=whole)
    other = duties.a_duty(name="Hollis")

    other = duties.adequate(other, a_csv=whole, b_csv=duties.a_schedule(*duties.OPEN_ITEMS[:2]))

    assert numbers(duty) == [1, 2, 3]
    assert set(numbers(other)) == {1, 2, 3}


def left_long_ago():
    """Return an endorsed duty of which item 3 left undecided, before anybody was asked why."""
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    duty = duties.adequate(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:2]))
    LeftItem.objects.all().delete()
    return duties.endorse_all(duty, by=duties.a_lawyer(), codes={})


def test_what_left_before_anybody_was_asked_why_is_neither_approved_nor_served_past(at_noon):
    duty = left_long_ago()
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)

    with pytest.raises(ServingRefused, match="nobody wrote why: MG6C item 3"):
        approve_duty(duty, looked_again=[line.item.pk for line in lines_of(duty)], by=manager,
                     at=given.NOON)  # fmt: skip
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see(
        "Left the schedules before anybody decided on it", f"MG6C item 3: {duties.OPEN_ITEMS[2]}"
    )
    [third] = left_unsaid(duty)
    page = page.press("Keep why it left", left=[third.pk], reason="Served as a statement in May")
    page.see("Kept, with your name")
    again = [line.item.pk for line in lines_of(duty)]
    assert approve_duty(duty, looked_again=again, by=manager, at=given.NOON).state == "APPROVED"


def test_an_approved_duty_with_such_an_item_is_not_served():
    duty = left_long_ago()
    duty.state = DutyState.APPROVED
    duty.save()

    with pytest.raises(ServingRefused, match="nobody wrote why: MG6C item 3"):
        serve(duty, duties.a_service(duty, is_nil=True), by=duties.a_lawyer(), at=given.NOON)


WORDS = (
    *duties.OPEN_ITEMS, *MORE, "Custody record of 2 June 2026 with the visit by the nurse",
    "House to house enquiries in Cole Street, with the log of calls", "Notes of PC Khan of 1 June",
)  # fmt: skip


class EveryVersion(RuleBasedStateMachine):
    """Brings continuations and new versions in any order, through the services themselves."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*WORDS[:2]))
        self.last = 2

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def come(
        self, rows: dict[int, str], *, is_adequate: bool, reason: str, place: str = "Store"
    ) -> None:
        lines = "".join(f'{number},"{words}","{place}"\n' for number, words in rows.items())
        came = duties.checked(self.duty, mg6c_csv=f"MG6C SCHEDULE\n{duties.HEAD}{lines}")
        leaving = versions_of(came).leaving
        if leaving and not reason:
            with pytest.raises(LeavingRefused):
                take_in(came, by=None, at=given.NOON)
            came.delete()
            return
        take_in(came, let_go=LetGo([item.pk for item in leaving], reason), by=None, at=given.NOON)
        if is_adequate:
            find_adequate(came, reason="Enough for this case", by=None, at=given.NOON)
        else:
            return_to_police(came, ASKED, unit=duties.a_police_unit(), by=None, at=given.NOON,
                             answer_by=date(2026, 10, 12))  # fmt: skip

    @precondition(lambda self: self.last < len(WORDS))
    @rule(is_adequate=st.booleans())
    def a_continuation_comes(self, is_adequate):
        self.last += 1
        self.come({self.last: WORDS[self.last - 1]}, is_adequate=is_adequate, reason="")

    @rule(
        pick=st.integers(0, 9),
        leaves_out=st.sampled_from([None, None, 0, 1]),
        shift=st.sampled_from([0, 0, 0, 1]),
        mends=st.booleans(),
        back=st.booleans(),
        place=st.sampled_from(["Store", "Room 2"]),
        reason=st.sampled_from(["", "It is listed twice"]),
    )
    def a_new_version_comes(self, pick, leaves_out, shift, mends, back, place, reason):
        """One mended, shorter, numbered anew, kept elsewhere, or in the words of before."""
        before = self.decided()
        live = list(live_schedules(self.duty.case_id))
        items = [item for place, item in enumerate(live[pick % len(live)].items.all())
                 if place != leaves_out]  # fmt: skip
        said = [item.description.replace(", in full", "") if back else item.description
                for item in items]  # fmt: skip
        rows = {(item.number or 0) + shift: words + ", in full" * mends
                for item, words in zip(items, said, strict=True)}  # fmt: skip
        if not rows:
            return
        self.come(rows, is_adequate=True, reason=reason, place=place)
        if not mends and not back and shift == 0:
            after = self.decided()
            assert {thing: after[thing] for thing in before if thing in after} == {
                thing: code for thing, code in before.items() if thing in after
            }

    def decided(self) -> dict[int, str]:
        return {line.item.thing_id: line.endorsement.code
                for line in lines_of(self.duty) if line.endorsement}  # fmt: skip

    @rule(pick=st.integers(0, 9), code=st.sampled_from(["ND", "ND", "D"]))
    def somebody_endorses(self, pick, code):
        duty = duties.fresh(self.duty)
        lines = lines_of(duty)
        if duty.stands in {DutyState.REVIEWING, DutyState.ENDORSED, *SERVED_OR_LATER} and lines:
            line = lines[pick % len(lines)]
            try:
                duties.endorse(duty, line.item, code, reason=f"So it is {code}",
                               by=duties.a_lawyer())  # fmt: skip
            except EndorsementRefused:
                assert code == "ND"
                assert line.is_served or line.served_before

    @rule(pick=st.integers(0, 9), code=st.sampled_from(["D", "ND"]),
          beside=st.sampled_from([Beside.SAME, Beside.MORE, Beside.OTHER]))  # fmt: skip
    def somebody_says_what_it_is_beside_what_was_served(self, pick, code, beside):
        duty = duties.fresh(self.duty)
        lines = [line for line in lines_of(duty) if line.served_before]
        if duty.stands in SERVED_OR_LATER and lines:
            item = lines[pick % len(lines)].item
            wish = Written(item_id=item.pk, code=code, reason=f"It is {beside} here",
                           is_same_reason=True, beside=beside)  # fmt: skip
            if code == "ND" and beside is not Beside.OTHER:
                with pytest.raises(EndorsementRefused, match="what was served stays so"):
                    endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)
                return
            endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)

    @rule(pick=st.integers(0, 9))
    def somebody_takes_a_decision_back(self, pick):
        duty = duties.fresh(self.duty)
        lines = [line for line in lines_of(duty) if line.standing.is_decided]
        endorsable = {DutyState.REVIEWING, DutyState.ENDORSED, *SERVED_OR_LATER}
        if duty.stands not in endorsable or not lines:
            return
        line = lines[pick % len(lines)]
        try:
            take_decision_back(duty, line.item.pk, reason="Decided before it was read",
                               by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
        except EndorsementRefused:
            assert line.is_served
        else:
            assert not line.is_served
            assert duties.fresh(self.duty).stands in {DutyState.REVIEWING, *SERVED_OR_LATER}

    @rule()
    def it_is_approved_and_served(self):
        duty = duties.fresh(self.duty)
        if duty.stands is DutyState.ENDORSED:
            nothing = not owed([line.standing for line in lines_of(duty)])
            duties.approve_and_serve(duty, is_nil=nothing)

    @invariant()
    def what_was_served_is_withheld_in_no_other_words(self):
        served = ServedItem.objects.filter(serving__duty=self.duty).select_related("item")
        lines = {each.item.line_id for each in served}
        for line in lines_of(self.duty):
            if line.item.line_id in lines:
                code, is_same = line.standing.code, line.beside is Beside.SAME
                # What is another thing than went may be withheld, in no words that went.
                withheld = {Endorsed.NOT_DISCLOSABLE} if line.beside is Beside.OTHER else set()
                assert code in {None, Endorsed.DISCLOSE, Endorsed.TAKEN_BACK} | withheld
                assert line.is_served == (line.served_before is None or is_same)
                # Other words go too, unless somebody says that they say the same.
                assert line.standing.is_owed == bool(
                    code is Endorsed.DISCLOSE and line.served_before and not is_same
                )

    @invariant()
    def nothing_was_served_while_an_item_was_not_decided(self):
        for serving in self.duty.servings.all():
            assert serving.items_endorsed + serving.items_aside == serving.items_total
            codes = set(serving.items.values_list("endorsement__code", flat=True))
            assert codes <= {Endorsed.DISCLOSE.value}

    @invariant()
    def all_that_was_taken_in_stands_or_left_by_name_and_with_a_reason(self):
        came = Item.objects.filter(schedule__delivery__received_at__isnull=False)
        ends = came.filter(schedule__is_live=False, after=None)
        assert not ends.filter(left=None).exists()
        assert not ends.exclude(left__reason__regex=r"\w").exists()


class EveryVersionAfterService(EveryVersion):
    """Begins with what was served, so that many paths write that otherwise."""

    def __init__(self):
        super().__init__()
        for line in lines_of(self.duty):
            duties.endorse(self.duty, line.item, "D", reason="It assists", by=duties.a_lawyer())
        self.duty = duties.approve_and_serve(duties.fresh(self.duty))

    @rule(pick=st.integers(0, 9), code=st.sampled_from(["D", "ND"]),
          beside=st.sampled_from([Beside.SAME, Beside.MORE, Beside.OTHER]))  # fmt: skip
    def what_was_served_comes_in_other_words_and_is_decided(self, pick, code, beside):
        self.a_new_version_comes(pick=0, leaves_out=None, shift=0, mends=True, back=False,
                                 place="Store", reason="")  # fmt: skip
        self.somebody_says_what_it_is_beside_what_was_served(pick, code, beside)


@pytest.mark.slow
@pytest.mark.parametrize("walk", [EveryVersion, EveryVersionAfterService])
def test_of_every_path_of_versions_none_loses_an_item(walk):
    run_state_machine_as_test(
        walk,
        settings=settings(max_examples=12, stateful_step_count=8, deadline=None, derandomize=True,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
