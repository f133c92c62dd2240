"""Each step of a recording, and each time it was called otherwise, in their order."""

from datetime import datetime

from forthright.hard_media.models import ItemChange, MediaItem, MediaStep
from forthright.rules.media_states import MEDIA, MediaEvent


def every_step_of(item: MediaItem) -> list[tuple[MediaStep | ItemChange, str]]:
    """Return what happened to a recording, the first first, each step with its words.

    What it was called before is no step of it, and has none.
    """
    told: list[tuple[datetime, MediaStep | ItemChange, str]] = [
        *(
            (each.at, each, MEDIA.event_words[MediaEvent(each.event)])
            for each in item.steps.select_related("by")
        ),
        *((each.changed_at, each, "") for each in item.changes.select_related("changed_by")),
    ]
    return [(each, words) for _, each, words in sorted(told, key=lambda row: row[0])]
