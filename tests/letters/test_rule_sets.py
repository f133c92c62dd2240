"""A changed set of rules is tried on its examples and on past letters, and adopted by another."""

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import BackTest, BackTestLetter, LetterVersion
from forthright.letters.selectors import back_tests
from forthright.letters.selectors.checking import check_version
from forthright.letters.services import keep_words
from forthright.letters.services.rule_sets import adopt, propose, try_letters
from forthright.rules.letter_checks.rule_set import OFF, shipped_files
from forthright.standards.models import CheckSet
from forthright.standards.selectors import check_rules_of, contents_in_force
from forthright.standards.services import Proposal, SetRefused, take_back_set
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
WHY = "People found it no help."
LATIN = given.LETTER.replace("If you disagree", "Inter alia, if you disagree")
OWN_RULE = """
[[rule]]
id = "Z1"
title = "No realistic prospect"
level = "warn"
criterion = "B2"
kind = "existence"
source = "Area letters group"
message = "Say it plainly: “{words}”."
find = { words = ["realistic prospect of conviction"] }
must_fire = ["There was no realistic prospect of conviction."]
must_not_fire = ["There was not enough evidence."]
"""


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def manager():
    return given.a_person(Role.LEGAL_MANAGER)


@pytest.fixture
def administrator():
    return given.a_person(Role.ADMINISTRATOR)


def a_proposal(reason: str = WHY, **levels: str) -> Proposal:
    files, changes = contents_in_force(given.an_area())
    return Proposal(files=files, changes=changes | levels, what="A change", reason=reason)


def with_file(name: str, text: str) -> Proposal:
    return Proposal(files={**shipped_files(), name: text}, what="A file", reason=WHY)


def a_proposed_set(by, proposal=None) -> CheckSet:
    return propose(given.an_area(), proposal or a_proposal(E4e=OFF), by=by, at=given.NOON)


def tried(check_set: CheckSet) -> CheckSet:
    """Do the steps of the back-test, as the worker does."""
    asked = {"check_set": check_set.pk}
    work = Work(1, "letters.backtest", "a", asked, None, area_id=check_set.area_id)
    batches = steps.letters_to_try(work)
    answers = [
        steps.try_letters(Work(1, work.name, "a", asked, None, check_set.area_id, one=batch))
        for batch in batches
    ]
    done = {"Check them by both sets": answers}
    steps.finish_back_test(Work(1, work.name, "a", asked, None, check_set.area_id, done))
    return check_set


def an_adopted_set(proposer, adopter, proposal=None, **said) -> CheckSet:
    check_set = tried(a_proposed_set(proposer, proposal))
    return adopt(check_set, by=adopter, at=given.NOON, **said)


class TestProposing:
    def test_a_proposal_changes_no_check_yet(self, manager):
        made = a_proposed_set(manager)

        assert (made.number, made.state) == (1, CheckSet.State.PROPOSED)
        assert check_rules_of(made.area).rule("E4e") is not None
        assert Job.objects.get(name="letters.backtest").arguments == {"check_set": made.pk}
        assert Event.objects.filter(name="check_rules.proposed").exists()

    @pytest.mark.parametrize(
        ("proposal", "problem"),
        [
            pytest.param(lambda: a_proposal(reason=" ", E4e=OFF), "Say why", id="no reason"),
            pytest.param(a_proposal, "in force already", id="no change"),
            pytest.param(lambda: a_proposal(Z9=OFF), "no rule Z9", id="no such rule"),
            pytest.param(lambda: a_proposal(E3a="stop"), "E3a cannot be made a stop", id="reading"),
            pytest.param(lambda: with_file("z.toml", OWN_RULE.replace("There was no", "A")
                                           .replace("realistic prospect of conviction.", "b")),
                         "z.toml, rule Z1: it must fire, and did not", id="an example fails"),
            pytest.param(lambda: with_file("z.toml", OWN_RULE.replace('"B2"', '"Q7"')),
                         "z.toml, rule Z1, field criterion", id="no such criterion"),
            pytest.param(lambda: with_file("z.toml", "[[rule"), "z.toml", id="not TOML"),
            pytest.param(lambda: Proposal(files={"z.toml": ""}, what="", reason=WHY),
                         "holds no rule", id="no rules at all"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_used_is_refused_with_its_place(self, manager, proposal, problem):
        with pytest.raises(SetRefused, match=problem):
            a_proposed_set(manager, proposal())

        assert not CheckSet.objects.exclude(area=None).exists()

    def test_one_waits_at_a_time(self, manager):
        a_proposed_set(manager)

        with pytest.raises(SetRefused, match="Set 1 waits"):
            a_proposed_set(manager, a_proposal(E1=OFF))

    def test_an_officer_proposes_nothing(self):
        with pytest.raises(NotAllowed):
            a_proposed_set(given.a_liaison_officer())


class TestTrying:
    def test_each_letter_that_is_treated_differently_is_listed_with_its_words(self, manager):
        other, latin = given.a_drawn_letter(), given.a_drawn_letter(words=LATIN)
        made = tried(a_proposed_set(manager, a_proposal(E4e=OFF, E1="advise")))
        test = BackTest.objects.get(check_set=made)

        totals = back_tests.totals_of(test)
        kept = BackTestLetter.objects.get(version__letter__duty=latin.duty)

        assert totals.tried == 2
        assert ("E4e", 0, 1) in totals.by_rule
        assert [each[:2] for each in kept.lost if each[0] == "E4e"] == [["E4e", "warn"]]
        shown = back_tests.in_words(kept, check_rules_of(made.area), check_rules_of(made.area))
        assert "Inter alia" in [each.words for each in shown.lost]
        assert other.duty_id != latin.duty_id

    def test_the_page_says_how_many_are_done_while_it_runs(self, manager):
        letters = [given.a_drawn_letter(words=LATIN) for _ in range(3)]
        made = a_proposed_set(manager)
        address = f"/letter-rule-sets/{made.pk}/"
        as_(manager).open(address).see("0 of 3 letters checked so far")

        newest = LetterVersion.objects.filter(letter__duty=letters[0].duty).latest("pk")
        try_letters(made.pk, [newest.pk], by=manager, at=given.NOON)
        as_(manager).open(address).see("1 of 3 letters checked so far")

        tried(made)
        as_(manager).open(address).not_see("checked so far")

    def test_a_batch_that_is_done_twice_counts_once(self, manager):
        given.a_drawn_letter(words=LATIN)
        made = tried(a_proposed_set(manager))

        tried(made)

        assert BackTestLetter.objects.count() == 1

    def test_with_no_letter_to_try_it_on_the_page_gives_no_figures(self, manager, administrator):
        made = tried(a_proposed_set(manager))

        page = as_(administrator).open(f"/letter-rule-sets/{made.pk}/")

        page.see("There is no sent letter to try it on", "Rules that differ from rules as shipped")
        page.not_see("0 of 0", "No letter of the past is treated differently")

    def test_only_the_newest_words_of_sent_letters_are_tried(self):
        sent = given.a_drawn_letter(words=LATIN)
        keep_words(sent.duty, text=given.LETTER, by=None, at=given.NOON)
        keep_words(given.a_letter_owed(), text=given.LETTER, by=None, at=given.NOON)

        batches = back_tests.batches_to_try(sent.area)

        newest = LetterVersion.objects.get(letter__duty=sent.duty, number=2)
        assert batches == [[newest.pk]]


class TestAdopting:
    def test_letters_are_checked_by_it_from_then_on(self, manager, administrator):
        version = given.a_draft()
        duty, today = version.letter.duty, given.NOON.date()
        before = {each.finding.rule for each in check_version(version, duty, today).findings}
        gone = sorted(before)[0]

        made = an_adopted_set(manager, administrator, a_proposal(**{gone: OFF}), although=WHY)

        after = {each.finding.rule for each in check_version(version, duty, today).findings}
        assert before - after == {gone}
        assert made.state == CheckSet.State.IN_FORCE
        assert check_rules_of(made.area).label.startswith("set 1 of the Area’s rules")

    def test_nobody_adopts_what_they_proposed(self, manager):
        check_set = tried(a_proposed_set(manager))

        with pytest.raises(NotAllowed, match="You proposed"):
            adopt(check_set, by=manager, at=given.NOON)

    def test_it_is_not_adopted_before_it_was_tried(self, manager, administrator):
        check_set = a_proposed_set(manager)

        with pytest.raises(SetRefused, match="still being tried"):
            adopt(check_set, by=administrator, at=given.NOON)

    def test_it_is_not_adopted_when_the_rules_changed_since_it_was_tried(
        self, manager, administrator
    ):
        check_set = tried(a_proposed_set(manager))
        BackTest.objects.update(against_digest="another release")

        with pytest.raises(SetRefused, match="have changed"):
            adopt(check_set, by=administrator, at=given.NOON)

    def test_whoever_adopts_it_may_open_each_letter_that_it_changes(self, manager, administrator):
        given.a_drawn_letter(words=LATIN)
        check_set = tried(a_proposed_set(manager))

        with pytest.raises(SetRefused, match=r"1 letter differently .* ask a legal manager"):
            adopt(check_set, by=administrator, at=given.NOON)

        made = adopt(check_set, by=given.a_person(Role.LEGAL_MANAGER), at=given.NOON)
        assert made.state == CheckSet.State.IN_FORCE

    def test_the_one_before_it_ends_and_can_be_gone_back_to(self, manager, administrator):
        first = an_adopted_set(manager, administrator)
        second = an_adopted_set(administrator, manager, a_proposal(E1="advise"))
        first.refresh_from_db()
        assert (first.state, first.ended_by) == (CheckSet.State.REPLACED, manager)
        assert second.changes == {"E4e": OFF, "E1": "advise"}

        back = Proposal(files=first.files, changes=first.changes, what="Back", reason=WHY)
        third = an_adopted_set(manager, administrator, back)

        assert (third.number, third.digest) == (3, first.digest)

    @pytest.mark.parametrize("level", [OFF, "warn"])
    def test_a_stop_that_protects_a_person_is_not_lost_without_a_reason(
        self, manager, administrator, level
    ):
        check_set = tried(a_proposed_set(manager, a_proposal(A6b=level)))

        with pytest.raises(SetRefused, match="Say why letters are safe"):
            adopt(check_set, by=administrator, at=given.NOON)

        made = adopt(check_set, although=WHY, by=administrator, at=given.NOON)
        assert made.adopted_although == WHY
        assert Event.objects.get(name="check_rules.adopted").detail["weakens"] == ["A6b"]

    def test_a_proposal_can_be_taken_back(self, manager, administrator):
        check_set = take_back_set(
            a_proposed_set(manager), reason="Too early.", by=administrator, at=given.NOON
        )

        assert check_set.state == CheckSet.State.TAKEN_BACK
        with pytest.raises(NotAllowed, match="waits no more"):
            adopt(check_set, by=administrator, at=given.NOON)

    def test_another_area_keeps_its_own(self, manager, administrator):
        an_adopted_set(manager, administrator)

        assert check_rules_of(given.an_area("Wessex")).rule("E4e") is not None


class TestThePages:
    def test_one_proposes_and_another_adopts(self, manager, administrator):
        given.a_drawn_letter(words=LATIN)
        page = as_(manager).open("/letter-rules/E4e/").follow("Change its level or switch it off")
        page = page.press("Propose this change", level="off", reason=WHY)
        page.see("being checked by both sets", "somebody else adopts it").not_see("Adopt it")
        made = tried(CheckSet.objects.exclude(area=None).get())

        as_(manager).open(f"/letter-rule-sets/{made.pk}/").see("Inter alia", "Gone: E4e")
        page = as_(administrator).open(f"/letter-rule-sets/{made.pk}/")
        page.see("1 is not shown", "You cannot adopt it", "ask a legal manager")
        page.not_see("Inter alia").not_see("Letters are checked by it from that moment on")
        page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/letter-rule-sets/{made.pk}/")
        page.see("Inter alia").press("Adopt it").see("Letters are checked by it now", "In force")

    def test_stops_that_protect_people_are_named_before_they_are_lost(self, manager, administrator):
        made = tried(a_proposed_set(manager, a_proposal(A2e=OFF)))

        page = as_(administrator).open(f"/letter-rule-sets/{made.pk}/")

        page.see("A2e Nobody of another case is named: is switched off")
        page = page.press("Adopt it without these stops").see("Say why letters are safe")
        page.press("Adopt it without these stops", although=WHY).see("adopted")

    def test_how_easy_a_text_reads_cannot_be_made_a_stop(self, manager):
        page = as_(manager).open("/letter-rules/E1/").follow("Change its level or switch it off")

        page.see("It cannot be made a stop").not_see("Stop: the letter cannot go out")

    def test_a_file_is_handed_over(self, manager):
        page = as_(manager).open("/letter-rule-sets/upload/")
        own = SimpleUploadedFile("area.toml", OWN_RULE.encode())

        page.press("Propose these rules", file=own, reason=WHY).see("Z1 No realistic prospect: new")

    def test_a_folder_is_handed_over_packed(self, manager):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("my-rules/area.toml", OWN_RULE)
        page = as_(manager).open("/letter-rule-sets/upload/")
        own = SimpleUploadedFile("rules.zip", packed.getvalue())

        page = page.press("Propose these rules", file=own, reason=WHY)

        page.see("A2a The greeting names the reader: is switched off", "Z1 No realistic prospect")

    def test_a_file_that_is_none_is_refused_in_words(self, manager):
        page = as_(manager).open("/letter-rule-sets/upload/")
        own = SimpleUploadedFile("rules.docx", b"PK")

        page.press("Propose these rules", file=own, reason=WHY).see("neither a .toml file nor a")

    def test_going_back_is_proposed(self, manager, administrator):
        first = an_adopted_set(manager, administrator)
        an_adopted_set(administrator, manager, a_proposal(E1="advise"))

        page = as_(manager).open(f"/letter-rule-sets/{first.pk}/")
        page = page.follow("Propose to go back to this set")
        page = page.press("Propose to go back", reason=WHY).see("Back to set 1")
        page = page.press("Take it back", **{"end-reason": "A mistake."}).see("is not adopted")
        page.follow("Go back to the rules as shipped").press("Propose to go back", reason=WHY)

        assert CheckSet.objects.latest("number").what == "Back to the rules as shipped"

    def test_an_officer_reads_and_decides_nothing(self, manager):
        made = tried(a_proposed_set(manager))
        browser = as_(given.a_liaison_officer())

        browser.open(f"/letter-rule-sets/{made.pk}/").not_see("Adopt it", "Take it back")
        assert browser.try_("POST", f"/letter-rule-sets/{made.pk}/adopt/") == 403
        assert browser.try_("GET", "/letter-rule-sets/upload/") == 403

    def test_another_area_finds_nothing(self, manager):
        made = a_proposed_set(manager)
        stranger = as_(given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex")))

        assert stranger.try_("GET", f"/letter-rule-sets/{made.pk}/") == 404
        assert stranger.try_("POST", f"/letter-rule-sets/{made.pk}/adopt/") == 404


def test_a_pattern_that_never_ends_is_refused_with_its_rule_field_and_words(manager):
    endless = OWN_RULE.replace(
        'words = ["realistic prospect of conviction"]', "patterns = ['''(r+)+x|(a+)+[$]''']"
    )

    with pytest.raises(SetRefused, match=r"field find\.patterns: the pattern .* far too long"):
        a_proposed_set(manager, with_file("z.toml", endless))


def test_a_set_that_waits_is_on_the_overview_of_whoever_can_adopt_it(manager):
    second = given.a_person(manager.role, unit=manager.unit)
    check_set = a_proposed_set(manager)

    as_(manager).open("/").not_see("waits for you to adopt it")
    page = as_(second).open("/").see("A change", f"Proposed by {manager}")

    page.follow("1 change of the rules waits for you to adopt it or not")
    assert check_set.state == CheckSet.State.PROPOSED
