"""Makes copies of recordings: written beside, proved, and only then given their name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from forthright.media_files.reading import digests_of
from forthright.media_playing import half_made, lineage
from forthright.media_playing.deciding import Decision, How, Verdict, decide
from forthright.media_playing.lineage import COPY, ORIGINAL, Lineage
from forthright.media_playing.part_clock import WITH_THE_FILE, PartClock, clock_of_part
from forthright.media_playing.probing import probe
from forthright.media_playing.programs import GIB, Bounds, Stopped, decoding, run, version
from forthright.media_playing.proving import (
    LONGEST,
    NotProved,
    Proof,
    check_all_there,
    check_pictures,
    check_sound,
    check_together,
    compare,
)
from forthright.media_playing.recording import Recording

MEMORY = 6 * GIB
ROOM = 64 * GIB  # bytes that a copy may have at most
SMALLER = "scale=w=1920:h=1920:force_original_aspect_ratio=decrease"
EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2"  # H.264 in these colours needs even sides
# The copy says nothing of its own: places, names and devices stay in the original.
PLAIN = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
         "-movflags", "+faststart", "-f", "mp4"]  # fmt: skip
H264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p",
        "-fps_mode", "passthrough", "-enc_time_base", "-1", "-threads", "2"]  # fmt: skip
AAC = ["-c:a", "aac", "-b:a", "128k"]

ASK_APART = "Ask for each of the recordings that it was joined of, in a file of its own."


class NotPlayable(Exception):
    """Nothing can be made of a file that plays; the message says why."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a copy is made: what is typed between the names of the original and of the copy.

    :param prove: compares the original, named first, with the copy; raises NotProved; returns
        what was shown
    """

    operation: str
    reason: str
    how: Sequence[str]
    prove: Callable[[Path, Path], dict[str, Any]]
    before: Sequence[str] = ()


def make(original: Path, into: Path, recipe: Recipe, *, at: datetime, sha256: str = "") -> Lineage:
    """Make a copy by a recipe; it is there whole and proved, with its lineage, or not at all.

    :param sha256: of the original, where it is known; else it is read through once more
    :raises AlreadyThere: if there is a file of that name
    :raises Stopped: if ffmpeg gives up
    :raises NotProved: if the copy does not show what it should
    """
    within = Bounds(seconds=LONGEST, memory=MEMORY, file=ROOM)
    with half_made.half_made(into) as place:
        answer = run("ffmpeg", [*_typed(original, recipe), f"file:{place.absolute()}"], within)
        if answer.status:
            words = answer.complaints.splitlines()
            raise Stopped(f"The copy could not be made. {words[-1] if words else ''}".strip())
        shown = recipe.prove(original, place)
        found, length = digests_of(place)
        made = Lineage(
            recipe.operation,
            recipe.reason,
            at,
            sha256 or digests_of(original)[0].sha256,
            original.stat().st_size,
            ("ffmpeg", *_typed(Path(ORIGINAL), recipe), COPY),
            version(),
            found.sha256,
            length,
            shown,
        )
        lineage.write_beside(into, made)
        half_made.give_name(place, into)
    return made


def _typed(original: Path, recipe: Recipe) -> list[str]:
    named = decoding(original, *recipe.before)
    if original == Path(ORIGINAL):
        named[-1] = ORIGINAL
    return [*named, *recipe.how]


def make_playable(
    original: Path, into: Path, *, at: datetime, sha256: str = "", picture: int = 0, sound: int = 0
) -> Lineage:
    """Make a copy that plays in every browser: the same frames if that can be, else converted.

    :param picture: which of several cameras, from 0; `sound`: which of several sounds
    :raises NotPlayable: if nothing can be made of it
    :raises AlreadyThere: if there is a file of that name
    :raises Stopped: if ffmpeg gives up
    :raises NotProved: if the copy does not show what the original shows
    """
    found = probe(original)
    decision = decide(found, picture=picture, sound=sound)
    if decision.verdict is Verdict.NOT_PLAYABLE:
        raise NotPlayable(" ".join(decision.reasons))
    known = sha256 or digests_of(original)[0].sha256
    clock = clock_of_part(original, found, decision)
    if How.CONVERT not in {decision.pictures, decision.sound}:
        try:
            return make(original, into, recipe_of(decision, found, clock), at=at, sha256=known)
        except (NotProved, Stopped) as refusal:
            decision = _converted(decision, str(refusal))
    return make(original, into, recipe_of(decision, found, clock), at=at, sha256=known)


def _converted(decision: Decision, why: str) -> Decision:
    """Return a decision to convert, once a copy with the same frames was tried in vain."""

    def converted(how: How) -> How:
        return How.NONE if how is How.NONE else How.CONVERT

    return Decision(
        Verdict.TRANSCODE,
        (*decision.reasons, f"A copy with the same frames was tried first: {why}"),
        converted(decision.pictures),
        converted(decision.sound),
        decision.picture_stream,
        decision.sound_stream,
        is_made_smaller=decision.is_made_smaller,
    )


def recipe_of(
    decision: Decision, found: Recording, clock: PartClock = WITH_THE_FILE
) -> Recipe:  # fmt: skip
    """Return how a copy is made that plays, as it was decided.

    :param clock: where what is shown and heard begins
    """
    how: list[str] = []
    if decision.picture_stream is not None:
        how += ["-map", f"0:{decision.picture_stream}", *_pictures(decision)]
    if decision.sound_stream is not None:
        how += ["-map", f"0:{decision.sound_stream}"]
        how += ["-c:a", "copy"] if decision.sound is How.COPY else AAC
    is_same = How.CONVERT not in {decision.pictures, decision.sound}

    def prove(original: Path, copy: Path) -> dict[str, Any]:
        if not found.is_joined:
            return prove_same(original, copy, decision).as_table()
        try:
            proof = prove_same(original, copy, decision, is_joined=True)
            # Of several joined each sound may be there, and yet at the times of the first.
            check_all_there(found.seconds or 0, probe(copy).seconds or 0)
        except NotProved as refusal:
            raise NotProved(f"{refusal} {ASK_APART}") from refusal
        return {**proof.as_table(), "is_joined": True}

    return Recipe(
        "remux" if is_same else "transcode", " ".join(decision.reasons), [*how, *PLAIN], prove,
        clock.moved,
    )  # fmt: skip


def _pictures(decision: Decision) -> list[str]:
    if decision.pictures is How.COPY:
        return ["-c:v", "copy"]
    return [*H264, "-vf", f"{SMALLER},{EVEN}" if decision.is_made_smaller else EVEN]


def prove_same(
    original: Path, copy: Path, decision: Decision, *, is_joined: bool = False
) -> Proof:  # fmt: skip
    """Return what a copy and its original come to, played through, where the copy is a true one.

    :param is_joined: whether the original is several joined, so that the copy has its own clock
    :raises NotProved: if it is not
    :raises Stopped: if one of them cannot be played through
    """
    pictures, sound = None, None
    if decision.picture_stream is not None:
        stay = decision.pictures is How.COPY
        pictures = compare(
            original, decision.picture_stream, copy, 0, stay=stay, is_joined=is_joined
        )
        check_pictures(pictures, stay=stay)
    if decision.sound_stream is not None:
        stay, place = decision.sound is How.COPY, int(pictures is not None)
        sound = compare(original, decision.sound_stream, copy, place, stay=stay)
        check_sound(sound, stay=stay)
    if pictures and sound:
        check_together(pictures, sound)
    return Proof(pictures, sound)
