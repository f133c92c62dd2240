"""Each step of a recording, each time it was called otherwise, and each bag that it left in."""

from datetime import datetime

from forthright.hard_media.models import Bagged, ItemChange, MediaItem, MediaStep
from forthright.hard_media.selectors.bags import bagged_of
from forthright.rules.media_states import MEDIA, MediaEvent


def every_step_of(item: MediaItem) -> list[tuple[MediaStep | ItemChange | Bagged, str]]:
    """Return what happened to a recording, the first first, each step with its words.

    What it was called before is no step of it, and has none; neither has a bag that it left in.
    """
    told: list[tuple[datetime, MediaStep | ItemChange | Bagged, str]] = [
        *(
            (each.at, each, MEDIA.event_words[MediaEvent(each.event)])
            for each in item.steps.select_related("by")
        ),
        *((each.changed_at, each, "") for each in item.changes.select_related("changed_by")),
        *((each.bag.at, each, "") for each in bagged_of(item)),
    ]
    return [(each, words) for _, each, words in sorted(told, key=lambda row: row[0])]
