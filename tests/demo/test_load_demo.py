"""The demonstration is made up, repeatable, and never mixed with real cases."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from django.db.models import F

from forthright.accounts.models import Area, Role, User
from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, PersonToTell
from forthright.demo.casework import Casework
from forthright.demo.loading import NotEmpty, Scale, load_areas
from forthright.demo.looking import look_at_past_letters
from forthright.demo.people import CASE_UNITS, PROVIDERS, ROSTER
from forthright.demo.recordings import register_recordings
from forthright.demo.writing import start_writing, write_todays_letters
from forthright.hard_media.models import Carrier, PoliceFeedback, ShareRecord
from forthright.hard_media.selectors.ladder import LadderFilters, ladders_of
from forthright.letters.models import ContactWishes, Letter, LetterVersion, ReasonsNote
from forthright.letters.selectors.new_reasons import new_reasons_for
from forthright.letters.selectors.past_letters import findings_when_sent
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.rules.letter_checks.engine import stops_of
from forthright.rules.media_rungs import Standing
from forthright.rules.urn import is_urn
from forthright.schemes.models import Duty
from forthright.standards.selectors import check_rules_of
from tests import given

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 14)


class Undo(Exception):
    """Raised to put the database back as it was."""


SMALL = Scale(areas=1, cases_a_week=1, has_letters=True)


def loaded(seed=1):
    return load_areas(SMALL, seed=seed, until=given.NOON, tell=lambda *_: None)[0]


def what_was_made():
    return (
        list(User.objects.order_by("email").values_list("email", "role")),
        list(Case.objects.order_by("urn").values_list("urn", "lead_offence")),
        list(Duty.objects.order_by("case__urn", "number").values_list("due_on", "sent_at")),
        sorted(LetterVersion.objects.values_list("sha256", flat=True)),
    )


def test_an_area_has_six_units_one_of_the_police_and_sixty_people_of_every_role():
    made = loaded()

    assert made.area.units.count() == 7
    assert User.objects.count() == 60 == sum(number for _, _, number in ROSTER)
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    assert all(user.is_demo for user in User.objects.all())


def test_every_case_has_a_reference_that_reads_as_a_urn():
    loaded()

    assert all(is_urn(urn) for urn in Case.objects.values_list("urn", flat=True))


def test_bereaved_relatives_are_enhanced_but_for_a_few_faults():
    area = given.an_area()
    units = {kind: given.a_unit(kind, area=area) for kind in CASE_UNITS}
    people = [given.a_person(Role.PROSECUTOR, area=area)]
    made = Casework(area, units, people, Random(1)).week(MONDAY, 2000, until=given.NOON)
    bereaved = [each.entitlement for each in made.people if each.relation == "BEREAVED"]

    assert 0.75 < bereaved.count("ENHANCED") / len(bereaved) < 0.95
    assert "STANDARD" in bereaved


def test_letters_were_met_missed_and_never_sent():
    loaded()

    states = set(Duty.objects.values_list("state", flat=True))
    assert {Duty.State.MET, Duty.State.LATE, Duty.State.OPEN} <= states
    assert not Duty.objects.filter(sent_at__gt=given.NOON).exists()


def test_what_is_overdue_is_so_by_days_but_for_a_rare_old_letter():
    load_areas(
        Scale(areas=1, cases_a_week=12, has_letters=False),
        seed=1, until=given.NOON, tell=lambda *_: None,
    )  # fmt: skip

    overdue = Duty.objects.filter(state=Duty.State.OPEN, due_on__lt=given.NOON.date())
    old = overdue.filter(due_on__lt=given.NOON.date() - timedelta(days=21))
    assert 1 <= old.count() <= 3
    assert overdue.count() > old.count()


def test_it_is_not_loaded_where_an_area_is():
    given.an_area()

    with pytest.raises(NotEmpty, match="already holds an Area"):
        loaded()

    assert Area.objects.count() == 1


def test_the_same_seed_and_day_make_the_same_data():
    made = []
    for _ in range(2):
        with pytest.raises(Undo), transaction.atomic():
            loaded(seed=7)
            made.append(what_was_made())
            raise Undo

    assert made[0] == made[1]


# Slow: it loads eighteen months of a middling Area.
@pytest.mark.slow
def test_some_of_todays_letters_are_explained_drafted_and_approved():
    scale = Scale(areas=1, cases_a_week=20, has_letters=True)
    made = load_areas(scale, seed=3, until=given.NOON, tell=lambda *_: None)[0]

    write_todays_letters(made, seed=3, until=given.NOON)

    assert ReasonsNote.objects.count() >= 5
    assert LetterVersion.objects.filter(made_how=LetterVersion.MadeHow.ASSEMBLED).count() >= 4
    assert Letter.objects.exclude(approved_version=None).exists()
    begun = Letter.objects.filter(duty__sent_at=None)
    assert [each for each in begun if new_reasons_for(each)] == []
    for note in ReasonsNote.objects.select_related("decision"):
        is_stopped = note.decision.kind == Decision.Kind.DISCONTINUED
        assert note.decided.startswith("to stop the case" if is_stopped else "not to charge")
    wishes = ContactWishes.objects.filter(channel=ContactWishes.Channel.EMAIL)
    assert wishes.exists()
    assert not wishes.filter(person__email="").exists()


# Slow: as above.
@pytest.mark.slow
def test_letters_of_the_past_and_of_today_were_looked_at_before_they_went():
    scale = Scale(areas=1, cases_a_week=20, has_letters=True)
    made = load_areas(scale, seed=3, until=given.NOON, tell=lambda *_: None)[0]

    number = look_at_past_letters(made, seed=3, until=given.NOON)
    write_todays_letters(made, seed=3, until=given.NOON)

    past = PeerCheck.objects.filter(answered_at__lt=given.NOON)
    changed = past.filter(answer=PeerCheck.Answer.CHANGES)
    assert number >= 20
    assert changed.exists()
    assert not past.filter(checker=F("drafter")).exists()
    by_spocs = past.filter(checker__role=Role.LEGAL_SPOC)
    assert by_spocs.exists()
    assert not by_spocs.exclude(checker__unit=F("letter__duty__unit")).exists()
    assert past.filter(checker__role=Role.VICTIM_LIAISON_OFFICER).exists()
    assert PartTold.objects.filter(check_of__in=changed).count() == changed.count()
    assert PeerCheck.objects.filter(answer="", checker__isnull=False).exists()
    assert Letter.objects.filter(returned_at=given.NOON).exists()
    assert not Event.objects.filter(at__gt=given.NOON).exists()


def test_a_share_of_people_has_an_email_address_that_reaches_nobody():
    loaded()

    people = PersonToTell.objects.all()
    addresses = [each.email for each in people if each.email]

    assert 0.25 < len(addresses) / len(people) < 0.55
    assert {each.rpartition("@")[2] for each in addresses} <= {*PROVIDERS}


def test_letters_sent_are_stopped_for_faults_that_were_put_in_them():
    made = loaded()
    start_writing(made.area, used_from=date(2024, 1, 1), at=given.NOON)
    rules = check_rules_of(made.area)

    sent = LetterVersion.objects.filter(letter__duty__in=made.faults).select_related(
        "added_by", "letter__duty"
    )
    stopped = [
        each
        for each in sent
        if list(stops_of(findings_when_sent(each, each.letter.duty, rules)[0]))
    ]

    with_none = [each for each in stopped if not made.faults[each.letter.duty_id]]
    assert len(stopped) < 0.4 * len(sent)
    people = [each.letter.duty.person for each in with_none]
    assert all(each.has_opted_out or each.safe_contact_note for each in people)


def test_the_register_has_cases_of_every_standing_and_shares_nothing_sensitive():
    made = loaded()
    register_recordings(made, seed=1, until=given.NOON)

    lines = ladders_of(made.area, LadderFilters(), given.NOON.date())
    assert {line.ladder.standing for line in lines} == set(Standing)
    assert any(line.ladder.is_missed for line in lines)
    assert not ShareRecord.objects.filter(item__is_sensitive=True).exists()
    assert Carrier.objects.filter(state="MISSING").exists()
    assert PoliceFeedback.objects.exists()
