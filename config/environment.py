"""Reads yes-or-no settings from the environment."""

import os


def is_on(name: str, *, unless_said: bool = False) -> bool:
    """Return whether a yes-or-no setting is on; an empty one counts as not said."""
    said = os.environ.get(name, "").lower()
    return said in {"1", "true", "yes", "on"} if said else unless_said
