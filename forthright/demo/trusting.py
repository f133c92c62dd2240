"""Marks that several people gave the same letters: second marks, a closed round, findings."""

from datetime import datetime, timedelta
from random import Random

from forthright.accounts.models import Role, User
from forthright.calibration.models import Round, RoundLetter
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.services.findings import raise_findings, take_finding
from forthright.calibration.services.leniency import make_leniency_run
from forthright.calibration.services.rounds import (
    Agreed,
    RoundDraft,
    agree_marks,
    close_round,
    finish_marks_in_round,
    make_round,
    note_discussion,
    save_marks_in_round,
)
from forthright.demo.loading import Loaded
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.second_marks import blind_sheet
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    finish_second_marking,
    open_second_marking,
    save_second_levels,
)
from forthright.reviews.services.second_urgent import record_what_follows
from forthright.rules.marking import UrgentAct
from forthright.rules.rubric import Level
from forthright.standards.selectors import edition_in_force, rubric_of
from forthright.web import clock

ROUND_LETTERS = 4
# Who marks again finds a fault more often than who marked first, and sees what is not there less.
SEES, IMAGINES = 0.75, 0.04
FOLLOWED = "Told the head of the unit at once; the letter that puts it right went the same day."
SAID = (
    "Two of us took the test for the reason. The reason is the fact that decided it, in words the "
    "victim would use."
)
PLAN = "A quarter of an hour on reasons at the next team meeting, with three of these letters."


class Trusting:
    """Marks letters again, as people would who do not see the first marks."""

    def __init__(self, loaded: Loaded, *, seed: int, until: datetime) -> None:
        """Keep what the marks are made from."""
        self.loaded, self.until = loaded, until
        self.chance = Random(f"{seed} trust")

    def mark_again(self, at: datetime) -> int:
        """Choose letters by lot and mark them again the next day; return how many."""
        area = self.loaded.area
        choose_letters_to_mark_again(area, by=None, at=at)
        waiting = SecondMarking.objects.filter(area=area, marked_at=None, marker__isnull=False)
        later, done = at + timedelta(days=1), 0
        if later > self.until:
            return 0
        for marking in waiting.select_related("marker", "area", "review__area").order_by("pk"):
            marker = marking.marker
            assert marker is not None  # noqa: S101 - only such are asked for
            open_second_marking(marking, by=marker, at=later)
            offered = blind_sheet(marking).offered
            levels = self.levels(marking.review, offered)
            save_second_levels(marking, levels, by=marker, at=later)
            finish_second_marking(marking, by=marker, at=later)
            self.act_on(marking.pk, later)
            done += 1
        return done

    def act_on(self, number: int, at: datetime) -> None:
        """Have the first marker say what follows from what a second one alone found critical.

        What was found in the last week still waits.
        """
        marking = SecondMarking.objects.select_related("review__marker").get(pk=number)
        soon = at + timedelta(minutes=20)
        if marking.found and soon < self.until - timedelta(days=7):
            record_what_follows(
                marking, [UrgentAct.CORRECT], FOLLOWED, by=marking.review.marker, at=soon
            )

    def hold_round(self, at: datetime) -> Round | None:
        """Hold a round of letters marked before, with its discussion and agreed marks."""
        area = self.loaded.area
        edition = edition_in_force(area, clock.day_of(at))
        letters = selectors.letters_offered(area, edition) if edition else []
        leader = self.loaded.people[Role.LEGAL_MANAGER][0]
        people = self.people(letters)
        faulty = [each for each in letters if self.loaded.faults.get(each.drawn_letter.owed_id)]
        chosen = [*faulty, *(each for each in letters if each not in faulty)][:ROUND_LETTERS]
        if len(people) < 2 or not chosen:
            return None
        draft = RoundDraft(
            name="Reasons in plain words",
            reviews={each.pk for each in chosen},
            people={each.pk for each in people},
            mark_by=clock.day_of(at) + timedelta(days=5),
        )
        held = make_round(area, draft, by=leader, at=at)
        for person in people:
            self.mark_in_round(held, person, at + timedelta(days=1))
        held = close_round(held, by=leader, at=at + timedelta(days=2))
        for letter in held.letters.select_related("round__edition", "review__area"):
            self.agree(letter, leader, at + timedelta(days=2))
        return held

    def find_faults(self, at: datetime) -> None:
        """Look for faults that come again, and let one be taken on."""
        found = raise_findings(self.loaded.area, by=None, at=at)
        make_leniency_run(self.loaded.area, by=None, at=at)
        if found:
            manager = self.loaded.people[Role.LINE_MANAGER][0]
            take_finding(found[0], plan=PLAN, by=manager, at=at)

    def people(self, letters: list[Review]) -> list[User]:
        """Return three who can mark all of these as if for the first time."""
        managers = self.loaded.people[Role.LINE_MANAGER]
        against = selectors.reasons_against(letters, managers)
        barred = {person for of_letter in against.values() for person in of_letter}
        return [each for each in managers if str(each.pk) not in barred][:3]

    def mark_in_round(self, held: Round, person: User, at: datetime) -> None:
        """Give all of one person's marks in a round."""
        marker = held.markers.get(person=person)
        for letter in selectors.letters_of(marker):
            offered = selectors.sheet_in_round(letter, marker).offered
            levels = self.levels(letter.review, offered)
            save_marks_in_round(letter, levels, by=person, at=at)
        finish_marks_in_round(held, by=person, at=at)

    def agree(self, letter: RoundLetter, leader: User, at: datetime) -> None:
        """Agree on what is true of a letter, with a reason where marks differed."""
        given = selectors.marks_by_letter(letter.round)[letter.pk]
        faults = self.loaded.faults.get(letter.review.drawn_letter.owed_id, set())
        agreed = {}
        for each in rubric_of(letter.round.edition).quality_criteria:
            levels = sorted(set(given[each.code].values()))
            wrong = each.code in faults and Level.NOT_MET in levels
            chosen = Level.NOT_MET if wrong else levels[0]
            agreed[each.code] = Agreed(level=chosen, reason="Read again together, sentence by "
                                       "sentence.")  # fmt: skip
        note_discussion(letter, SAID, by=leader, at=at)
        agree_marks(letter, agreed, by=leader, at=at)

    def levels(self, review: Review, offered: dict[str, list[Level]]) -> dict[str, Level]:
        """Return what somebody gives a letter who has not seen the first marks."""
        faults = self.loaded.faults.get(review.drawn_letter.owed_id, set())
        levels = {}
        for code, may_have in offered.items():
            sees = self.chance.random() < (SEES if code in faults else IMAGINES)
            wanted = (Level.NOT_MET, Level.PARTIALLY)[self.chance.random() < 0.4]
            if sees and wanted in may_have:
                levels[code] = wanted
            elif Level.NOT_APPLICABLE in may_have and code not in faults:
                levels[code] = Level.NOT_APPLICABLE  # as who marks first says of it
            else:
                levels[code] = Level.FULLY if Level.FULLY in may_have else may_have[0]
        return levels
