"""Makes rounds, keeps blind marks, closes a round, and writes down what was agreed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration import policies
from forthright.calibration.models import (
    AgreedMark,
    GoldLetter,
    Round,
    RoundLetter,
    RoundMark,
    RoundMarker,
)
from forthright.calibration.selectors import rounds as selectors
from forthright.reviews.models import Review
from forthright.reviews.selectors.left_out import kept_or, why_not_kept
from forthright.reviews.selectors.looks import PAPERS_SEEN, WORDS_SEEN
from forthright.reviews.selectors.offered import not_offered
from forthright.reviews.selectors.second_marks import BlindSheet
from forthright.reviews.services.second_marking import hide_marks, show_marks
from forthright.rules import scoring
from forthright.rules.marking import said_stamp
from forthright.rules.rubric import Level
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.words import capitalised, count_words
from forthright.rules.written import cleaned, reason_in
from forthright.standards.models import Criterion, Subject
from forthright.standards.selectors import edition_in_force, rubric_of
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

ALL_ALIKE = "Everybody who marked it gave this level."


class RoundRefused(ValueError):
    """A round that cannot be made, closed or agreed as asked; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDraft:
    """A round as somebody wants it."""

    name: str
    reviews: Collection[int]
    people: Collection[int]
    mark_by: date
    subject: str = Subject.LETTERS.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The level agreed on for one criterion, and why."""

    level: str
    reason: str = ""


@transaction.atomic
def make_round(area: Area, draft: RoundDraft, *, by: User, at: datetime) -> Round:
    """Make a round of what was marked before, and hide its marks from who marks in it.

    :raises NotAllowed: if this person leads no rounds
    :raises RoundRefused: if letters or people cannot be in it, or too few could mark a letter
    """
    policies.check_can_lead(by)
    Area.objects.select_for_update().get(pk=area.pk)
    edition = edition_in_force(area, clock.day_of(at), draft.subject)
    if edition is None:
        raise RoundRefused("No version of the standard is in force, so nothing can be marked.")
    offered = selectors.reviews_fit_for_rounds(area, edition, draft.reviews)
    people = list(selectors.people_offered(area, draft.subject).filter(pk__in=draft.people))
    _check_draft(draft, offered, people, at)
    chosen = [offered[pk] for pk in sorted(draft.reviews)]
    against = selectors.reasons_against(chosen, people)
    _check_enough(chosen, people, against)
    held = Round.objects.create(
        area=area, name=cleaned(draft.name), edition=edition, mark_by=draft.mark_by,
        made_at=at, made_by=by,
    )  # fmt: skip
    for person in people:
        RoundMarker.objects.create(round=held, person=person)
    for position, review in enumerate(chosen, start=1):
        left_out = against[review.pk]
        RoundLetter.objects.create(round=held, review=review, position=position, left_out=left_out)
        for person in people:
            if str(person.pk) not in left_out:
                hide_marks(review, person, by=by, at=at)
    audit.record("round.made", held, by=by, at=at, reviews=[each.pk for each in chosen],
                 markers=[each.pk for each in people])  # fmt: skip
    return held


@transaction.atomic
def open_letter_in_round(letter: RoundLetter, *, by: User, at: datetime) -> BlindSheet:
    """Open a letter of a round to mark it, without anybody's marks.

    :raises NotAllowed: if it is not this person's to mark, or they have finished
    """
    policies.check_can_mark_letter_in_round(by, letter)
    marked = letter.review.letter_version or letter.review.drawn_letter
    name = WORDS_SEEN if letter.review.letter_version else PAPERS_SEEN
    audit.record(name, marked, by=by, at=at, area=letter.round.area, round=letter.round_id)
    return selectors.sheet_in_round(letter, _marker(letter.round, by))


@transaction.atomic
def save_marks_in_round(
    letter: RoundLetter, levels: Mapping[str, str], *, by: User, at: datetime
) -> None:
    """Keep the levels that somebody gives a letter of a round, as far as they have come.

    :raises NotAllowed: if it is not this person's to mark, or they have finished
    :raises RoundRefused: if a criterion or a level is not of the standard, or the record rules the
        level out for this letter
    """
    Round.objects.select_for_update().get(pk=letter.round_id)
    letter = RoundLetter.objects.select_related("round__edition", *selectors.OF_LETTER).get(
        pk=letter.pk
    )
    policies.check_can_mark_letter_in_round(by, letter)
    criteria = _criteria(letter.round)
    for code, level in levels.items():
        if code not in criteria or level not in set(Level):
            raise RoundRefused(f"This version of the standard has no level {level} of {code}.")
    if ruled_out := not_offered(letter.review, levels):
        raise RoundRefused(" ".join(ruled_out))
    for code, level in levels.items():
        kept, _ = RoundMark.objects.update_or_create(
            letter=letter, marker=_marker(letter.round, by), criterion=criteria[code],
            defaults={"level": level, "saved_at": at},
        )  # fmt: skip
        audit.record("round_mark.saved", kept, by=by, at=at, area=letter.round.area,
                     round=letter.round_id, criterion=code, level=level)  # fmt: skip


@transaction.atomic
def finish_marks_in_round(held: Round, *, by: User, at: datetime) -> None:
    """Lock what somebody gave in a round; they see the marks of others when it is closed.

    :raises NotAllowed: if this person does not mark in it, or has finished
    :raises RoundRefused: if a letter is not wholly marked
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("edition").get(pk=held.pk)
    policies.check_can_mark_in_round(by, held)
    marker = _marker(held, by)
    rubric = rubric_of(held.edition)
    for letter in selectors.letters_of(marker):
        levels = selectors.levels_in_round(letter, marker)
        if ruled_out := not_offered(letter.review, levels):
            raise RoundRefused(f"{capitalised(str(letter))}: {' '.join(ruled_out)}")
        try:
            scoring.overall(levels, rubric)
        except scoring.MarksHaveProblems as refusal:
            raise RoundRefused(
                f"{capitalised(str(letter))} is not wholly marked. {refusal}"
            ) from None
    marker.finished_at = at
    marker.save(update_fields=["finished_at"])
    audit.record("round.marks_finished", held, by=by, at=at)


@transaction.atomic
def close_round(held: Round, *, because: str = "", by: User, at: datetime) -> Round:
    """Close a round: from now on its marks are shown to everybody in it.

    :raises NotAllowed: if this person leads no rounds, or it is closed
    :raises RoundRefused: if fewer than two have finished, or somebody has not and no reason is said
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("area").get(pk=held.pk)
    policies.check_can_close(by, held)
    finished = held.markers.exclude(finished_at=None).count()
    if finished < selectors.FEWEST_MARKERS:
        raise RoundRefused(
            f"{count_words(finished, 'person has', 'people have')} finished. Two at least are "
            "needed, or there is nothing to compare. If no second person will, give the round up."
        )
    if max(selectors.finished_on(held).values(), default=0) < selectors.FEWEST_MARKERS:
        raise RoundRefused(
            "No letter of it was marked to the end by two people, so there is nothing to compare. "
            "If nobody else will finish, give the round up."
        )
    is_early = finished < held.markers.count()
    if is_early and not reason_in(because):
        raise RoundRefused("Not everybody has finished. Say why the round closes all the same.")
    held.closed_at, held.closed_by = at, by
    held.closed_because = reason_in(because) if is_early else ""
    held.save(update_fields=["closed_at", "closed_by", "closed_because"])
    _show_marks_of(held, by=by, at=at)
    audit.record("round.closed", held, by=by, at=at, finished=finished, early=is_early)
    return held


@transaction.atomic
def give_up_round(held: Round, *, because: str, by: User, at: datetime) -> Round:
    """End a round without a comparison: its letters are free again, what was given stays kept.

    Nobody is shown what others gave in it: somebody may yet mark its letters in another round.

    :raises NotAllowed: if this person leads no rounds, or it is closed
    :raises RoundRefused: if no reason is said
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("area").get(pk=held.pk)
    policies.check_can_close(by, held)
    if not reason_in(because):
        raise RoundRefused("Say why the round is given up, so that others can follow it.")
    held.closed_at, held.closed_by, held.closed_because = at, by, reason_in(because)
    held.is_given_up = True
    held.save(update_fields=["closed_at", "closed_by", "closed_because", "is_given_up"])
    _show_marks_of(held, by=by, at=at)
    finished = held.markers.exclude(finished_at=None).count()
    audit.record("round.given_up", held, by=by, at=at, finished=finished, of=held.markers.count())
    return held


@transaction.atomic
def note_discussion(
    letter: RoundLetter, text: str, *, by: User, at: datetime, opened: str | None = None
) -> None:
    """Keep what was said about a letter's marks; what was kept before stays below it.

    `opened` is the stamp of what the page was made from; without one, nothing is asked.

    :raises NotAllowed: if the round is open, or this person leads none
    :raises RoundRefused: if it repeats sensitive material
    :raises ChangedMeanwhile: if something else was kept since the page was opened
    """
    RoundLetter.objects.select_for_update().get(pk=letter.pk)
    letter = RoundLetter.objects.select_related("round__area").get(pk=letter.pk)
    policies.check_can_agree(by, letter)
    check_unchanged(opened, discussion_stamp(letter), by_whom(letter, "round_letter.discussed"))
    if against := why_not_kept(letter.review.drawn_letter, "what was said", text, by=by):
        raise RoundRefused(against)
    said, on, who = kept_or(text, letter.discussion), letter.discussed_at, letter.discussed_by
    if letter.discussion not in {"", said} and on and who:
        letter.said_before.create(discussion=letter.discussion, discussed_at=on, discussed_by=who)
    letter.discussion, letter.discussed_at, letter.discussed_by = said, at, by
    letter.save(update_fields=["discussion", "discussed_at", "discussed_by"])
    audit.record("round_letter.discussed", letter, by=by, at=at, area=letter.round.area,
                 has_words=bool(letter.discussion))  # fmt: skip


def discussion_stamp(letter: RoundLetter) -> str:
    """Return the stamp of what is kept of what was said about a letter's marks."""
    return said_stamp(letter.discussion)


@transaction.atomic
def agree_marks(
    letter: RoundLetter, agreed: Mapping[str, Agreed], *, by: User, at: datetime
) -> GoldLetter | None:
    """Write down the agreed marks of a letter; with all of them it goes out among second marks.

    Disclosures are few, and their cases are known: one that came back would be known too, so none
    goes out again.

    :raises NotAllowed: if the round is open, or this person leads none
    :raises RoundRefused: if it is agreed already, a criterion or a reason is missing, a reason
        repeats sensitive material, or the record rules a level out for this letter
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("area", "edition").get(
        pk=letter.round_id
    )  # fmt: skip
    policies.check_can_agree(by, letter)
    if letter.agreed.exists():
        raise RoundRefused("These marks were agreed already, and agreed marks stay.")
    given = selectors.marks_by_letter(held).get(letter.pk, {})
    levels = {code: list(of_code.values()) for code, of_code in given.items()}
    return keep_agreed(letter, agreed, levels, by=by, at=at)


@transaction.atomic
def keep_agreed(
    letter: RoundLetter, agreed: Mapping[str, Agreed], given: Mapping[str, Collection[Level]], *,
    by: User, at: datetime,
) -> GoldLetter | None:  # fmt: skip
    """Keep the agreed marks of a letter; `given` is by criterion what each gave who marked it.

    Whoever is given it for second marks may give no level that the record rules out, so no such
    level is agreed either.

    :raises RoundRefused: if fewer than two marked it, a criterion is missing, a reason where they
        differed, one repeats sensitive material, or the record rules a level out for this letter
    """
    held = letter.round
    if max(map(len, given.values()), default=0) < selectors.FEWEST_MARKERS:
        raise RoundRefused(nothing_to_agree(letter))
    if ruled_out := not_offered(letter.review, _levels_in(agreed)):
        raise RoundRefused(" ".join(ruled_out))
    for code, criterion in _criteria(held).items():
        said = agreed.get(code)
        if said is None or said.level not in set(Level):
            raise RoundRefused(f"Choose the agreed level of {code}.")
        levels = given.get(code, ())
        # What one alone gave is no agreement, and is never said to be one.
        alike = len(levels) >= selectors.FEWEST_MARKERS and set(levels) == {Level(said.level)}
        reason = reason_in(said.reason) or (ALL_ALIKE if alike else "")
        if not reason:
            how = "differently" if len(levels) >= selectors.FEWEST_MARKERS else "by one alone"
            raise RoundRefused(f"{code} was marked {how}. Say why this level was agreed.")
        what = f"why the level of {code} was agreed"
        if against := why_not_kept(letter.review.drawn_letter, what, reason, by=by):
            raise RoundRefused(against)
        AgreedMark.objects.create(letter=letter, criterion=criterion, level=said.level,
                                  reason=reason, agreed_at=at, agreed_by=by)  # fmt: skip
    gold = None
    if held.subject is SubjectKind.LETTERS:
        gold = GoldLetter.objects.create(area=held.area, letter=letter, made_at=at, made_by=by)
    audit.record("round_letter.agreed", letter, by=by, at=at, area=held.area,
                 levels={code: said.level for code, said in agreed.items()})  # fmt: skip
    return gold


def nothing_to_agree(letter: RoundLetter) -> str:
    """Say why no marks can be agreed on for a letter that fewer than two have finished."""
    thing = letter.round.words.thing
    return (
        f"Fewer than two people finished marking {letter}, so there is nothing to agree on. The "
        f"marks it has stay and are shown; none is agreed, and this {thing} does not go out as one "
        "with agreed marks. It may be in another round, marked by others."
    )


def _show_marks_of(held: Round, *, by: User, at: datetime) -> None:
    """Show the marks that its letters had before to everybody who marked in it."""
    people = [each.person for each in held.markers.select_related("person")]
    for letter in held.letters.select_related("review__area"):
        for person in people:
            show_marks(letter.review, person, by=by, at=at)


def _marker(held: Round, user: User) -> RoundMarker:
    return RoundMarker.objects.get(round=held, person=user.pk)


def _levels_in(agreed: Mapping[str, Agreed]) -> dict[str, str]:
    return {code: said.level for code, said in agreed.items() if said.level in set(Level)}


def _criteria(held: Round) -> dict[str, Criterion]:
    return {each.code: each for each in held.edition.criteria.filter(is_timeliness=False)}


def _check_draft(
    draft: RoundDraft, offered: Mapping[int, Review], people: Collection[User], at: datetime
) -> None:
    if not reason_in(draft.name):
        raise RoundRefused("Give the round a name.")
    things = SubjectKind(draft.subject).words.things
    if not draft.reviews or not set(draft.reviews) <= set(offered):
        raise RoundRefused(
            f"Choose {things} of the list. One that waits for second marks, or that another round "
            "has, cannot be marked blind here."
        )
    owed = [offered[pk].drawn_letter.owed_id for pk in set(draft.reviews)]
    if len(owed) > len(set(owed)):
        raise RoundRefused(
            f"One of these {things} is there twice, as two plans drew it. Choose each once."
        )
    if len(people) < selectors.FEWEST_MARKERS or len(people) != len(set(draft.people)):
        raise RoundRefused(f"Choose two people or more of your Area who mark {things}.")
    if draft.mark_by < clock.day_of(at):
        raise RoundRefused("The last day to mark is over already. Choose a later one.")


def _check_enough(
    chosen: Collection[Review], people: Collection[User], against: Mapping[int, Mapping[str, str]]
) -> None:
    for review in chosen:
        left_out = against[review.pk]
        if len(people) - len(left_out) < selectors.FEWEST_MARKERS:
            who = "; ".join(
                f"{each} {left_out[str(each.pk)]}" for each in people if str(each.pk) in left_out
            )
            drawn = review.drawn_letter
            raise RoundRefused(
                f"Fewer than two of these people can mark {drawn.named} as if for the first "
                f"time: {who}. Choose others, or leave the {drawn.words.thing} out."
            )
