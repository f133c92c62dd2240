"""Writes down the marks that the panel and the line managers agreed on for one letter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.calibration.models import GoldLetter
from forthright.calibration.services.agreed_elsewhere import (
    AgreedElsewhere,
    keep_agreed_elsewhere,
)
from forthright.calibration.services.rounds import Agreed, RoundRefused
from forthright.panels.models import (
    AgreementOffered,
    AnonymisedLetter,
    Meeting,
    PackLetter,
)
from forthright.panels.selectors.against import (
    asked_on,
    given_on,
    marked_before,
    marked_before_panel,
)
from forthright.panels.selectors.judged import alarms_unanswered
from forthright.panels.selectors.letters import confirmers_of, preparers_of
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.selectors.not_counted import are_words_read
from forthright.panels.services.meeting import PanelRefused, check_is_over
from forthright.panels.services.releasing import still_clear
from forthright.reviews.models import Review
from forthright.rules.rubric import Level
from forthright.rules.words import list_words, moment_words
from forthright.standards.selectors import rubric_of

BY_THE_RECORD = (
    "As the line manager marked it: the case record decides this, so the panel was not asked."
)
HAD_A_HAND = "had a hand in hiding the names of this letter"


def agree_on_letter(
    letter: PackLetter, agreed: Mapping[str, Agreed], *, by: User, at: datetime
) -> GoldLetter | None:
    """Keep the marks that were agreed on for a letter; it goes out among second marks from then on.

    Where marks differed, one person alone does not say what was agreed: what they wrote down waits
    until somebody else who keeps the panel keeps the same levels, and nothing is returned.

    Whoever marks it is shown its words with the names hidden, and nothing else of its case. The
    other letters of the pack that are released and that managers marked are kept in the same way,
    to go out beside it, so that hidden names do not tell which letter has agreed marks.

    :raises NotAllowed: if this person does not keep the panel, leads no calibration, or gave marks
        of the letter
    :raises PanelRefused: if nothing can be agreed on it, a reason is missing, or a level is none
        that anybody gave
    """
    review, anonymised = check_can_agree(letter, by=by, at=at)
    given = given_on(letter, review)
    _check_somebody_gave(agreed, given)
    hands = preparers_of(anonymised) | {each.pk for each in confirmers_of(anonymised)}
    sources = {review.pk: anonymised} | _others(letter, at)
    found = AgreedElsewhere(
        name=f"Panel {letter.meeting.number}",
        review=review,
        agreed=_with_what_the_record_decides(agreed, given, letter, review),
        given=given,
        hidden={},
        left_out={str(each): HAD_A_HAND for each in sorted(hands)},
    )
    seconds = _is_of_one_mind(letter, review, given) or _is_offered(letter, found.agreed, by)
    try:
        return _keep(letter, found, sources, is_seconded=seconds, by=by, at=at)
    except _WaitsForAnother:
        _offer(letter, found.agreed, by=by, at=at)
        return None


class _WaitsForAnother(Exception):
    pass


def _is_of_one_mind(
    letter: PackLetter, review: Review, given: Mapping[str, Sequence[Level]]
) -> bool:
    """Say whether manager and members gave one level to all that both were asked."""
    asked = asked_on(letter, rubric_of(review.edition).quality_criteria)
    return all(len(set(levels)) == 1 < len(levels) for code, levels in given.items()
               if code in asked)  # fmt: skip


def _is_offered(letter: PackLetter, agreed: Mapping[str, Agreed], by: User) -> bool:
    """Say whether somebody else wrote down the same levels."""
    offered = AgreementOffered.objects.filter(letter=letter.pk).exclude(offered_by=by.pk).first()
    levels = {code: said.level for code, said in agreed.items()}
    return offered is not None and {code: each[0] for code, each in offered.marks.items()} == levels


@transaction.atomic
def _offer(letter: PackLetter, agreed: Mapping[str, Agreed], *, by: User, at: datetime) -> None:
    marks = {code: [str(said.level), said.reason] for code, said in agreed.items()}
    AgreementOffered.objects.update_or_create(
        letter=letter, defaults={"marks": marks, "offered_at": at, "offered_by": by}
    )
    audit.record("panel.agreement_offered", letter, by=by, at=at, area=letter.meeting.area)


def _check_somebody_gave(
    agreed: Mapping[str, Agreed], given: Mapping[str, Sequence[Level]]
) -> None:
    """Refuse a level that neither the line manager nor any member gave.

    :raises PanelRefused: with the criterion and what was given
    """
    for code, said in agreed.items():
        levels = dict.fromkeys(given.get(code, ()))
        if said.level and levels and said.level not in levels:
            named = list_words([f"“{each.words}”" for each in levels], joined_by="or")
            raise PanelRefused(
                f"{code}: nobody gave “{Level(said.level).words}”, so it is not what was agreed "
                f"on. Choose {named}."
            )


def _with_what_the_record_decides(
    agreed: Mapping[str, Agreed],
    given: Mapping[str, Sequence[Level]],
    letter: PackLetter,
    review: Review,
) -> dict[str, Agreed]:
    """Give the manager's level its reason where the panel was not asked and none is written."""
    asked = asked_on(letter, rubric_of(review.edition).quality_criteria)
    return {
        code: replace(said, reason=said.reason or BY_THE_RECORD)
        if code not in asked and list(given.get(code, ())) == [said.level]
        else said
        for code, said in agreed.items()
    }


def check_can_agree(
    letter: PackLetter, *, by: User, at: datetime
) -> tuple[Review, AnonymisedLetter]:
    """Return the manager's marking and the hidden words of a letter that can be agreed on.

    :raises NotAllowed: if this person does not keep the panel, or gave marks of the letter
    :raises PanelRefused: with the reason
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    meeting = letter.meeting
    if by.area_id != meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")
    check_is_over(meeting)
    if meeting.scoring != Meeting.Scoring.RUBRIC:
        raise PanelRefused(
            "This panel answered six questions. Marks can be agreed on where a panel marks by the "
            "standard, which is chosen when its meeting is planned."
        )
    if (review := marked_before_panel(letter)) is None:
        raise PanelRefused(
            "No line manager had marked this letter by the same edition of the standard before "
            "the panel’s marks were closed, so there is nothing to agree on."
        )
    if by.pk == review.marker_id or meeting.seats.filter(member=by.pk).exists():
        raise NotAllowed(
            "You marked this letter yourself, or have a seat at this panel, so somebody else who "
            "keeps the panel writes down what was agreed on it."
        )
    anonymised = anonymised_of(letter)
    if anonymised is None or not still_clear(anonymised, at=at):
        raise PanelRefused(
            "The words of this letter with its names hidden are not released any more, so it can "
            "go to nobody. Release it again first."
        )
    _check_nobody_warned(letter, anonymised)
    if anonymised.version_id != review.letter_version_id:
        raise PanelRefused(
            "The words of this letter that are released now are not those that the line manager "
            "marked, so nothing can be agreed on them."
        )
    if not are_words_read(letter, anonymised):
        raise PanelRefused(
            "What is hidden in this letter was changed after the panel had read it, so what its "
            "members gave is no mark of the words that would go out."
        )
    return review, anonymised


def _check_nobody_warned(letter: PackLetter, anonymised: AnonymisedLetter) -> None:
    """Refuse words of which somebody says that they give somebody away, until that is answered.

    :raises PanelRefused: with who said so and when
    """
    if alarms := alarms_unanswered(anonymised):
        who = str(alarms[0].raised_by or "The product itself")
        raise PanelRefused(
            f"{who} warned {moment_words(alarms[0].raised_at)} that letter {letter.position} may "
            "give somebody away, and nobody has answered. Its words would go to people of other "
            "units, so withdraw it or say why it stays first. Your overview leads there."
        )


def _others(letter: PackLetter, at: datetime) -> dict[int, AnonymisedLetter]:
    """Return the other letters of the pack, by the manager's marking."""
    found = {}
    for each, review in marked_before(letter.meeting):
        anonymised = anonymised_of(each) if each != letter else None
        if (
            anonymised
            and anonymised.version_id == review.letter_version_id
            and are_words_read(each, anonymised)
            and not alarms_unanswered(anonymised)
            and still_clear(anonymised, at=at)
        ):
            found[review.pk] = anonymised
    return found


@transaction.atomic
def _keep(
    letter: PackLetter, found: AgreedElsewhere, sources: Mapping[int, AnonymisedLetter], *,
    is_seconded: bool, by: User, at: datetime,
) -> GoldLetter | None:  # fmt: skip
    hidden = _released_still(sources)
    if found.review.pk not in hidden:
        raise PanelRefused(
            "This letter was withdrawn or changed while its marks were being kept, so nothing was "
            "kept. Release it again first."
        )
    try:
        gold = keep_agreed_elsewhere(replace(found, hidden=hidden), by=by, at=at)
    except RoundRefused as refusal:
        raise PanelRefused(str(refusal)) from None
    if not is_seconded:
        raise _WaitsForAnother
    AgreementOffered.objects.filter(letter=letter.pk).delete()
    audit.record("panel.letter_agreed", letter, by=by, at=at, area=letter.meeting.area,
                 review=found.review.pk)  # fmt: skip
    return gold


def _released_still(sources: Mapping[int, AnonymisedLetter]) -> dict[int, str]:
    """Return the hidden words that are released this minute, held until they are kept.

    Whoever withdraws one waits until then, and finds its kept words to take back.
    """
    rows = AnonymisedLetter.objects.select_for_update().filter(
        pk__in=[each.pk for each in sources.values()], state=AnonymisedLetter.State.RELEASED
    )
    texts = dict(rows.order_by("pk").values_list("pk", "text"))
    return {
        review: each.text for review, each in sources.items() if texts.get(each.pk) == each.text
    }


@transaction.atomic
def see_letter_to_agree(letter: PackLetter, *, by: User, at: datetime) -> None:
    """Record that somebody saw a letter of a pack with its manager's and its members' marks."""
    audit.record("panel.letter_to_agree_seen", letter, by=by, at=at, area=letter.meeting.area)
