"""Words begun here are looked at before they go, also where an extract says they are drafted."""

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.extracts.models import ImportRun
from forthright.extracts.services.undoing import undo_import
from forthright.letters.models import Letter
from forthright.letters.selectors.holding import why_words_may_not_go
from forthright.letters.services.checks import NewCheckRule, set_check_rule
from forthright.letters.services.drafting import draft_letter
from forthright.rules.words import local
from forthright.schemes.models import Duty
from tests import given
from tests.extracts.files import a_csv, imported

pytestmark = pytest.mark.django_db
HEADER = ["URN", "Unit", "Victim name", "Decision", "Decision date", "Drafted", "Sent"]
DRAFTED = "05/10/2026 12:00"


def rule(area, *, is_required=True, share_percent=100):
    settings = NewCheckRule(
        in_force_from=given.NOON.date(), kinds=["DECISION"], share_percent=share_percent,
        is_required=is_required, hours=4, latest=given.NOON.time(), source="Area board",
        reason="Letters went out with faults.",
    )  # fmt: skip
    set_check_rule(area, settings, by=given.a_person(Role.LEGAL_MANAGER), at=given.NOON)


def begun(**ruled):
    """Return a letter of which words are drafted here and were not handed over."""
    duty = given.an_explained_letter()
    rule(duty.area, **ruled)
    return draft_letter(duty, by=given.a_liaison_officer(), at=given.NOON).letter


def an_extract(letter, tmp_path, *, drafted=DRAFTED, sent=""):
    duty = Duty.objects.get(pk=letter.duty_id)
    case, person = duty.case, duty.person
    made = local(duty.decision.made_at)
    row = [case.urn, str(duty.unit), f"{person.given_names} {person.family_name}".strip(),
           duty.decision.get_kind_display(), f"{made:%d/%m/%Y %H:%M}", drafted, sent]  # fmt: skip
    imported(duty.area, a_csv(tmp_path / "week.csv", HEADER, row))
    return Letter.objects.get(pk=letter.pk)


def test_an_extract_that_says_so_asks_for_the_look_that_is_required(tmp_path):
    letter = an_extract(begun(), tmp_path)

    assert Duty.objects.get().drafted_at is not None
    assert (letter.check_is_required, letter.check_asked_at) == (True, given.NOON)
    assert Event.objects.filter(name="letter.check_asked", subject_id=str(letter.pk)).count() == 1
    letter.approved_version = letter.versions.get()
    assert why_words_may_not_go(letter, letter.approved_version_id).startswith(
        "A colleague is to look at this letter and has not passed it yet."
    )


def test_the_same_extract_again_asks_no_second_time_and_an_undone_one_leaves_it_required(tmp_path):
    letter = begun()
    an_extract(letter, tmp_path)
    an_extract(letter, tmp_path)

    assert Event.objects.filter(name="letter.check_asked").count() == 1
    undo_import(ImportRun.objects.earliest("pk"), by=None, at=given.NOON)
    assert Duty.objects.get().drafted_at is None
    assert Letter.objects.get().check_is_required


@pytest.mark.parametrize(
    "said", [{"ruled": {"share_percent": 0}}, {"sent": "05/10/2026 12:00"}, {"drafted": ""}]
)
def test_none_is_asked_where_the_rule_asks_none_it_is_sent_or_nothing_is_drafted(said, tmp_path):
    letter = an_extract(begun(**said.pop("ruled", {})), tmp_path, **said)

    assert letter.check_asked_at is None


def test_words_that_came_from_elsewhere_are_not_asked_for(tmp_path):
    letter = begun()
    letter.versions.update(composed=None)

    assert an_extract(letter, tmp_path).check_asked_at is None
