"""The rules beside people's marks: what is kept of a check, what is counted, who may open it."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.letters.selectors.checking import check_version
from forthright.letters.services.approving import overrule
from forthright.reviews.models import LetterCheck, Review
from forthright.reviews.selectors.rule_scores import scores_of
from forthright.reviews.services import accept_dispute
from forthright.standards.models import CheckSet
from tests import given
from tests.client import as_
from tests.reviews import twice
from tests.samples import weeks
from tests.standards.a_new_wording import adopt_another

pytestmark = pytest.mark.django_db
LATIN = given.LETTER.replace("If you disagree", "Inter alia, if you disagree")


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def score(rule: str, area=None):
    return scores_of(area or given.an_area(), given.NOON).score(rule)


class TestWhatIsKept:
    def test_the_words_that_were_marked_are_checked_for_the_day_they_were_sent(self):
        review = given.a_marked_letter(words=LATIN)

        check = LetterCheck.objects.get(review=review)

        assert check.fired["E4e"] == 1
        assert check.checked_for == review.drawn_letter.duty.sent_at.date()
        assert check.check_set.state == CheckSet.State.SHIPPED
        assert check.check_set.rules["E4e"]["criterion"] == "B2"

    def test_the_rules_as_shipped_are_kept_once(self):
        given.a_marked_letter()
        given.a_marked_letter()

        assert CheckSet.objects.count() == 1

    def test_a_letter_that_was_never_sent_is_not_checked(self):
        given.a_marked_letter(is_sent=False)

        assert not LetterCheck.objects.exists()

    def test_an_old_finding_stands_though_the_rule_is_another_now(self):
        given.a_marked_letter(words=LATIN, levels={"B2": "NOT_MET"})
        CheckSet.objects.update(digest="an older release", files={})

        assert len(score("E4e").agreed) == 1


class TestWhatIsCounted:
    def test_each_marking_falls_on_its_side(self):
        agreed = given.a_marked_letter(words=LATIN, levels={"B2": "NOT_MET"})
        not_agreed = given.a_marked_letter(words=LATIN)

        found = score("E4e")

        assert found.agreed == (agreed.pk,)
        assert found.not_agreed == (not_agreed.pk,)
        assert len(found.checked) == 2

    def test_after_an_accepted_dispute_the_new_level_counts(self):
        dispute = given.a_disputed_mark(words=given.LETTER)
        before = {rule for rule in LetterCheck.objects.get().fired if score(rule).agreed}
        decider = given.a_person(Role.LEGAL_MANAGER)

        accept_dispute(dispute, new_level="FULLY", reason="It says.", by=decider, at=given.NOON)

        assert before
        assert not any(score(rule).agreed for rule in before)

    def test_a_marking_of_long_ago_is_left_out(self):
        review = given.a_marked_letter(words=LATIN)
        Review.objects.filter(pk=review.pk).update(marked_at=given.at("2025-09-01 10:00"))

        assert score("E4e").checked == ()

    def test_marks_by_other_words_of_a_criterion_than_those_in_force_are_left_out_and_said(self):
        before = given.a_marked_letter(words=LATIN, levels={"B1": "NOT_MET"})
        rule = next(
            rule
            for rule, said in before.letter_check.check_set.rules.items()
            if said["criterion"] == "B1"
        )
        LetterCheck.objects.update(fired={rule: 1, "E4e": 1})
        assert score(rule).agreed == (before.pk,)

        adopt_another(before.edition, of=given.NOON.date())

        assert (score(rule).checked, score("E4e").checked) == ((), (before.pk,))
        page = as_(before.marker).open("/letter-rules/")
        page.see("Marks by other words than those in force are left out", "1 of B1.")

    def test_marks_by_an_edition_that_asks_the_same_are_counted(self):
        before = given.a_marked_letter(words=LATIN, levels={"B2": "NOT_MET"})

        adopt_another(before.edition, of=given.NOON.date())

        assert score("E4e").agreed == (before.pk,)

    def test_another_area_counts_its_own(self):
        given.a_marked_letter(words=LATIN)

        assert score("E4e", given.an_area("Wessex")).checked == ()


class TestThePages:
    @pytest.fixture
    def review(self):
        return given.a_marked_letter(words=LATIN, levels={"B2": "NOT_MET"})

    def test_a_manager_goes_from_the_list_to_the_rule_and_to_its_letters(self, review):
        page = (
            as_(review.marker).open("/standards/").follow("The rules that letters are checked by")
        )
        page = page.see("Fired, of letters checked").follow("E4e No Latin")
        page.see("1 of 1 (too few to say)", "rules as shipped", "Words it must leave alone")

        page = page.follow("1 of 1 (too few to say) agreed: open the letters")

        page.see(review.drawn_letter.duty.reference, "Does not meet")

    def test_a_figure_opens_only_what_its_reader_may_see(self, review):
        stranger = weeks.a_marker(given.a_unit(Unit.Kind.RASSO))

        page = as_(stranger).open("/letter-rules/E4e/agreed/")

        page.see("1 is not shown").not_see(review.drawn_letter.duty.reference)

    def test_a_prosecutor_reads_the_rule_and_opens_no_letters(self, review):
        browser = as_(given.a_person(Role.PROSECUTOR))

        browser.open("/letter-rules/E4e/").see("1 of 1 (too few to say)")
        assert browser.try_("GET", "/letter-rules/E4e/agreed/") == 403
        assert browser.try_("GET", "/letter-rules/E4e/overruled/") == 403

    def test_what_is_no_rule_or_no_count_is_not_found(self, review):
        browser = as_(review.marker)

        assert browser.try_("GET", "/letter-rules/Z99/") == 404
        assert browser.try_("GET", "/letter-rules/E4e/guessed/") == 404

    def test_each_time_it_was_overruled_is_listed_with_the_reason(self):
        given.an_overruled_stop(given.a_drawn_letter().duty)

        page = as_(weeks.a_planner()).open("/letter-rules/A2c/")

        page.follow("1 time overruled: open them").see("She signs with this name herself.")

    def test_every_rule_has_a_page(self, review):
        browser = as_(review.marker)

        links = browser.open("/letter-rules/").links

        rules = [address for address in links.values() if address.startswith("/letter-rules/")]
        assert len(rules) > 100
        for address in rules[::20]:
            browser.open(address)


def test_an_override_names_the_rules_it_was_made_under():
    version = given.a_draft()
    text = version.text.replace("Ms Osei", "Ms Ashdown")
    version.composed, version.text = None, text
    version.save()
    duty = version.letter.duty
    stop = check_version(version, duty, given.NOON.date()).stops[0]

    made = overrule(duty, stop, reason="She took that name.", by=version.added_by, at=given.NOON)

    assert made.check_set.state == CheckSet.State.SHIPPED


class TestWhoIsToMarkBlind:
    @pytest.mark.parametrize("level", ["NOT_MET", "FULLY"])
    def test_no_count_tells_how_the_letter_was_marked_until_its_marks_are_given(self, level):
        marking = twice.a_second_marking(words=LATIN, levels={"B2": level})
        LetterCheck.objects.update(fired={"E4e": 1})
        browser, other = as_(marking.marker), as_(marking.review.marker)

        pages = [browser.open(path) for path in ("/letter-rules/", "/letter-rules/E4e/")]
        for page in pages:
            page.see("Not shown to you yet", "yet to mark 1 of the letters").not_see("of 1 (too")
        for count in ("agreed", "not_agreed", "missed"):
            page = browser.open(f"/letter-rules/E4e/{count}/")
            assert page.heading.startswith("E4e: letters in which")
        for path in ("/letter-rules/", "/letter-rules/E4e/"):
            other.open(path).see("of 1 (too few to say)").not_see("Not shown to you yet")

        twice.mark_again(marking)
        browser.open("/letter-rules/E4e/").see("of 1 (too").not_see("Not shown to you yet")
