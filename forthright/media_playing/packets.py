"""Reads ffprobe's list of the packets of a file, line by line as it comes."""

from collections.abc import Callable
from pathlib import Path

from forthright.media_playing.programs import GIB, Bounds, reading, run

BOUNDS = Bounds(seconds=600, memory=GIB)


def list_packets(
    path: Path, shows: str, take: Callable[[bytes], None], *how: str, bounds: Bounds = BOUNDS
) -> bool:
    """Hand on a line for each packet, and say whether all could be read.

    :param shows: what is told of each, by ffprobe's names with commas between them
    :param how: of which packets, as ffprobe is told; none: of all
    :raises Stopped: if it takes longer, or more memory, than it may
    """
    rest = b""

    def take_part(part: bytes) -> None:
        nonlocal rest
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            take(line)

    asked = [*how, "-show_entries", f"packet={shows}", "-of", "csv=p=0", *reading(path)]
    return not run("ffprobe", asked, bounds, take=take_part).status
