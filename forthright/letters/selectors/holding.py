"""Why a letter that waits to go may not go any more: asked again when it goes, not only before."""

from datetime import date

from forthright.letters.models import Dispatch, Letter
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.new_reasons import new_reasons_for
from forthright.letters.selectors.sending import dispatches_of, ways_out
from forthright.letters.selectors.which import Which
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty


def why_it_may_not_go(dispatch: Dispatch, today: date) -> str:
    """Say what has changed since somebody asked for it to go, or nothing if all still holds."""
    letter = Letter.objects.get(pk=dispatch.version.letter_id)
    letter.duty = Duty.objects.select_related(
        "area", "case", "unit", "person", "decision__defendant", "drafter", "rule_set"
    ).get(pk=dispatch.duty_id)
    if why := why_words_may_not_go(letter, dispatch.version_id):
        return why
    ways = ways_out(letter, today, [Way(dispatch.channel)])
    if not ways or ways[0].to_what != dispatch.to_what:
        return "The address was changed since."
    return " ".join(each.words for each in ways[0].locks)


def why_words_may_not_go(letter: Letter, version_id: int | None) -> str:
    """Say why a version of a letter may go by no way at all, or nothing if it may.

    Asked when somebody sends it and once more when it goes.
    """
    if letter.is_owed and letter.duty.state == Duty.State.NOT_REQUIRED:
        return "No letter is required here."
    if letter.given_up_at:
        return "This letter was ended: it is not needed."
    if version_id is None or letter.approved_version_id != version_id:
        return (
            "Nobody has approved the words as they stand: they are new, or were returned or "
            "changed. Have them approved first."
        )
    newer = new_reasons_for(letter)
    return newer.words if newer else why_unchecked(letter, version_id)


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
