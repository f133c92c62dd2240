"""Calibration rounds: open, marked, closed and agreed, by the people who do it."""

from datetime import date, timedelta

from forthright.accounts.models import Role, Unit, User
from forthright.calibration.models import GoldLetter, HiddenWords, RoundLetter
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.selectors.gold import hidden_words_of
from forthright.calibration.services import rounds as services
from forthright.calibration.services.findings import raise_findings, take_finding
from forthright.calibration.services.gold import retire_gold
from forthright.calibration.services.leniency import make_leniency_run
from forthright.calibration.services.rounds import Agreed, RoundDraft
from forthright.reviews.models import Review
from forthright.standards.selectors import rubric_of
from forthright.standards.services.marking_numbers import NumbersDraft, adopt_marking_numbers
from tests import given
from tests.reviews import twice

LATER = given.NOON + timedelta(hours=2)
FRIDAY = date(2026, 10, 9)


def a_leader(**person):
    return given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(), **person)


def markers(*kinds):
    """Return a manager of each of these units: of two, unless told otherwise."""
    return [twice.a_manager(kind) for kind in kinds or (Unit.Kind.MAGISTRATES, Unit.Kind.RASSO)]


def a_round(*, letters=1, people=None, leader=None, reviews=None, name="Reasons, October", at=None):
    """Return an open round of letters that were marked before."""
    reviews = reviews or [given.a_marked_letter() for _ in range(letters)]
    people = people or markers()
    draft = RoundDraft(
        name=name,
        reviews={each.pk for each in reviews},
        people={each.pk for each in people},
        mark_by=(at or given.NOON).date() + timedelta(days=4),
        subject=reviews[0].edition.subject,
    )
    return services.make_round(
        reviews[0].area, draft, by=leader or a_leader(),
        at=at or given.NOON + timedelta(minutes=30),
    )  # fmt: skip


def levels_for(letter, marker, changed=None):
    """Return a whole set of levels, fully met where it applies, but for those changed."""
    sheet = selectors.sheet_in_round(letter, marker)
    return {
        code: "FULLY" if "FULLY" in offered else "NOT_APPLICABLE"
        for code, offered in sheet.offered.items()
    } | (changed or {})


def mark_all(held, person, changed=None, *, finish=True, at=LATER):
    """Give all of one person's marks in a round."""
    marker = selectors.marker_in(held, person)
    for letter in selectors.letters_of(marker):
        levels = levels_for(letter, marker, changed)
        services.save_marks_in_round(letter, levels, by=person, at=at)
    if finish:
        services.finish_marks_in_round(held, by=person, at=at)


def a_closed_round(*, changed=None, at=None, **made):
    """Return a round that everybody has marked, the first of them with these levels changed."""
    held = a_round(at=at, **made)
    people = [each.person for each in held.markers.order_by("pk")]
    later = at + timedelta(hours=2) if at else LATER
    for number, person in enumerate(people):
        mark_all(held, person, changed if number == 0 else None, at=later)
    return services.close_round(held, by=held.made_by, at=later)


def agreed_levels(letter, changed=None):
    criteria = rubric_of(letter.round.edition).quality_criteria
    given_marks = selectors.marks_by_letter(letter.round)[letter.pk]
    return {
        each.code: Agreed(
            level=(changed or {}).get(each.code, next(iter(given_marks[each.code].values()))),
            reason="The reason is in the second paragraph.",
        )
        for each in criteria
    }


def a_gold_letter(**made):
    """Return a letter with agreed marks that goes out among second marks."""
    held = a_closed_round(**made)
    letter = RoundLetter.objects.select_related("round__edition", "review").get(round=held)
    services.agree_marks(letter, agreed_levels(letter), by=held.made_by, at=LATER)
    return GoldLetter.objects.get(letter=letter)


def a_companion(gold):
    """Return a letter without agreed marks that can go out beside this one, at any later time."""
    review = given.a_marked_letter(marker=gold.letter.review.marker)
    marked_at = gold.letter.review.marked_at - timedelta(days=20)
    Review.objects.filter(pk=review.pk).update(marked_at=marked_at)
    if words := hidden_words_of(gold.letter.review):
        HiddenWords.objects.create(
            review=review, words=words, kept_at=marked_at, kept_by=gold.made_by
        )
    return review


def adopt(area, *, at=given.NOON, **values):
    """Adopt numbers of the Area's own, from that day on: that of NOON, unless told otherwise."""
    draft = NumbersDraft(
        values=values, in_force_from=at.date(), source="Area board",
        is_confirmed=False, reason="To try it out.",
    )  # fmt: skip
    return adopt_marking_numbers(area, draft, by=None, at=at)


def marks_held_together(marker):
    """Make rounds that are open, closed and agreed, an own edition of numbers, and a finding."""
    leader = given.a_person(Role.LEGAL_MANAGER)
    gold = a_gold_letter(leader=leader)
    out = a_gold_letter(leader=leader, name="Reasons, August")
    retire_gold(out, reason="Everybody knows it.", by=leader, at=LATER)
    closed = a_closed_round(leader=leader, name="Reasons, September")
    services.note_discussion(
        closed.letters.get(), "Two of us read it otherwise.", by=leader, at=given.NOON
    )
    people = [marker, *markers()]
    a_round(people=people, leader=leader, name="Support, October")
    adopt(gold.area, gold_percent=20)
    for _ in range(3):
        given.a_marked_letter(levels={"B1": "NOT_MET"})
    # Whoever took the finding on has left since, so that others may take it over or close it.
    gone = given.a_person(Role.LINE_MANAGER)
    for each in raise_findings(gold.area, by=None, at=given.NOON + timedelta(hours=1)):
        take_finding(each, plan="Tell the team.", by=gone, at=LATER)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make_leniency_run(gold.area, by=None, at=given.NOON)
