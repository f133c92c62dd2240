"""What a pack is written from; nothing sensitive is read for it at all."""

from collections.abc import Collection
from datetime import datetime

from forthright.disclosure.models import DisclosureDuty, ManagementDocument, Serving
from forthright.disclosure.selectors.against import stands_against
from forthright.disclosure.selectors.answers import answers_with
from forthright.disclosure.selectors.handed_in import not_read_words
from forthright.disclosure.selectors.hidden import OPEN_FORMS, queried_items
from forthright.disclosure.selectors.limits import statement_words_of
from forthright.disclosure.selectors.numbers import renumbered_since
from forthright.disclosure.selectors.standings import Line, lines_of, standings_of
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState, owed
from forthright.rules.disclosure_pack import PackFacts, PackItem, pack_facts_of
from forthright.rules.endorsements import Endorsed
from forthright.web import clock

WITHHELD = "Its description is withheld until it is decided and looked at again"


class NoPackYet(ValueError):
    """Nothing was approved or served, so there is no pack; the message says what is missing."""


def pack_facts(duty: DisclosureDuty, serving_id: int | None = None) -> PackFacts:
    """Return the facts of a service as they stood then, or of what waits to be served.

    :param serving_id: which service; where none is named what waits to be served, the first time
        or later, or else the newest
    :raises NoPackYet: if nothing is approved, there is no such service, nobody read what the police
        handed in, or something stands against serving what waits
    """
    serving = _asked_for(duty, serving_id)
    if serving and serving.papers:
        return pack_facts_of(serving.papers)
    if serving or serving_id:
        raise NoPackYet(f"{duty.case}: the papers of this service were not kept.")
    is_later = duty.stands in SERVED_OR_LATER
    if not is_later and duty.stands is not DutyState.APPROVED:
        raise NoPackYet(
            f"{duty.case}: the duty is {duty.get_state_display().lower()}. A pack is made once it "
            "is approved."
        )
    lines = lines_of(duty)
    due = {line.item.thing_id for line in lines if line.standing.is_owed}
    if words := not_read_words(duty.case_id) or stands_against(
        duty, lines, due, on=clock.today(), is_nil=not due
    ):
        more = " The papers of what was served are on the page of the duty." if is_later else ""
        raise NoPackYet(f"{duty.case}: {words}{more}")
    return facts_now(duty)


def _asked_for(duty: DisclosureDuty, serving_id: int | None) -> Serving | None:
    """Return the service whose papers are asked for; None for what waits to be served."""
    if serving_id:
        return duty.servings.filter(pk=serving_id).first()
    may_go = duty.stands in SERVED_OR_LATER - {DutyState.CLOSED}
    return None if may_go and owed(standings_of(duty)) else duty.servings.last()


def management_with(
    duty: DisclosureDuty, serving_id: int | None = None
) -> ManagementDocument | None:
    """Return the disclosure management document that goes, or went, with a service."""
    serving = _asked_for(duty, serving_id)
    return serving.management if serving else duty.documents.first()


def facts_now(duty: DisclosureDuty) -> PackFacts:
    """Return the facts of what waits to be served, as things stand at this moment."""
    return facts_of(duty, None, lines_of(duty, with_sensitive=False))


def facts_of(
    duty: DisclosureDuty, serving: Serving | None, lines: Collection[Line],
    *, by: datetime | None = None,
) -> PackFacts:  # fmt: skip
    """Return the facts of a service for which some items stand or stood.

    :param by: the moment at which they stood so; None for now
    """
    lines = [each for each in lines if each.form in OPEN_FORMS]
    things = _things(serving, lines)
    queried = queried_items(duty.case_id, by=by)
    is_first = (
        serving.kind != Serving.Kind.CONTINUING if serving else duty.stands not in SERVED_OR_LATER
    )
    answered_by = serving.served_at if serving else clock.now()
    renumbered = None if is_first else renumbered_since(duty, serving, lines)
    return PackFacts(
        area=duty.area.name,
        unit=duty.unit.name,
        urn=str(duty.case),
        defendant=str(duty.defendant),
        court=duty.get_court_display(),
        day=clock.day_of(serving.served_at) if serving else clock.today(),
        is_first=is_first,
        is_served=serving is not None,
        items=tuple(
            _item(
                line, line.item.thing_id in things, is_withheld=is_withheld(duty, line, queried),
                number_before=renumbered.numbers[line.item.pk] if renumbered else None,
            )
            for line in lines
        ),
        statement=statement_words_of(duty) if is_first else (),
        answers=() if is_first else answers_with(duty, things, answered_by, lines),
        numbered_on=renumbered.day if renumbered else None,
    )  # fmt: skip


def _things(serving: Serving | None, lines: Collection[Line]) -> set[int]:
    if serving is None:
        return {line.item.thing_id for line in lines if line.standing.is_owed}
    return set(serving.items.values_list("item", flat=True))


def is_withheld(duty: DisclosureDuty, line: Line, queried: Collection[int]) -> bool:
    """Say whether the words of an item stay out of a pack.

    What is held back may be what must not leave: somebody decides it, and a second person looks at
    it again and lets its words go, before they do. What is queried, for whichever defendant, waits
    until it is answered otherwise.

    :param queried: the items of the case that are queried
    """
    if line.is_served_so:
        return False
    if line.item.pk in queried:
        return True
    is_released = line.standing.is_decided and line.is_approved and duty.approved_at is not None
    return line.item.is_held_back and not is_released


def _item(
    line: Line, is_given: bool, *, is_withheld: bool, number_before: int | None
) -> PackItem:  # fmt: skip
    return PackItem(
        form=line.form,
        number=line.item.number,
        description=WITHHELD if is_withheld else line.item.description,
        code=Endorsed(line.endorsement.code) if line.endorsement else None,
        is_in_this_service=is_given,
        decide_by=line.standing.decide_by,
        number_before=number_before,
        given_before=line.served_before if line.is_renewed else None,
        given_so=line.served_as,
    )
