"""A change of wording waits for a second person, who is never the one who made it."""

import pytest
from django.db import IntegrityError, transaction

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letter_templates import selectors, services
from forthright.letter_templates.models import BlockVersion, Version
from forthright.letter_templates.selectors import seeing
from tests import given
from tests.letter_templates.wordings import (
    SORRY,
    a_block,
    a_draft,
    a_maker,
    a_new_block,
    a_template,
    a_template_draft,
    an_approved_change,
    an_approver,
    changed,
)

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
State = Version.State


def test_a_draft_changes_no_letter():
    draft = a_draft()

    blocks = selectors.blocks_in_force(draft.block.area, TODAY)

    assert blocks["hard_news"].wording != SORRY
    assert draft.state == State.DRAFT


def test_an_approved_change_is_in_every_letter_from_that_day_and_not_before():
    change = an_approved_change()

    area = change.block.area
    assert selectors.blocks_in_force(area, TODAY)["hard_news"].wording == SORRY
    assert selectors.blocks_in_force(area, given.at("2026-10-04 12:00").date())[
        "hard_news"
    ].wording != SORRY  # fmt: skip


def test_the_version_before_is_kept_as_no_longer_in_use():
    change = an_approved_change()

    first = change.block.versions.get(number=1)

    assert (first.state, first.ended_at) == (State.RETIRED, given.NOON)
    assert [each.number for each in seeing.history_of(change.block)] == [2, 1]


@pytest.mark.parametrize("role", [Role.LEGAL_MANAGER])
def test_nobody_approves_their_own_change(role):
    maker = given.a_person(role)
    draft = a_draft(by=maker)

    with pytest.raises(NotAllowed, match="somebody else must approve it"):
        services.approve_block(draft, by=maker, at=given.NOON)

    draft.refresh_from_db()
    assert draft.is_draft


def test_the_database_refuses_an_approval_by_the_maker():
    draft = a_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        BlockVersion.objects.filter(pk=draft.pk).update(approved_by=draft.made_by_id)


def test_the_database_holds_one_wording_in_use():
    draft = a_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        BlockVersion.objects.filter(pk=draft.pk).update(
            state=State.APPROVED, approved_at=given.NOON
        )


@pytest.mark.parametrize(
    ("role", "unit", "words"),
    [
        pytest.param(Role.PROSECUTOR, "CROWN_COURT", "may not change the templates", id="writer"),
        pytest.param(Role.ADMINISTRATOR, "CROWN_COURT", "may not change", id="administrator"),
        pytest.param(Role.LINE_MANAGER, "CROWN_COURT", "only those of the Victim", id="manager"),
        pytest.param(Role.SENIOR_MANAGER, "CROWN_COURT", "may not change", id="who only approves"),
    ],
)
def test_those_who_do_not_answer_for_letters_change_nothing(role, unit, words):
    with pytest.raises(NotAllowed, match=words):
        a_draft(by=given.a_person(role, unit=given.a_unit(unit)))

    assert not Event.objects.filter(name="block.drafted").exists()


@pytest.mark.parametrize("role", [Role.LEGAL_SPOC, Role.LINE_MANAGER, Role.ADMINISTRATOR])
def test_those_who_do_not_approve_are_refused(role):
    with pytest.raises(NotAllowed, match="may not approve"):
        services.approve_block(a_draft(), by=given.a_person(role), at=given.NOON)


def test_nobody_changes_another_area():
    stranger = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))

    with pytest.raises(NotAllowed, match="your own Area"):
        a_draft(by=stranger)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"wording": "We met {{ acused_names }}."},
                     "line 1, column 8: there is no field “acused_names”. Did you mean "
                     "“accused_names”", id="a field that does not exist"),
        pytest.param({"wording": " "}, "Write the wording", id="no words"),
        pytest.param({"condition": {"colour": True}}, "not something a condition may ask",
                     id="a condition that cannot be asked"),
        pytest.param({"standards": ["Z9"]}, "no criterion Z9", id="no such standard"),
        pytest.param({"review_on": TODAY, "wording": SORRY}, "day of review", id="review today"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_in_words(changes, words):
    with pytest.raises(services.ChangeRefused, match=words):
        a_draft(**changes)


def test_a_change_needs_its_reason():
    block = a_block()

    with pytest.raises(services.ChangeRefused, match="Say why"):
        services.draft_block_change(
            block, changed(block, wording=SORRY), reason=" ", by=a_maker(), at=given.NOON
        )


def test_what_changes_nothing_is_no_change():
    block = a_block()
    words = services.words_of(seeing.block_in_use(block))

    with pytest.raises(services.ChangeRefused, match="Nothing differs"):
        services.draft_block_change(block, words, reason="Tidy", by=a_maker(), at=given.NOON)


def test_a_second_change_takes_the_place_of_ones_own_first():
    maker, block = a_maker(), a_block()
    first = a_draft(block, by=maker)

    second = a_draft(block, by=maker, wording="We are sorry.")

    first.refresh_from_db()
    assert (first.state, second.number) == (State.WITHDRAWN, 3)


def test_anothers_change_that_waits_is_not_overwritten():
    draft = a_draft()

    with pytest.raises(services.ChangeRefused, match="waits for approval"):
        a_draft(draft.block, wording="We are sorry.")


def test_a_change_that_would_stop_letters_needs_a_reason_to_be_approved():
    draft = a_draft(wording="Dear [NAME], we are sorry.")

    with pytest.raises(services.ChangeRefused, match="although a check is against it"):
        services.approve_block(draft, by=an_approver(), at=given.NOON)
    approved = services.approve_block(
        draft, by=an_approver(), at=given.NOON, although="The brackets are meant"
    )

    assert approved.approved_although == "The brackets are meant"


def test_a_condition_that_leaves_a_place_empty_is_found_before_approval():
    block = a_block("news_discontinued")
    draft = a_draft(block, condition={"is_late": True})

    with pytest.raises(services.ChangeRefused, match="None of"):
        services.approve_block(draft, by=an_approver(), at=given.NOON)


def test_a_change_is_ended_with_a_reason_and_kept():
    draft = a_draft()

    ended = services.withdraw_change(draft, reason="Too short", by=an_approver(), at=given.NOON)

    assert (ended.state, ended.ended_because) == (State.WITHDRAWN, "Too short")
    with pytest.raises(NotAllowed, match="no longer waits"):
        services.approve_block(ended, by=an_approver(), at=given.NOON)


def test_a_change_is_not_ended_by_somebody_it_does_not_concern():
    with pytest.raises(NotAllowed, match="Only the person who made"):
        services.withdraw_change(
            a_draft(), reason="No", by=given.a_person(Role.PROSECUTOR), at=given.NOON
        )


def test_a_block_that_a_template_names_is_not_taken_out_of_use():
    with pytest.raises(services.ChangeRefused, match="It stands in"):
        services.retire_block(a_block(), reason="Old", by=an_approver(), at=given.NOON)


def test_a_template_goes_on_without_a_block_and_the_block_is_retired():
    block, template = a_block("formats_welsh"), a_template()
    for each in seeing.templates_that_use(block):
        order = [code for code in each.order if code != "formats_welsh"]
        draft = a_template_draft(each.template, order=order)
        services.approve_template(draft, by=an_approver(), at=given.NOON)

    services.retire_block(block, reason="All letters say it", by=an_approver(), at=given.NOON)

    assert "formats_welsh" not in selectors.blocks_in_force(block.area, TODAY)
    held = selectors.templates_in_force(block.area, TODAY)
    assert "formats_welsh" not in held[template.code].codes


def test_a_template_with_a_block_that_is_not_approved_yet_is_not_approved():
    a_new_block("parking")
    order = [*seeing.template_in_use(a_template()).order, "parking"]
    draft = a_template_draft(order=order)

    with pytest.raises(services.ChangeRefused, match="Approve that block first"):
        services.approve_template(draft, by=an_approver(), at=given.NOON)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"order": ["address", "nothing"]}, "no block “nothing”", id="no such block"),
        pytest.param({"order": ["date", "date"]}, "“date” is twice", id="twice"),
        pytest.param({"order": []}, "at least one block", id="empty"),
        pytest.param({"kinds": []}, "at least one kind", id="for no letter"),
    ],
)
def test_an_order_that_cannot_be_is_refused(changes, words):
    with pytest.raises(services.ChangeRefused, match=words):
        a_template_draft(**changes)


def test_every_act_is_in_the_record_with_who_and_why():
    change = an_approved_change()

    drafted = Event.objects.get(name="block.drafted")
    approved = Event.objects.get(name="block.approved")

    assert drafted.by == change.made_by
    assert drafted.detail["reason"] == "Shorter is kinder"
    assert approved.by == change.approved_by
    assert drafted.area == approved.area == change.block.area
