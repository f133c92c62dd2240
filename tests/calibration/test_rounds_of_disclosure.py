"""Disclosure that was drawn is calibrated by the same rounds as letters, and apart from them."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db.models.signals import pre_save

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.models import (
    AgreedMark,
    GoldLetter,
    LeniencyFigure,
    Round,
    RoundLetter,
)
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.selectors.comparing import compared_in
from forthright.calibration.selectors.reporting import trust_facts
from forthright.calibration.services import rounds as services
from forthright.calibration.services.leniency import make_leniency_run
from forthright.calibration.services.rounds import RoundRefused
from forthright.disclosure.models import DisclosureDuty
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.lists import reviews_visible_to
from forthright.rules.weeks import week_of
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Subject
from forthright.web.models import Job
from tests import given
from tests.calibration.rounds_given import (
    a_closed_round,
    a_leader,
    a_round,
    agreed_levels,
    mark_all,
)
from tests.client import as_
from tests.disclosure import sampled
from tests.reviews import twice

pytestmark = pytest.mark.django_db
# The marks of the tests were finished on Tuesday 27 October 2026.
AT = sampled.LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _the_week_after():
    with time_machine.travel(AT, tick=True):
        yield


def a_marked_disclosure():
    return sampled.marked(sampled.a_served_duty())


def a_marked_disclosure_of_number(number):
    """Return what `a_marked_disclosure` does, of a duty whose number in the database is this."""

    def give_it(instance, **_):
        instance.pk = number if instance._state.adding else instance.pk

    pre_save.connect(give_it, sender=DisclosureDuty)
    try:
        return a_marked_disclosure()
    finally:
        pre_save.disconnect(give_it, sender=DisclosureDuty)


def lawyers():
    """Return two managers of other units, neither of whom marked it."""
    return [
        twice.a_manager(Unit.Kind.MAGISTRATES),
        given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO)),
    ]


def test_a_round_of_disclosure_is_made_marked_closed_and_agreed():
    review = a_marked_disclosure()

    held = a_closed_round(reviews=[review], people=lawyers(), at=AT, changed={"D1": "PARTIALLY"})

    letter = RoundLetter.objects.select_related("round__edition", "review").get(round=held)
    assert held.subject == Subject.DISCLOSURE
    assert len(set(selectors.marks_by_letter(held)[letter.pk]["D1"].values())) == 2
    gold = services.agree_marks(
        letter, agreed_levels(letter), by=held.made_by, at=AT + timedelta(hours=3)
    )
    assert gold is None
    assert not GoldLetter.objects.exists()
    assert AgreedMark.objects.filter(letter=letter, criterion__code="D1").exists()


def test_its_markers_see_nobodys_marks_until_it_is_closed():
    review = a_marked_disclosure()
    [_, lawyer] = people = lawyers()
    assert reviews_visible_to(lawyer).filter(pk=review.pk).exists()

    held = a_round(reviews=[review], people=people, at=AT)

    assert not reviews_visible_to(lawyer).filter(pk=review.pk).exists()
    for person in people:
        mark_all(held, person, at=AT)
    services.close_round(held, by=held.made_by, at=AT)
    assert reviews_visible_to(lawyer).filter(pk=review.pk).exists()


def test_who_endorsed_or_marked_it_does_not_mark_it_in_a_round():
    review = a_marked_disclosure()
    other = twice.a_manager(Unit.Kind.MAGISTRATES)

    with pytest.raises(RoundRefused, match="marked this disclosure"):
        a_round(reviews=[review], people=[review.marker, other], at=AT)


def test_the_number_of_a_letter_is_not_taken_for_that_of_a_disclosure():
    """A duty to disclose and a letter owed may have one number; who marked the letter may mark."""
    letter = given.a_marked_letter()
    review = a_marked_disclosure_of_number(letter.drawn_letter.duty_id)
    assert letter.drawn_letter.duty_id == review.drawn_letter.disclosure_id

    against = selectors.reasons_against([review], [letter.marker])

    assert against[review.pk] == {}


def test_letters_and_disclosure_are_in_no_round_together():
    letter, review = given.a_marked_letter(), a_marked_disclosure()

    with pytest.raises(RoundRefused, match="Choose disclosures of the list"):
        a_round(reviews=[review, letter], people=lawyers(), at=AT)


def test_the_liaison_unit_has_no_part_in_it():
    review = a_marked_disclosure()
    of_liaison = twice.a_manager(Unit.Kind.VLU)

    assert of_liaison in selectors.people_offered(review.area)
    assert of_liaison not in selectors.people_offered(review.area, Subject.DISCLOSURE)


def test_a_disclosure_that_was_not_served_is_not_offered():
    review = sampled.marked(sampled.a_served_duty())
    type(review).objects.filter(pk=review.pk).update(overall="NOT_APPLICABLE")

    assert selectors.letters_offered(review.area, review.edition) == []


def test_on_the_pages_it_is_spoken_of_as_disclosure_and_shows_nothing_sensitive():
    review = a_marked_disclosure()
    [manager, lawyer] = people = lawyers()
    leader = as_(a_leader())
    page = leader.open("/calibration/").follow("Make a round of disclosure")
    page.see("Make a calibration round of disclosures")

    page = page.press(
        "Open the round", name="Reasons", letters=[review.pk], people=[e.pk for e in people],
        mark_by_day="30", mark_by_month="10", mark_by_year="2026",
    )  # fmt: skip

    page.see("Round “Reasons” is open.", "of the standard for disclosures")
    held = Round.objects.get()
    marking = (
        as_(lawyer)
        .open(f"/calibration/{held.pk}/")
        .follow(f"Mark disclosure 1: {review.drawn_letter.called}")
    )
    marking.see("The papers", "First account of Mrs Oduya").not_see("Heronsgate")
    seen = Event.objects.filter(name="disclosure.papers_seen", by=lawyer)
    assert seen.get().subject_id == str(review.drawn_letter_id)
    for person in people:
        mark_all(held, person, at=AT)
    services.close_round(held, by=held.made_by, at=AT)
    page = as_(manager).open(f"/calibration/{held.pk}/letters/{held.letters.get().pk}/")
    page.see("Disclosure 1 of “Reasons”", "The papers").not_see("Heronsgate")


def test_leniency_and_the_report_are_of_letters_alone():
    manager, other = lawyers()
    area = given.an_area_that_reports()
    for _ in range(12):
        given.a_marked_letter(marker=manager, unit=manager.unit)
    before = make_leniency_run(area, by=None, at=AT)
    one, *others = [sampled.a_served_duty() for _ in range(12)]
    first = sampled.marked(one)
    drawn = [DrawnLetter.objects.get(disclosure=each) for each in others]
    reviews = [first, *(sampled.mark(each) for each in drawn)]
    held = a_round(reviews=reviews, people=[manager, other], at=AT)
    mark_all(held, manager, at=AT)
    mark_all(held, other, {"D1": "NOT_MET"}, at=AT)
    services.close_round(held, by=held.made_by, at=AT + timedelta(hours=1))
    SecondMarking.objects.create(
        area=area, review=first, unit=first.unit, because="by lot", chosen_at=AT
    )

    later = make_leniency_run(area, by=None, at=AT + timedelta(hours=2))

    assert (later.words, later.reviews) == (before.words, [])
    assert not LeniencyFigure.objects.filter(run=later, value__isnull=False).exists()
    facts = trust_facts(area, week_of(AT.date()), as_of=AT.date() + timedelta(days=1))
    assert (facts.chosen, facts.done) == ((), ())


def test_a_disclosure_of_the_number_of_a_letter_takes_nothing_of_its_marks_away():
    letter = given.a_marked_letter()
    disclosed = a_marked_disclosure_of_number(letter.drawn_letter.duty_id)
    a_closed_round(reviews=[disclosed], people=lawyers(), at=AT, name="Disclosure")
    people = [twice.a_manager(kind) for kind in (Unit.Kind.MAGISTRATES, Unit.Kind.RASSO)]
    a_closed_round(reviews=[letter], people=people, at=AT, name="Letters")

    compared = compared_in(letter.area, given.at("2026-10-01 09:00"))

    assert list(compared.reviews.values()) == [letter]


def test_leniency_of_before_is_worked_out_anew_from_letters_alone():
    area = given.a_marked_letter().area
    make_leniency_run(area, by=None, at=AT)
    asking = import_module("forthright.calibration.migrations.0006_leniency_of_letters_alone")

    asking.ask_for_leniency(apps, None)
    asking.ask_for_leniency(apps, None)

    assert [each.area_id for each in Job.objects.filter(name="calibration.leniency")] == [area.pk]
