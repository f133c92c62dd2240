"""Each figure of the daily loop opens exactly the records that it counts, in an Area made by lot.

The pages with a figure that opens records, of calibration, peer checks, marking and the morning
list, are walked one by one. What else they count has its records on the page itself (the letters
of a round, what waits to be looked at), and is counted there.
"""

import random
import re

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import GoldGiven, SystemicFinding
from forthright.calibration.selectors.agreement import agreement_in
from forthright.calibration.services.findings import raise_findings
from forthright.calibration.services.leniency import make_leniency_run
from forthright.morning_lists.selectors.morning import morning_list
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import LetterCheck
from forthright.reviews.services import accept_dispute
from forthright.reviews.services.second_marking import give_second_marks_of
from forthright.rules.second_marks import MARKED_BEFORE
from tests import given
from tests.calibration.rounds_given import a_closed_round, a_gold_letter, a_leader
from tests.client import as_
from tests.disclosure import duties, sampled
from tests.morning_lists import mornings
from tests.peer_checks import looked_at
from tests.reviews import twice

pytestmark = pytest.mark.django_db
TUESDAY = given.at("2026-10-06 09:00")
LEVELS = ("FULLY", "PARTIALLY", "NOT_MET")
CODES = ("B1", "B2")


@pytest.fixture(autouse=True)
def _a_tuesday():
    with time_machine.travel(TUESDAY, tick=True):
        yield


@pytest.fixture(params=[3, 11])
def lots(request):
    return random.Random(request.param)


def levels(lots):
    return {code: lots.choice(LEVELS) for code in CODES}


def marked_again(review, lots, *, because="by lot, 20 in 100"):
    person = twice.a_manager(Unit.Kind.FRAUD)
    return twice.mark_again(
        give_second_marks_of(review, person, because=because, by=None, at=twice.LATER), levels(lots)
    )


def an_area_marked_twice(lots):
    """Make letters that went to a second marker by lot, in doubt and again, some twice."""
    gold = a_gold_letter()
    reviews = [given.a_marked_letter(levels=levels(lots)) for _ in range(4)]
    doubt = "a critical pass is in doubt: A1"
    for review in reviews[:3]:
        marked_again(review, lots, because=lots.choice(["by lot, 20 in 100", doubt]))
    again = reviews[0]
    marked_again(again, lots, because=MARKED_BEFORE)
    GoldGiven.objects.create(
        gold=gold, marking=marked_again(gold.letter.review, lots, because=MARKED_BEFORE)
    )
    return again.area


def numbers_in(words):
    return tuple(map(int, re.findall(r"\d+", words)))


def test_agreement_by_criterion_opens_its_second_markings(lots):
    area = an_area_marked_twice(lots)
    manager = given.a_person(Role.SENIOR_MANAGER)
    found = agreement_in(area, until=TUESDAY.date())
    page = as_(manager).open("/agreement/").see(f"under edition {found.edition}", found.numbers)
    for code in CODES:
        line = next(each for each in found.lines if each.criterion.code == code)
        for how, words in (("By lot", "letters marked"), ("Beside it", "letters chosen otherwise")):
            link = next(
                each for each in page.links if words in each and each.endswith(f"alike on {code}")
            )
            shown = page.follow(link)
            by_letter = {}
            for row in shown.rows():
                if row[-1] == how:
                    by_letter.setdefault(row[0], []).append(row[3] == "Yes")
            assert numbers_in(link)[:2] == (
                sum(map(all, by_letter.values())), len(by_letter)
            )  # fmt: skip
            shown.see(found.numbers, f"{how}: {numbers_in(link)[0]} of {len(by_letter)}")
        shown.see("it counts once by lot and once beside it, each time by the marking that had")
        assert len(shown.rows()) == len(found.markings)
        assert page.words.count(line.said.words)


def test_a_letter_that_chance_chose_and_that_went_out_again_counts_by_lot_without_these_marks():
    review = given.a_marked_letter(levels={"B1": "FULLY"})
    for because, level in (("by lot, 20 in 100", "FULLY"), (MARKED_BEFORE, "NOT_MET")):
        person = twice.a_manager(Unit.Kind.FRAUD)
        twice.mark_again(
            give_second_marks_of(review, person, because=because, by=None, at=twice.LATER),
            {"B1": level},
        )

    found = agreement_in(review.area, until=TUESDAY.date())

    line = next(each for each in found.lines if each.criterion.code == "B1")
    assert (line.alike, line.reviews) == ((review.pk,), (review.pk,))
    assert (line.others_alike, line.others) == ((), (review.pk,))


def test_the_shares_of_the_area_open_the_letters_of_its_samples(lots):
    area = an_area_marked_twice(lots)
    make_leniency_run(area, by=None, at=TUESDAY)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/leniency/").see("trust 11, numbers")
    link = next(each for each, to in page.links.items() if to == "/leniency/letters/")

    shown = page.follow(link)

    listed = [each for each in shown.tree.xpath("//main//li") if "standard" in each.text_content()
              or "meet it" in each.text_content()]  # fmt: skip
    assert max(numbers_in(link)) == len(listed) >= 4
    shown.see("trust 11, numbers")


def test_a_fault_opens_the_letters_that_failed(lots):
    for _ in range(lots.randint(3, 5)):
        given.a_marked_letter(levels={"B1": "NOT_MET"})
    area = given.a_marked_letter(levels={"B1": "FULLY"}).area
    assert raise_findings(area, by=None, at=TUESDAY)
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open("/findings/")
    for finding in SystemicFinding.objects.all():
        page.see(f"{finding.failed} of {finding.of}")
        shown = page.follow(f"{finding.criterion.code} {finding.criterion.title}")
        of_it = set(finding.reviews.values_list("drawn_letter", flat=True))
        opened = {f"/reviews/{pk}/" for pk in of_it} & set(shown.links.values())
        assert len(opened) == len(of_it) == finding.failed
        shown.see(finding.numbers, f"{finding.failed} of {finding.of} letters")


def test_a_round_counts_the_criteria_marked_differently_of_each_letter():
    held = a_closed_round(
        letters=2, changed={"B1": "NOT_MET", "B2": "PARTIALLY"}, leader=a_leader()
    )
    page = as_(held.made_by).open(f"/calibration/{held.pk}/").see("2 people’s marks of 2 letters")
    rows = [row for row in page.rows() if row[0].startswith("Letter ")]
    assert len(rows) == 2
    for row in rows:
        link = next(each for each in page.links if each == row[0])
        shown = page.follow(link)
        assert numbers_in(row[1])[0] == shown.words.count("Marked differently")


def test_each_count_of_a_rule_opens_its_letters(lots):
    for _ in range(6):
        given.a_marked_letter(levels=levels(lots))
    LetterCheck.objects.update(fired={"E4e": 1})
    for each in LetterCheck.objects.all()[:2]:
        LetterCheck.objects.filter(pk=each.pk).update(fired={})
    person = given.a_person(Role.SENIOR_MANAGER)
    page = as_(person).open("/letter-rules/E4e/")
    opened = {
        words: to
        for words, to in page.links.items()
        if to.startswith("/letter-rules/E4e/") and not to.endswith("overruled/")
    }
    assert opened
    for words, to in opened.items():
        assert len(as_(person).open(to).rows()) == numbers_in(words)[0]


def test_figures_of_looks_before_letters_go_open_the_checks_that_they_count():
    answers = ("PASSED", "CHANGES", "RETURNED")
    checks = []
    missed = looked_at.a_check()
    PeerCheck.objects.filter(pk=missed.pk).update(
        answer="OVERTAKEN", due_at=given.NOON, answered_at=TUESDAY
    )
    for answer in answers:
        checks.append(looked_at.a_check())
        said = {} if answer == "PASSED" else {"to_change": looked_at.CHANGE}
        looked_at.answered(checks[-1], answer, done_well=looked_at.WELL, **said)
    PeerCheck.objects.filter(pk=checks[0].pk).update(due_at=given.NOON)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/checks/unit/")
    links = {words: to for words, to in page.links.items() if words.endswith("list them")}
    assert len(links) == 4
    for words in links:
        assert len(page.follow(words).rows()) == numbers_in(words)[0], words
    assert [numbers_in(words)[0] for words in links] == [3, 2, 2, 1]
    assert any(words.startswith("2 of 4") for words in links)


def test_each_part_of_the_morning_list_shows_or_opens_what_it_counts(lots):
    with time_machine.travel(mornings.MORNING, tick=True):
        letters = [mornings.a_letter() for _ in range(lots.randint(2, 4))]
        spoc = mornings.a_spoc(letters[0].unit)
        page = as_(spoc).open(f"/morning/{letters[0].unit_id}/")
        found = morning_list(letters[0].unit, mornings.MORNING)
    assert sum(part.number for part in found.sections) >= len(letters)
    for part in found.sections:
        # The rest of a part is opened page by page (tests/morning_lists/test_see_all.py).
        assert part.number == part.shown + sum(each.number - each.shown for each in part.rests)
        if part.number:
            page.see(f"{part.number} {part.heading}")


def test_each_figure_of_marks_on_disclosure_opens_the_marks_that_it_counts(lots):
    november = given.at("2026-11-02 09:00")
    with time_machine.travel(november, tick=False):
        duties.reviewing(name="Price")
        sampled.marked(sampled.a_served_duty(), {"D4": lots.choice(LEVELS)})
        browser = as_(given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.MAGISTRATES)))
        page = browser.open("/disclosure-marks/2026-10/").see("disclosure-marks 2026")
        figures = {
            each.get("href"): each.text_content()
            for each in page.tree.xpath("//tbody//a")
            if each.get("href").startswith("/disclosure-marks/")
        }
        assert len(figures) == 8
        for to, words in figures.items():
            shown = browser.open(to)
            tags = [each.text_content() for each in shown.tree.xpath("//main//li/strong")]
            assert (tags.count("Counted"), len(tags)) == (numbers_in(words) or (0, 0)), to


def test_disputes_to_decide_open_as_many_as_are_counted():
    disputes = [given.a_disputed_mark() for _ in range(3)]
    decided = disputes.pop()
    manager = given.a_person(Role.LEGAL_MANAGER)
    accept_dispute(decided, new_level="FULLY", reason="So it does.", by=manager, at=given.NOON)

    page = as_(manager).open("/reviews/").follow("2 disputes to decide")

    opened = {to for to in page.links.values() if re.fullmatch(r"/disputes/\d+/", to)}
    waiting = {f"/disputes/{each.pk}/" for each in disputes}
    assert opened == waiting | {f"/disputes/{decided.pk}/"}
    assert all("Decide by the end of" in page.words for _ in waiting)


def test_the_file_of_own_marks_lists_as_many_as_the_page_counts(lots):
    marking = twice.a_finished_second_marking(levels(lots))
    browser = as_(marking.marker)

    page = browser.open("/my-marks/")

    number = numbers_in(page.words.partition("You gave ")[2])[0]
    lines = browser.client.get("/my-marks/file/csv/").content.decode("utf-8-sig").splitlines()
    assert sum("Second marks" in each for each in lines) == number + 1
