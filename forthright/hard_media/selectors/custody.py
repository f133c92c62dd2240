"""What became of the copy of a recording that leaves: its steps, and the discs that it came on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import Area
from forthright.hard_media.models import Carrier, MediaItem, MediaStep
from forthright.hard_media.selectors.disc_moves import Step, lost_and_found, moves_of
from forthright.hard_media.selectors.discs import holding_secrets
from forthright.hard_media.selectors.named import may_name_somebody
from forthright.rules.media_history import BEGINS_ANEW
from forthright.rules.media_states import MEDIA, WAITED_FOR, MediaEvent
from forthright.rules.words import day_words

# What became of the bytes. Whether a recording was once sensitive, who viewed it and what was
# thought of it are for this side alone.
CUSTODY = (
    MediaEvent.RECEIVE_PHYSICAL,
    MediaEvent.RECEIVE_LINK,
    MediaEvent.UPLOAD,
    MediaEvent.STORE,
    MediaEvent.VERIFY,
    MediaEvent.MAKE_DERIVATIVE,
    MediaEvent.SHARE,
)
# With these it is said that a recording came with another disc than was recorded at first.
ON_ANOTHER = (MediaEvent.HERE_OTHERWISE, MediaEvent.UNTRIED_THERE, MediaEvent.HERE_AS_A_FILE)
ON_ANOTHER_WORDS = "recorded as received on a disc or stick"


@dataclass(frozen=True)
class DiscOfCopy:
    """A disc or stick that a copy came on: from whom on which day, and through whose hands.

    Of one that holds something sensitive as well, no name or place is said.
    """

    disc: Carrier
    came_from: str
    moves: tuple[Step, ...]

    @property
    def steps(self) -> list[Step]:
        """Return when it was recorded that it came, and each hand-over: what, when, and by whom."""
        giver = f", from {self.came_from}" if self.came_from else ""
        since = ", as put right since" if any(e.papers for e in self.disc.changes.all()) else ""
        came = f"{self.disc} came on {day_words(self.disc.received_on)}{giver}{since}"
        moved = [each._replace(words=f"{self.disc.barcode} {each.words}") for each in self.moves]
        disc = self.disc
        return [Step(came, disc.added_at, disc.added_by, f"disc/{disc.pk}"), *moved]


def discs_of_copies(items: Sequence[MediaItem], area: Area) -> dict[int, list[DiscOfCopy]]:
    """Return the discs that the present copy of each recording is on, by the recording.

    The steps, discs, hand-overs and what was put right of the recordings are read beforehand.
    """
    on = {each.pk: _discs_of(each) for each in items}
    every = {disc.pk for discs in on.values() for disc in discs}
    secret = holding_secrets(every, area)
    lost = lost_and_found(every)
    told = {
        disc.pk: DiscOfCopy(
            disc,
            "" if disc.pk in secret else disc.received_from,
            moves_of(disc, lost[disc.pk], is_secret=disc.pk in secret),
        )
        for discs in on.values()
        for disc in discs
    }
    return {pk: [told[each.pk] for each in discs] for pk, discs in on.items()}


def _discs_of(item: MediaItem) -> list[Carrier]:
    again = _last_asked(item)
    return [each.carrier for each in item.carried.all() if again is None or each.holds_since(again)]


def _last_asked(item: MediaItem) -> datetime | None:
    """Return when a recording was last asked for again, or None where it never was."""
    asked = [each.at for each in item.steps.all() if _asks_again(each)]
    return asked[-1] if asked else None


def _asks_again(step: MediaStep) -> bool:
    return step.event == MediaEvent.REQUEST and step.before not in WAITED_FOR


def steps_of(item: MediaItem, never_so: Collection[int]) -> list[Step]:
    """Return what became of the copy that is in the bag: what, when, and by whom.

    What a copy before went through is no part of it, nor that it came with a disc on which it was
    recorded by mistake. Where it came with another, the step that says so stands in that place.
    That its reference changed is told of every copy, since a bag of before has the other.
    """
    found: list[Step] = []
    is_undone, again = False, None
    for each in item.steps.all():
        event = MediaEvent(each.event)
        if _asks_again(each):
            again = each.at
        if event in BEGINS_ANEW:
            found, is_undone = [], False
        elif each.pk in never_so:
            is_undone = True
        elif event not in ON_ANOTHER:
            found.append(_as_step(MEDIA.event_words[event], each))
        elif is_undone and _was_on_another(item, again, each.at):
            found = [step for step in found if step.words != ON_ANOTHER_WORDS]
            found.append(_as_step(ON_ANOTHER_WORDS, each))
    return sorted([*found, *_renamings_of(item)], key=lambda step: step.at)


def _renamings_of(item: MediaItem) -> list[Step]:
    """Return each change of the exhibit reference of a recording: what, when, and by whom.

    What it was called before it had a reference may tell who or where somebody is, so it stays
    here, as former titles do.
    """
    return [
        Step(
            f"exhibit reference changed from {_as_told(each.old_exhibit)} to "
            f"{_as_told(each.new_exhibit)}",
            each.changed_at,
            each.changed_by,
            f"renamed/{each.pk}",
        )
        for each in item.changes.all()
        if each.old_exhibit
    ]


def _as_told(reference: str) -> str:
    return "words that are kept here" if may_name_somebody(reference) else reference


def _as_step(words: str, step: MediaStep) -> Step:
    return Step(words, step.at, step.by, f"step/{step.pk}")


def _was_on_another(item: MediaItem, again: datetime | None, at: datetime) -> bool:
    """Say whether a disc that a recording is on was said by a moment to hold it.

    :param again: when the recording was last asked for again; a disc of before holds another copy
    """
    return any(
        (each.ticked_at is None or each.ticked_at <= at)
        and (again is None or each.holds_since(again))
        for each in item.carried.all()
    )
