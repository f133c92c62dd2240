"""Why a letter that waits to go may not go any more: asked again when it goes, not only before."""

from datetime import date

from forthright.letters.models import Dispatch, Letter
from forthright.letters.selectors.sending import dispatches_of, ways_out
from forthright.letters.selectors.which import Which
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty


def why_it_may_not_go(dispatch: Dispatch, today: date) -> str:
    """Say what has changed since somebody asked for it to go, or nothing if all still holds."""
    letter = Letter.objects.get(pk=dispatch.version.letter_id)
    letter.duty = duty = Duty.objects.select_related(
        "area", "case", "unit", "person", "decision__defendant", "drafter", "rule_set"
    ).get(pk=dispatch.duty_id)
    if letter.is_owed and duty.state == Duty.State.NOT_REQUIRED:
        return "It was recorded since that no letter is required."
    if letter.given_up_at:
        return "The letter was ended since: it is not needed."
    if letter.approved_version_id != dispatch.version_id:
        return "The letter was returned or changed since, so its words are not approved."
    ways = ways_out(letter, today, [Way(dispatch.channel)])
    if not ways or ways[0].to_what != dispatch.to_what:
        return "The address was changed since."
    return " ".join(each.words for each in ways[0].locks)


def held_words(dispatch: Dispatch, today: date) -> str:
    """Say why a dispatch was held back, or would be if it went now; nothing if it may go."""
    if dispatch.state == Dispatch.State.CANCELLED:
        event = dispatch.events.last()
        return event.detail if event else "Called off."
    return why_it_may_not_go(dispatch, today) if dispatch.state == Dispatch.State.ASKED else ""


def held_back_because(which: Which, today: date) -> str:
    """Say why the newest dispatch of a letter was held back, or nothing if it was not."""
    newest = dispatches_of(which).first()
    if newest is None or newest.state != Dispatch.State.CANCELLED:
        return ""
    return held_words(newest, today)
