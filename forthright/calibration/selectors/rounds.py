"""Calibration rounds: who may see which, what may be in one, and what everybody gave."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Unit, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import has_permission
from forthright.audit.models import Event
from forthright.calibration.models import AgreedMark, Round, RoundLetter, RoundMark, RoundMarker
from forthright.reviews.models import BlindFor, Review, SecondMarking
from forthright.reviews.selectors.lists import of_same_letters
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.reviews.selectors.second_marks import BlindSheet, sheet_without_marks
from forthright.rules.rubric import Level
from forthright.rules.words import list_words
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.hands import hands_by_reference
from forthright.samples.selectors.plans import permission_to_mark, roles_to_mark
from forthright.standards.models import Subject
from forthright.standards.selectors import rubric_of

if TYPE_CHECKING:
    from forthright.standards.models import Edition

OFFERED_LETTERS = 40
# Marks of one person alone can be compared with nobody's.
FEWEST_MARKERS = 2
OF_LETTER = ("review__drawn_letter__duty__case", "review__drawn_letter__disclosure__case",
             "review__letter_version", "review__edition")  # fmt: skip
# How many finished a letter of a round: who finishes has marked all of theirs to the end.
_BY_FINISHED = Count(
    "marks__marker", filter=Q(marks__marker__finished_at__isnull=False), distinct=True
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person has come in a round."""

    marker: RoundMarker
    done: int
    of: int


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds that a person takes part in, and all of the Area for who leads them."""
    reach = reach_of(user.role, Permission.CALIBRATION_SEE) if user.is_active else None
    rows = Round.objects.filter(area=user.area_id) if reach else Round.objects.none()
    if reach is not Reach.AREA:
        rows = rows.filter(markers__person=user.pk)
    return rows.select_related("made_by", "edition", "closed_by")


def round_for(user: User, round_id: int) -> Round:
    """Return one round.

    :raises Http404: if there is none, or it is hidden from them
    """
    found = rounds_visible_to(user).filter(pk=round_id).first()
    if found is None:
        raise Http404
    return found


def letter_in_round_for(user: User, round_id: int, letter_id: int) -> RoundLetter:
    """Return a letter of a round.

    :raises Http404: if there is none, or it is hidden from them
    """
    held = round_for(user, round_id)
    found = held.letters.select_related("round", *OF_LETTER).filter(pk=letter_id).first()
    if found is None:
        raise Http404
    return found


def letters_of_rounds(user: User, numbers: Collection[int]) -> dict[int, RoundLetter]:
    """Return by number those of some letters of closed rounds that a person may open."""
    rows = RoundLetter.objects.filter(
        pk__in=numbers, round__in=rounds_visible_to(user), round__closed_at__isnull=False,
        round__is_given_up=False,
    )  # fmt: skip
    return {each.pk: each for each in rows.select_related("round", *OF_LETTER)}


def marker_in(held: Round, user: User) -> RoundMarker | None:
    """Return somebody as a marker of a round, or None where they are none."""
    return held.markers.filter(person=user.pk).first()


def letters_of(marker: RoundMarker) -> list[RoundLetter]:
    """Return the letters that somebody marks in a round."""
    letters = marker.round.letters.select_related(*OF_LETTER)
    return [each for each in letters if str(marker.person_id) not in each.left_out]


def number_done(marker: RoundMarker) -> dict[int, int]:
    """Return by letter how many criteria somebody has marked."""
    rows = marker.marks.values_list("letter").annotate(number=Count("pk"))
    return dict(rows)


def progress_of(held: Round) -> list[Progress]:
    """Return how many letters each has marked, by name; nothing of what they gave."""
    letters = list(held.letters.all())
    criteria = len(rubric_of(held.edition).quality_criteria)
    done = (
        RoundMark.objects.filter(letter__round=held)
        .values("marker", "letter")
        .annotate(number=Count("pk"))
        .filter(number=criteria)
    )
    whole = [row["marker"] for row in done]
    return [
        Progress(
            each, whole.count(each.pk),
            sum(str(each.person_id) not in letter.left_out for letter in letters),
        )
        for each in held.markers.select_related("person").order_by("person__full_name", "pk")
    ]  # fmt: skip


def sheet_in_round(letter: RoundLetter, marker: RoundMarker) -> BlindSheet:
    """Return what somebody sees of a letter to mark; nothing of anybody's marks but their own."""
    return sheet_without_marks(letter.review, levels_in_round(letter, marker))


def levels_in_round(letter: RoundLetter, marker: RoundMarker) -> dict[str, Level]:
    """Return the levels that one marker gave one letter."""
    rows = RoundMark.objects.filter(letter=letter, marker=marker)
    return {code: Level(level) for code, level in rows.values_list("criterion__code", "level")}


def marks_by_letter(held: Round) -> dict[int, dict[str, dict[int, Level]]]:
    """Return by letter and criterion what each gave who finished, once the round is closed."""
    if held.is_open or held.is_given_up:
        return {}
    rows = RoundMark.objects.filter(letter__round=held, marker__finished_at__isnull=False)
    found: dict[int, dict[str, dict[int, Level]]] = {}
    for letter, code, person, level in rows.values_list(
        "letter", "criterion__code", "marker__person", "level"
    ):
        found.setdefault(letter, {}).setdefault(code, {})[person] = Level(level)
    return found


def finished_on(held: Round) -> dict[int, int]:
    """Return by letter of a round how many have finished who marked it; open or closed alike."""
    finished = set(held.markers.exclude(finished_at=None).values_list("person", flat=True))
    return {
        each.pk: len({str(person) for person in finished} - set(each.left_out))
        for each in held.letters.all()
    }


def too_few_to_agree(held: Round) -> list[RoundLetter]:
    """Return the letters of a round that fewer than two have finished: one alone agrees on none."""
    if not held.markers.exists():
        return []
    number = finished_on(held)
    return [
        each for each in held.letters.select_related(*OF_LETTER)
        if number[each.pk] < FEWEST_MARKERS
    ]  # fmt: skip


def agreed_of(letter: RoundLetter) -> dict[str, AgreedMark]:
    """Return the agreed marks of a letter by code."""
    return {each.criterion.code: each for each in letter.agreed.select_related("criterion")}


def letters_held() -> QuerySet[RoundLetter]:
    """Return the letters of rounds that no other round may have.

    One of a round that was given up is free, and so is one of a closed round that fewer than two
    finished: nothing can be agreed on it there.
    """
    held = RoundLetter.objects.filter(round__is_given_up=False)
    return held.exclude(pk__in=finished_by_one_at_most().values("pk")).exclude(gold__is_by_one=True)


def finished_by_one_at_most() -> QuerySet[RoundLetter]:
    """Return the letters of closed rounds that fewer than two finished of those who marked there.

    Where nobody marked in a round, another room marked its letters, and none is among these.
    """
    letters = RoundLetter.objects.filter(
        round__closed_at__isnull=False, round__is_given_up=False,
        round__in=RoundMarker.objects.values("round"),
    )  # fmt: skip
    return letters.annotate(number=_BY_FINISHED).filter(number__lt=FEWEST_MARKERS)


def reviews_in_rounds(reviews: Collection[int]) -> list[int]:
    """Return which of these markings are of a letter that a round has, by whichever marking."""
    of_held = of_same_letters(Q(pk__in=letters_held().values("review")))
    return list(Review.objects.filter(of_held, pk__in=reviews).values_list("pk", flat=True))


def letters_offered(area: Area, edition: "Edition") -> list[Review]:
    """Return the marked letters, or disclosures, that a round may be made of, the newest first.

    A disclosure that was not served when it was marked has nothing to mark for quality. What waits
    for second marks stays out, so that these are given blind, and so does what another round holds,
    by whichever of its markings. Of what two plans drew the newest marking stands for both.
    """
    newest: dict[str, Review] = {}
    for each in _fit_for_rounds(area, edition).iterator():
        newest.setdefault(each.drawn_letter.reference, each)
        if len(newest) == OFFERED_LETTERS:
            break
    return list(newest.values())


def reviews_fit_for_rounds(
    area: Area, edition: "Edition", chosen: Collection[int]
) -> dict[int, Review]:
    """Return by number those of some markings that a round may be made of."""
    return {each.pk: each for each in _fit_for_rounds(area, edition).filter(pk__in=chosen)}


def _fit_for_rounds(area: Area, edition: "Edition") -> QuerySet[Review]:
    awaited = SecondMarking.objects.filter(area=area, marked_at=None)
    marked_blind = BlindFor.objects.filter(until=None)
    has_words = Q(letter_version__isnull=False) | (
        Q(papers__isnull=False) & ~Q(overall=Level.NOT_APPLICABLE)
    )
    found = (
        Review.objects.filter(has_words, area=area, edition=edition, marked_at__isnull=False)
        .exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)
        .exclude(of_same_letters(Q(pk__in=awaited.values("review"))))
        .exclude(of_same_letters(Q(pk__in=letters_held().values("review"))))
        .exclude(of_same_letters(Q(pk__in=marked_blind.values("review"))))
    )
    related = ("drawn_letter__duty__case", "drawn_letter__duty__drafter",
               "drawn_letter__disclosure__case", "unit", "marker")  # fmt: skip
    return found.select_related(*related).order_by("-marked_at", "-pk")


def people_offered(area: Area, subject: str = Subject.LETTERS.value) -> QuerySet[User]:
    """Return who marks letters, or disclosure, in an Area, by name.

    Whoever writes letters for every unit has no part in disclosure.
    """
    people = User.objects.filter(area=area, role__in=roles_to_mark(subject), is_active=True)
    if subject == Subject.DISCLOSURE:
        people = people.exclude(unit__kind=Unit.Kind.VLU)
    return people.select_related("unit").order_by("full_name", "pk")


def reasons_against(
    reviews: Collection[Review], people: Collection[User]
) -> dict[int, dict[str, str]]:
    """Return by marking and person why somebody cannot mark a letter as if for the first time."""
    hands = hands_by_reference(each.drawn_letter for each in reviews)
    gave = _gave_marks(reviews)
    seen = saw_marks(reviews, people) | saw_in_rounds(reviews, people)
    found: dict[int, dict[str, str]] = {}
    for review in reviews:
        found[review.pk] = {}
        thing = review.drawn_letter.words.thing
        for person in people:
            acts = list(hands[review.drawn_letter.reference].acts_of(person.pk))
            if person.pk in gave[review.pk]:
                acts.append("marked")
            if acts:
                found[review.pk][str(person.pk)] = f"{list_words(acts)} this {thing}"
            elif (review.pk, person.pk) in seen:
                found[review.pk][str(person.pk)] = f"has seen the marks of this {thing}"
    return found


def waiting_rounds(user: User) -> list[Round]:
    """Return the open rounds in which this person has yet to finish, the first to end first."""
    if not any(has_permission(user, permission_to_mark(each)) for each in Subject.values):
        return []
    mine = RoundMarker.objects.filter(person=user.pk, finished_at=None)
    held = Round.objects.filter(area=user.area_id, closed_at=None, pk__in=mine.values("round"))
    return list(held.order_by("mark_by", "pk"))


def letters_to_agree(rounds: QuerySet[Round]) -> QuerySet[RoundLetter]:
    """Return the letters without agreed marks that two or more have finished."""
    letters = RoundLetter.objects.filter(round__in=rounds, agreed=None)
    return letters.annotate(number=_BY_FINISHED).filter(number__gte=FEWEST_MARKERS)


def _gave_marks(reviews: Collection[Review]) -> dict[int, set[int]]:
    gave = {each.pk: {each.marker_id} for each in reviews}
    for review, held in _in_closed_rounds(reviews):
        gave[review].update(held.marks.values_list("marker__person", flat=True))
    # What was drawn twice has markings of its own, by whichever plan.
    for field in ("duty_id", "disclosure_id"):
        by_owed: dict[int, set[int]] = {}
        owed = [getattr(each.drawn_letter, field) for each in reviews]
        others = Review.objects.filter(**{f"drawn_letter__{field}__in": [e for e in owed if e]})
        again = SecondMarking.objects.filter(review__in=others, marker__isnull=False)
        first = others.values_list(f"drawn_letter__{field}", "marker")
        for number, marker in (
            *first, *again.values_list(f"review__drawn_letter__{field}", "marker")
        ):  # fmt: skip
            by_owed.setdefault(number, set()).add(marker)
        for each, number in zip(reviews, owed, strict=True):
            gave[each.pk] |= by_owed.get(number, set())
    return gave


def saw_in_rounds(reviews: Collection[Review], people: Collection[User]) -> set[tuple[int, int]]:
    """Return the pairs of a marking and a person who opened a closed round that had its letter.

    Its page shows how the marks of all its letters spread, so in a small one those of each.
    """
    found = set()
    for review, letter in _in_closed_rounds(reviews):
        looks = Event.objects.filter(
            name="round.seen", subject_kind=Round._meta.label, subject_id=str(letter.round_id),
            at__gte=letter.round.closed_at, by__in=people,
        )  # fmt: skip
        found |= {(review, by) for by in looks.values_list("by", flat=True).distinct()}
    return found


def _in_closed_rounds(reviews: Collection[Review]) -> list[tuple[int, RoundLetter]]:
    """Return each marking with the letters of closed rounds that are its letter.

    Rounds that were given up are none: nobody was shown what others gave in them.
    """
    found = []
    letters = RoundLetter.objects.filter(
        round__closed_at__isnull=False, round__is_given_up=False,
        review__in=Review.objects.filter(of_same_letters(Q(pk__in=[each.pk for each in reviews]))),
    ).select_related("round", "review__drawn_letter")  # fmt: skip
    for letter in letters.order_by("pk"):
        reference = letter.review.drawn_letter.reference
        found += [(each.pk, letter) for each in reviews if each.drawn_letter.reference == reference]
    return found
