"""Many new rows are written at once, just as one by one."""

import pytest

from forthright.cases.models import Case, Decision, Defendant
from forthright.schemes.models import Duty
from forthright.schemes.services import open_duties
from forthright.web.writing import insert_many
from tests import given

pytestmark = pytest.mark.django_db


def cases(*urns):
    unit = given.a_unit()
    return [Case(area=unit.area, unit=unit, urn=urn, is_rasso=True) for urn in urns]


def test_rows_are_kept_as_they_were_given_and_know_their_ids():
    rows = cases("21XY0000126", "21XY0000226")

    insert_many(rows)

    assert Case.objects.in_bulk([row.pk for row in rows]) == {row.pk: row for row in rows}
    assert [Case.objects.get(pk=row.pk).urn for row in rows] == ["21XY0000126", "21XY0000226"]
    assert Case.objects.get(pk=rows[0].pk).is_rasso is True


def test_an_id_is_never_given_twice():
    rows = cases("21XY0000126", "21XY0000226")
    insert_many(rows)
    taken = {row.pk for row in rows}
    Case.objects.filter(pk=max(taken)).delete()

    one = given.a_case()
    more = cases("21XY0000326")
    insert_many(more)

    assert len(taken | {one.pk, more[0].pk}) == 4


def test_a_link_to_a_row_written_before_is_kept():
    case = cases("21XY0000126")[0]
    defendant = Defendant(case=case, key="1", family_name="Price")
    decision = Decision(
        area=case.area, case=case, defendant=defendant, key="1",
        kind=Decision.Kind.DISCONTINUED, made_at=given.NOON,
    )  # fmt: skip

    for rows in ([case], [defendant], [decision]):
        insert_many(rows)

    kept = Decision.objects.select_related("defendant__case").get()
    assert kept.made_at == given.NOON
    assert kept.defendant is not None
    assert kept.defendant.case == case


def test_lists_days_and_moments_of_a_letter_are_kept():
    given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    decision = given.a_decision(case, made_at=given.at("2026-04-02 16:55"))

    open_duties([decision], by=None, at=given.NOON)

    duty = Duty.objects.get()
    assert duty.due_because[0] == "Decided Thursday 2 April 2026, 4:55pm."
    assert str(duty.due_on) == "2026-04-13"
    assert duty.decided_at == given.at("2026-04-02 16:55")
    assert duty.told_at is None


def test_nothing_is_written_of_nothing():
    insert_many([])

    assert not Case.objects.exists()
