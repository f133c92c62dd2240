"""Whatever an event is about has a way to its unit, so that a deputy's act says for whom."""

import pytest
from django.apps import apps
from django.utils.functional import SimpleLazyObject

from forthright.accounts.models import Role
from forthright.audit.belonging import unit_of, ways_to_unit
from tests import given

# Of a whole Area, of an office, or of the product: nobody covers for it in a unit.
OF_NO_UNIT = {
    "accounts.Area", "accounts.Unit", "audit.Event", "audit.Head", "web.Job", "web.JobSchedule",
    "web.WorkerBeat", "schemes.RuleSet", "schemes.TimeLimit", "schemes.CalendarSpan",
    "schemes.ClosedDay", "standards.Edition", "standards.Criterion", "standards.Anchor",
    "standards.RootCause", "standards.CheckSet", "standards.MarkingNumbers",
    "letter_templates.Block", "letter_templates.BlockVersion", "letter_templates.Template",
    "letter_templates.TemplateVersion", "letters.BackTest", "letters.CheckRule",
    "letters.ContactPoint", "letters.SupportService", "letters.PrintBatch",
    "disclosure.LimitEdition", "hard_media.MediaRules", "hard_media.ForcePartner",
    "hard_media.Damage",
    "extracts.ImportRun", "extracts.ImportChange", "reviews.SecondMarkSeed", "calibration.Round",
    "calibration.RoundMarker", "calibration.LeniencyRun", "calibration.SystemicFinding",
    "watches.OutcomeSeen", "panels.Meeting", "panels.Seat", "panels.PanelFinding",
    "panels.FindingCorrection", "panels.TalkBefore", "panels.WordsHeldBack",
    "panels.WordsShownAgain", "panels.BookletSaid",
    "morning_lists.AllowanceEdition", "morning_lists.DigestChoice", "morning_lists.Digest",
    "reports.WeeklyReport", "reports.ReportFile", "reports.ReportSending",
}  # fmt: skip
OURS = [each for each in apps.get_models() if each.__module__.startswith("forthright.")]


@pytest.mark.parametrize("model", OURS, ids=[each._meta.label for each in OURS])
def test_each_kind_of_thing_has_a_way_to_its_unit_or_is_of_none(model):
    assert bool(ways_to_unit(model)) is (model._meta.label not in OF_NO_UNIT)


@pytest.mark.django_db
def test_a_thing_far_from_its_unit_has_it_by_the_way_that_is_kept():
    version = given.a_draft()

    assert unit_of(version) == unit_of(version.letter) == version.letter.duty.unit_id
    assert unit_of(version.letter.duty.unit) == version.letter.duty.unit_id
    assert unit_of(None) is None
    person = given.a_person(Role.LEGAL_SPOC, unit=version.letter.duty.unit)
    assert unit_of(SimpleLazyObject(lambda: person)) == person.unit_id
    assert unit_of(version.letter.area) is None
