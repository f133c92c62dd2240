"""What a pack is written from; nothing sensitive is read for it at all."""

from forthright.disclosure.models import DisclosureDuty, Serving
from forthright.disclosure.selectors.limits import steps_of
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState
from forthright.rules.disclosure_pack import PackFacts, PackItem
from forthright.rules.endorsements import Endorsed
from forthright.web import clock

OPEN_FORMS = {"MG6C", "SDC"}


class NoPackYet(ValueError):
    """Nothing was approved or served, so there is no pack; the message says what is missing."""


def pack_facts(duty: DisclosureDuty) -> PackFacts:
    """Return the facts of the newest service of a duty, or of the one that was approved.

    :raises NoPackYet: if nothing is approved
    """
    if duty.stands is not DutyState.APPROVED and duty.stands not in SERVED_OR_LATER:
        raise NoPackYet(
            f"{duty.case}: the duty is {duty.get_state_display().lower()}. A pack is made once it "
            "is approved."
        )
    serving = duty.servings.order_by("-served_at", "-pk").first()
    lines = [each for each in lines_of(duty, with_sensitive=False) if each.form in OPEN_FORMS]
    things = _things(serving, lines)
    statement = next((each for each in steps_of(duty) if each.key == "defence_statement"), None)
    return PackFacts(
        area=duty.area.name,
        unit=duty.unit.name,
        urn=str(duty.case),
        defendant=str(duty.defendant),
        court=duty.get_court_display(),
        day=clock.day_of(serving.served_at) if serving else clock.today(),
        is_first=serving is None or serving.kind != Serving.Kind.CONTINUING,
        items=tuple(_item(line, things) for line in lines),
        statement_due_on=statement.day if statement else None,
    )


def _things(serving: Serving | None, lines: list[Line]) -> set[int]:
    if serving is None:
        return {line.item.thing_id for line in lines if line.standing.is_owed}
    return set(serving.items.values_list("item", flat=True))


def _item(line: Line, things: set[int]) -> PackItem:
    return PackItem(
        form=line.form,
        number=line.item.number,
        description=line.item.description,
        code=Endorsed(line.endorsement.code) if line.endorsement else None,
        is_in_this_service=line.item.thing_id in things,
        decide_by=line.set_aside.decide_by if line.set_aside else None,
    )
