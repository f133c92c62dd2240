"""The kinds of material that are presumed to be disclosed: one list, for the check and the grid.

Code of Practice 2020, paragraph 6.6, as our notes give it; no full text could be read, so the kinds
are to be confirmed.
"""

import re

from forthright.rules.recordings_named import SOUND, recording_in
from forthright.rules.schedules.bundle import plain

# How far into a description it says what the thing is; after that it tells what is about it.
NAMED_WITHIN = 70

ANYWHERE = re.compile(
    r"\b(?:(?:999|101|112|emergency) (?:call|recording|tape|audio)s?"
    r"|(?:incident|storm|cad|command and control|control room) (?:\w+ )?(?:log|report|record)s?"
    r"|(?:crime|occurrence) (?:report|record)s?"
    r"|custody record|voluntary attendance"
    r"|(?:first|previous|initial) accounts?|account of the complainant"
    r"|previous convictions?|pre-?cons)\b"
)
# Words so common that they name the thing itself only where it begins.
AT_FIRST = re.compile(r"\b(?:pnb|pocket[- ]?(?:note)?[- ]?books?|notebooks?|interviews?)\b")
# Imagery of the incident in action; a log, a still or a request is not the recording.
IN_ACTION = re.compile(
    r".{0,120}?\b(?:incident|offence|assault|attack|fight|robbery|burglary|theft|stabbing"
    r"|disorder|collision|in action)\b",
    re.DOTALL,
)


def presumed_in(description: str) -> str:
    """Return the words by which a description is of a presumed kind; none where it is not."""
    words = plain(description)
    found = ANYWHERE.search(words) or AT_FIRST.search(words[:NAMED_WITHIN])
    if found is not None:
        return description[found.start() : found.end()]
    film = recording_in(description)
    if film is not None and film.kind == "CALL_999":
        return description[film.start : film.end]
    if film is None or SOUND.match(film.words):
        return ""
    action = IN_ACTION.match(words, film.start)
    return description[film.start : action.end()] if action else ""
