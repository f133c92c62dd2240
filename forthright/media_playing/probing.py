"""Looks into a file with ffprobe and returns what it holds, with its faults in plain words."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from forthright.media_playing.counting import COUNTED, WITHOUT_TABLE, count, has_coarse_table
from forthright.media_playing.indexes import Structure, structure_of
from forthright.media_playing.joined import CLOCKED, clock_of
from forthright.media_playing.left_out import seconds_left_out
from forthright.media_playing.programs import GIB, Answer, Bounds, Stopped, reading, run
from forthright.media_playing.recording import IndexState, Kind, Recording, Stream

BOUNDS = Bounds(seconds=60, memory=GIB)
FRAMES_LOOKED_AT = 400  # of each picture, to tell whether its frame rate varies
MOST_CAMERAS, SOON = 4, 15  # whose frames are looked at, and seconds for each
NOT_LOOKED: tuple[list[float], bool] = ([], True)
KINDS = {"video": Kind.PICTURE, "audio": Kind.SOUND, "subtitle": Kind.TEXT}
LISTS = (b"#EXTM3U", b"ffconcat", b"<?xml", b"<MPD", b"[playlist]", b"v=0\r", b"v=0\n", b"[Ref")
NO_RECORDING = (
    "This is no recording that we can read. If it needs a player of its own, ask for that player "
    "or for the recording in a common kind of file (MP4)."
)
IS_LIST = (
    "This is a list that points to other files, not a recording. Ask for the files that it names."
)
# By their first bytes; office files and the like are archives too, and nobody unpacks those.
ARCHIVES = {
    b"PK\x03\x04": "ZIP", b"PK\x05\x06": "ZIP", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR",
}  # fmt: skip
OF_OFFICE = (b"[Content_Types].xml", b"_rels/", b"mimetype", b"docProps/", b"word/", b"xl/",
             b"ppt/", b"customXml/")  # fmt: skip
IS_ARCHIVE = (
    "This is an archive ({kind}), in which files are packed, and not a recording. The files in it "
    "are to be sent unpacked, each by itself."
)
MP4 = "mov"  # and QuickTime
COUNTS_FROM_0 = {MP4, "matroska"}  # whose length counts from 0, not from the first frame
APART = 0.1  # seconds: what encoders add at the ends of sound is less
LONGEST_WRITTEN = 64  # letters of what a file says of itself


def probe(path: Path, bounds: Bounds = BOUNDS) -> Recording:
    """Return what a file holds; one that is no recording comes back with faults and no streams.

    :raises OSError: if it cannot be read
    :raises ProgramMissing: if ffprobe is not on this machine
    """
    length = path.stat().st_size
    if length == 0:
        return Recording(0, faults=("The file is empty: it has no bytes at all.",))
    with path.open("rb") as file:
        head = file.read(512)
    if words := _by_how_it_begins(head):
        return Recording(length, faults=(words,))
    structure = structure_of(path)
    try:
        answer = _asked(path, bounds)
        found = json.loads(answer.out or b"{}")
        if not found.get("streams"):
            return _unreadable(length, structure)
        streams = _streams(path, found["streams"], bounds)
    except (Stopped, ValueError) as fault:
        words = str(fault) if isinstance(fault, Stopped) else "What is in it makes no sense."
        return Recording(length, faults=(f"It could not be looked into. {words}", NO_RECORDING))
    recording = _recording(length, found.get("format", {}), streams, structure)
    if recording.container == MP4:
        recording = replace(recording, left_out=seconds_left_out(path, bounds))
    return _timed(path, recording, pieces=structure.pieces)


def _by_how_it_begins(head: bytes) -> str:
    """Say that a file is a list or an archive, where it begins as one; nothing of any other."""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(LISTS):
        return IS_LIST
    if head[30:].startswith(OF_OFFICE):  # where the name of the first file of a ZIP stands
        return ""
    kinds = [kind for begins, kind in ARCHIVES.items() if head.startswith(begins)]
    return IS_ARCHIVE.format(kind=kinds[0]) if kinds else ""


def _asked(path: Path, bounds: Bounds) -> Answer:
    # Only what is used is asked for, so that a file cannot swamp us with what it says of itself.
    entries = (
        "format=format_name,format_long_name,start_time,duration:"
        "format_tags=creation_time,date,major_brand:"
        "stream=index,codec_name,codec_long_name,codec_type,profile,level,width,height,pix_fmt,"
        "field_order,has_b_frames,r_frame_rate,avg_frame_rate,duration,channels,sample_rate:"
        "stream_tags=creation_time,language,rotate,DURATION:stream_disposition=attached_pic:"
        "stream_side_data=rotation"
    )
    how = ["-max_probe_packets", "5000", "-show_entries", entries, "-of", "json"]
    return run("ffprobe", [*how, *reading(path)], bounds)


def _unreadable(length: int, structure: Structure) -> Recording:
    return Recording(
        length,
        brand=structure.brand,
        index=structure.index,
        missing_bytes=structure.missing_bytes,
        lacks_more=structure.lacks_more,
        faults=structure.faults or (NO_RECORDING,),
    )


def _recording(
    length: int, of_file: Mapping[str, Any], streams: tuple[Stream, ...], structure: Structure
) -> Recording:
    tags = of_file.get("tags", {})
    container, begins = str(of_file.get("format_name", "")).split(",")[0], _begins(of_file)
    lengths = [each.seconds for each in streams if each.seconds]
    found = Recording(
        length=length,
        container=container,
        container_words=_written(of_file.get("format_long_name")),
        brand=structure.brand or _written(tags.get("major_brand")),
        seconds=_lasts(container, of_file, begins) or max(lengths, default=None),
        begins=begins,
        created_as_written=_written(tags.get("creation_time") or tags.get("date")),
        missing_bytes=structure.missing_bytes,
        lacks_more=structure.lacks_more,
        index=structure.index if structure.brand or structure.index else IndexState.NOT_KNOWN,
        streams=streams,
    )
    return _with_faults(found, structure)


def _begins(of_file: Mapping[str, Any]) -> float:
    told = str(of_file.get("start_time"))
    return float(told) if re.fullmatch(r"-?\d+(\.\d+)?", told) else 0.0


def _lasts(container: str, of_file: Mapping[str, Any], begins: float) -> float | None:
    """Return how long a file lasts by what it says itself."""
    told = _seconds(of_file.get("duration"))
    if told and container in COUNTS_FROM_0 and 0 < begins < told:
        return round(told - begins, 6)
    return told


def _timed(path: Path, found: Recording, *, pieces: int) -> Recording:
    """Return sound with its length as counted, and with whether a player finds its moments.

    :param pieces: how many recordings its outer parts say stand in it
    """
    if pieces > 1:
        # What it says of its length is of the first of them.
        return replace(found, is_joined=True, seconds=None, told_seconds=found.seconds)
    if found.container in CLOCKED:
        return _all_pieces(path, found)
    if found.container not in COUNTED or found.pictures or len(found.sounds) != 1:
        return found
    try:
        counted = count(path, found.sounds[0].number)
    except Stopped:
        return replace(found, is_sought_by_guess=found.container in WITHOUT_TABLE)
    told, is_mp3 = found.seconds, found.container == "mp3"
    is_other = told is not None and abs(told - counted.seconds) > APART
    is_guessed = found.container in WITHOUT_TABLE and not counted.is_even
    return replace(
        found,
        seconds=counted.seconds,
        told_seconds=told if is_other else None,
        is_sought_by_guess=is_guessed or (is_mp3 and has_coarse_table(path)),
        is_joined=not counted.is_in_order,
    )


def _all_pieces(path: Path, found: Recording) -> Recording:
    """Return a recording whose clock is all it has with the length of all that was joined in it."""
    first = next(iter((*found.pictures, *found.sounds)), None)
    try:
        clock = clock_of(path, first.number) if first else None
    except Stopped:
        return found
    if clock is None or not clock.is_joined:
        return found
    return replace(found, seconds=clock.seconds, told_seconds=found.seconds, is_joined=True)


def _with_faults(found: Recording, structure: Structure) -> Recording:
    faults = list(structure.faults)
    if not found.pictures and not found.sounds:
        faults.append("It holds neither pictures nor sound.")
    elif not found.seconds:
        faults.append("Its length is not told; it is known once it was played through.")
    for stream in (*found.pictures, *found.sounds):
        if not stream.codec:
            faults.append(
                f"Stream {stream.number} ({stream.kind}) is packed in a way that is not known. It "
                "may need the player of whoever made it."
            )
    fields = {name: getattr(found, name) for name in Recording.__slots__}
    return Recording(**{**fields, "faults": tuple(faults)})


def _streams(path: Path, told: Sequence[Mapping[str, Any]], bounds: Bounds) -> tuple[Stream, ...]:
    """Return what each stream is; frames are looked at of the first cameras only."""
    streams, cameras = [], 0
    for each in told:
        is_cover = bool(each.get("disposition", {}).get("attached_pic"))
        is_camera = each.get("codec_type") == "video" and not is_cover
        cameras += is_camera
        gaps, has_times = NOT_LOOKED
        if is_camera and cameras <= MOST_CAMERAS:
            gaps, has_times = _gaps(path, int(each["index"]), bounds)
        streams.append(_stream(each, gaps, has_times=has_times, is_cover=is_cover))
    return tuple(streams)


def _stream(
    told: Mapping[str, Any], gaps: list[float], *, has_times: bool, is_cover: bool
) -> Stream:  # fmt: skip
    tags, number = told.get("tags", {}), int(told["index"])
    kind = KINDS.get(told.get("codec_type", ""), Kind.OTHER)
    codec = told.get("codec_name", "")
    rate = _rate(told.get("avg_frame_rate")) or _rate(told.get("r_frame_rate"))
    return Stream(
        number=number,
        kind=kind,
        codec="" if codec in {"unknown", "none"} else codec,
        codec_words=_written(told.get("codec_long_name")),
        profile=_written(told.get("profile")),
        level=int(told.get("level", 0) or 0),
        seconds=_seconds(told.get("duration")) or _seconds(tags.get("DURATION")),
        width=int(told.get("width", 0)),
        height=int(told.get("height", 0)),
        pixels=told.get("pix_fmt", ""),
        frame_rate=_frame_rate(gaps, rate),
        frame_rate_varies=_varies(gaps, rate),
        has_times=has_times or not told.get("has_b_frames"),
        shortest_gap=round(min(gaps), 6) if gaps else None,
        rotation=_rotation(told),
        is_interlaced=told.get("field_order", "") in {"tt", "bb", "tb", "bt"},
        is_cover=is_cover,
        channels=int(told.get("channels", 0)),
        samples_per_second=int(told.get("sample_rate", 0) or 0),
        language="" if tags.get("language") == "und" else _written(tags.get("language")),
    )


def _gaps(path: Path, number: int, bounds: Bounds) -> tuple[list[float], bool]:
    """Return the seconds between frames that follow each other, of the first few hundred.

    Beside it stands whether the file says of each when it is shown; AVI says only in which order
    frames are decoded.
    """
    how = ["-select_streams", str(number), "-read_intervals", f"%+#{FRAMES_LOOKED_AT}",
           "-show_entries", "packet=pts_time,dts_time", "-of", "csv=p=0"]  # fmt: skip
    try:
        within = replace(bounds, seconds=min(bounds.seconds, SOON))
        said = run("ffprobe", [*how, *reading(path)], within).out.decode(errors="replace")
    except Stopped:
        return NOT_LOOKED
    found = re.findall(r"^(?:N/A,)?(-?\d+\.\d+)", said, flags=re.MULTILINE)
    times = sorted(float(each) for each in found)
    # The last ones stand before frames that were not looked at, so their order is not known yet.
    times = times[:-8] if len(times) >= FRAMES_LOOKED_AT else times
    return [b - a for a, b in pairwise(times) if b - a > 0.000_5], "N/A," not in said


def _frame_rate(gaps: list[float], told: float | None) -> float | None:
    """Return how many frames a second there are; what the file says only where it can be true."""
    if not gaps or (told and abs(told * median(gaps) - 1) < 0.1):
        return told
    return round(1 / median(gaps), 3)


def _varies(gaps: list[float], told: float | None) -> bool:
    """Tell whether frames follow each other now sooner, now later, by more than a rounded clock."""
    if not gaps:
        return False
    usual = median(gaps)
    # A file may begin evenly: then it says that it has fewer frames than that would make.
    has_fewer = told is not None and told * usual < 0.9
    return has_fewer or any(abs(gap - usual) > max(0.1 * usual, 0.002) for gap in gaps)


def _rotation(told: Mapping[str, Any]) -> int:
    """Return by how many degrees clockwise it is turned to be shown."""
    for side in told.get("side_data_list", []):
        if "rotation" in side:
            return -int(side["rotation"]) % 360
    turned = told.get("tags", {}).get("rotate", "0")
    return int(turned) % 360 if re.fullmatch(r"-?\d{1,3}", turned) else 0


def _rate(written: str | None) -> float | None:
    found = re.fullmatch(r"(\d+)/(\d+)", written or "")
    if not found or int(found[1]) == 0 or int(found[2]) == 0:
        return None
    return round(int(found[1]) / int(found[2]), 3)


def _seconds(written: Any) -> float | None:
    """Return a length in seconds, written as a number or as hours, minutes and seconds."""
    parts = str(written or "").split(":")
    if len(parts) not in {1, 3} or not all(re.fullmatch(r"\d+(\.\d+)?", part) for part in parts):
        return None
    total = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
    return round(total, 6) or None


def _written(text: Any) -> str:
    """Return what a file says of itself, short and without letters that cannot be seen."""
    return "".join(letter for letter in str(text or "") if letter.isprintable())[:LONGEST_WRITTEN]
