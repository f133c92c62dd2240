"""Which colours do not show on white paper."""

import re

# So light is each of red, green and blue of a colour that nobody reads on white, of 255.
PALE = 0xE8
_WRITTEN = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")


def is_pale(written: str | None) -> bool:
    """Say whether a colour is white or nearly so, by its red, green and blue: "FFFFFF".

    An opaqueness may stand before them, as Excel writes it; what is no colour is none.
    """
    found = _WRITTEN.fullmatch(written or "")
    return found is not None and all(int(part, 16) >= PALE for part in found.groups())
