"""What a sheet prints at the top and foot of each page, which stands in none of its cells."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from forthright.table_files import limits

# ECMA-376, part 1, 18.3.1.46: after the rows, a header and a footer for odd, even and first pages.
PRINTED = re.compile(
    rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)\b[^>]{0,100}>([^<]{1,2000})</", re.IGNORECASE
)
# Codes for a place, a font, a size, a colour and what a program fills in.
CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|\d+|[A-Z])", re.IGNORECASE)
# So much of one piece is read again with the next, so that no line is cut in two.
OVERLAP = 2500


def printed_in(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    """Yield "Header" or "Footer" with the words of each that a sheet has, each once."""
    seen: set[tuple[str, str]] = set()
    rest = b""
    with archive.open(path) as stream:
        while chunk := stream.read(limits.BLOCK_BYTES):
            rest += chunk
            for found in PRINTED.finditer(rest) if b"eader" in rest or b"ooter" in rest else ():
                codes = unescape(unescape(found[2].decode("utf-8", "replace")))
                each = found[1].decode().capitalize(), " ".join(CODES.sub(" ", codes).split())
                if each[1] and each not in seen:
                    seen.add(each)
                    yield each
            rest = rest[-OVERLAP:]
