"""Clips of a recording, and copies in which something is hidden; each proved by looking again."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from forthright.media_playing.besides import check_bare
from forthright.media_playing.deciding import Decision, How, Part, Verdict, decide
from forthright.media_playing.frame_times import frame_times, place_shown_at
from forthright.media_playing.hiding import (
    Hidden,
    Mute,
    Span,
    look_again,
    moved,
    picture_filter,
    sound_filter,
)
from forthright.media_playing.left_out import check_nothing_left_out
from forthright.media_playing.lineage import Lineage
from forthright.media_playing.making import (
    AAC,
    EVEN,
    H264,
    PLAIN,
    SMALLER,
    NotPlayable,
    Recipe,
    make,
)
from forthright.media_playing.part_clock import WITH_THE_FILE, PartClock, clock_of_part
from forthright.media_playing.probing import probe
from forthright.media_playing.proving import (
    NotProved,
    check_pictures,
    check_sound,
    compare,
    play_through,
)
from forthright.media_playing.recording import Recording

# Nothing but pictures and sound: x264 would carry closed captions and other data over from the
# pictures of the original, so that what is muted could still be read.
BARE = ["-a53cc", "0", "-udu_sei", "0"]
WHAT_COMES_FIRST = Part(0, 0)


@dataclass(frozen=True, slots=True)
class Of:
    """What a copy is made of.

    :param sha256: of the original, where it is known; `part`: which of several cameras or sounds
    """

    sha256: str = ""
    part: Part = WHAT_COMES_FIRST


FIRST = Of()


class BadCut(ValueError):
    """Nothing can be cut or hidden like this; the message says why."""


def clip(
    original: Path, into: Path, span: Span, *, at: datetime, reason: str, of: Of = FIRST,
) -> Lineage:  # fmt: skip
    """Make a copy of a part of a recording: from the frame shown at its start to its end.

    It is converted, since a copy of the frames as they are could begin only at every few seconds.

    :param of: of which of several cameras or sounds, and what the original comes to
    :raises BadCut: if there is no such part
    :raises NotPlayable: if nothing can be made of the recording
    :raises Stopped: if ffmpeg gives up
    :raises NotProved: if the clip is not what was asked for
    """
    found, decision, clock = _opened(original, of.part)
    _check_span(span, lasts := clock.lasts(found))
    start, expected = span.start, None
    if decision.picture_stream is not None:
        zero = _zero(decision, clock)
        times = frame_times(original, decision.picture_stream, span.end, zero=zero)
        first = place_shown_at(times, span.start)
        # A hair before the frame, so that a rounded clock does not leave it out.
        start = max(times[first] - 0.001, 0.0)
        expected = sum(1 for time in times[first:] if time < span.end - 0.001)

    def prove(_original: Path, copy: Path) -> dict[str, Any]:
        end = min(span.end, lasts or span.end)
        shown = _prove_clip(copy, end - start, expected, found)
        # With the picture that was on the screen then, so it may be before what was asked for.
        check_bare(copy)
        check_nothing_left_out(copy)
        return {**shown, "begins": round(start, 3), "besides": []}

    # Where there is no index to be sure of, all that comes before is decoded and thrown away.
    may_jump = found.container in {"mov", "matroska"}
    # A jump is by the clock of the file, and what follows begins at 0.
    jump = ["-ss", f"{start + clock.late:.6f}"] if may_jump else clock.moved
    before = [*_own_clock(found, decision), *jump]
    begins = 0.0 if may_jump else start
    sides = [SMALLER, EVEN] if decision.is_made_smaller else [EVEN]
    frames = f":end_frame={expected}" if may_jump else f":end={span.end:.6f}"
    # Both keep their distance: sound may begin later than the pictures do.
    earlier = f"setpts=PTS-{begins:.6f}/TB"
    picture = ",".join([f"trim=start={begins:.6f}{frames}", earlier, *sides])
    sound = f"atrim=start={begins:.6f}:end={begins + span.end - start:.6f},a{earlier}"
    how = [*_streams(decision, picture, sound), *PLAIN]
    return make(original, into, Recipe("clip", reason, how, prove, before), at=at, sha256=of.sha256)


def redact(
    original: Path, into: Path, hidden: Sequence[Hidden], *, at: datetime, reason: str,
    of: Of = FIRST,
) -> Lineage:  # fmt: skip
    """Make a copy in which parts of the picture or of the sound are hidden for good.

    :param of: of which of several cameras or sounds, and what the original comes to
    :raises BadCut: if something cannot be hidden like this
    :raises NotPlayable: if nothing can be made of the recording
    :raises Stopped: if ffmpeg gives up
    :raises NotProved: if something is still to be seen or heard in the copy
    """
    found, decision, clock = _opened(original, of.part)
    if not hidden:
        raise BadCut("Say what is to be hidden.")
    if decision.is_made_smaller:
        raise BadCut("Its pictures are very large. Make a copy that plays first, and hide in that.")
    for each in hidden:
        _check_span(each.span, clock.lasts(found))
        _check_can_hide(each, decision)
    of_picture: list[Hidden] = [each for each in hidden if not isinstance(each, Mute)]
    seen = _snapped(original, decision, clock, of_picture)
    muted = [each for each in hidden if isinstance(each, Mute)]
    shown = next((s for s in found.streams if s.number == decision.picture_stream), None)
    how = [*_streams(decision, picture_filter(seen, shown), sound_filter(muted)), *PLAIN]

    def prove(one: Path, copy: Path) -> dict[str, Any]:
        compared = _compared(one, copy, decision)
        looked = [look_again(copy, each, shown) for each in (*seen, *muted)]
        check_bare(copy)
        check_nothing_left_out(copy)
        return {**compared, "hidden": looked, "besides": []}

    before = [*_own_clock(found, decision), *clock.moved]
    recipe = Recipe("redact", reason, how, prove, before)
    return make(original, into, recipe, at=at, sha256=of.sha256)


def _compared(original: Path, copy: Path, decision: Decision) -> dict[str, Any]:
    """Return how many frames a copy has, where it shows and plays what its original does.

    :raises NotProved: if it does not
    """
    compared: dict[str, Any] = {}
    if decision.picture_stream is not None:
        pictures = compare(original, decision.picture_stream, copy, 0, stay=False)
        check_pictures(pictures, stay=False)
        compared["frames"] = pictures.count_after
    if decision.sound_stream is not None:
        place = int(decision.picture_stream is not None)
        sound = compare(original, decision.sound_stream, copy, place, stay=False)
        check_sound(sound, stay=False)
    return compared


def _opened(original: Path, part: Part) -> tuple[Recording, Decision, PartClock]:
    found = probe(original)
    decision = decide(found, picture=part.picture or 0, sound=part.sound or 0)
    if decision.verdict is Verdict.NOT_PLAYABLE:
        raise NotPlayable(" ".join(decision.reasons))
    if found.is_joined:
        raise BadCut(
            "It is several recordings joined, and its own clock begins anew in it. Cut or hide in "
            "the copy of it that plays."
        )
    if decision.verdict is Verdict.PLAYS:
        return found, decision, WITH_THE_FILE
    return found, decision, clock_of_part(original, found, decision)


def _zero(decision: Decision, clock: PartClock) -> float | None:
    """Return when the clock that was seen is 0, by the clock of the file; None: when it begins.

    A file that plays as it is shows its own clock, on which a hair of sound may come before 0. A
    copy that plays in its place begins at 0, with whichever camera or sound of the file it is of.
    """
    return 0.0 if decision.verdict is Verdict.PLAYS else clock.in_file


def _own_clock(found: Recording, decision: Decision) -> list[str]:
    """Return what keeps ffmpeg from beginning its clock where the file begins, where that is."""
    # It takes off when the file begins, so that is put on again.
    is_moved = decision.verdict is Verdict.PLAYS and found.begins
    return ["-itsoffset", f"{found.begins:.6f}"] if is_moved else []


def _check_span(span: Span, lasts: float | None) -> None:
    if not (math.isfinite(span.start) and math.isfinite(span.end) and 0 <= span.start < span.end):
        raise BadCut("A part begins at 0 seconds or later, and ends after it begins.")
    if lasts and span.start >= lasts:
        raise BadCut(f"The recording ends at {lasts:.1f} seconds, before this part begins.")


def _check_can_hide(each: Hidden, decision: Decision) -> None:
    if isinstance(each, Mute):
        if decision.sound is How.NONE:
            raise BadCut("The recording has no sound that could be muted.")
        return
    if decision.pictures is How.NONE:
        raise BadCut("The recording has no picture in which anything could be hidden.")
    box = each.box
    sides = (box.left, box.top, box.width, box.height)
    is_inside = box.left + box.width <= 1.000_1 and box.top + box.height <= 1.000_1
    if not is_inside or min(sides) < 0 or min(box.width, box.height) <= 0:
        raise BadCut("What is hidden lies inside the picture and has a width and a height.")


def _snapped(
    original: Path, decision: Decision, clock: PartClock, seen: list[Hidden]
) -> list[Hidden]:  # fmt: skip
    """Return what is hidden from the frame on that is on the screen when it begins."""
    if not seen or decision.picture_stream is None:
        return []
    end = max(each.span.end for each in seen)
    zero = _zero(decision, clock)
    times = frame_times(original, decision.picture_stream, end, zero=zero)
    snapped: list[Hidden] = []
    for each in seen:
        start = max(times[place_shown_at(times, each.span.start)] - 0.001, 0.0)
        snapped.append(moved(each, Span(start, each.span.end + 0.001)))
    return snapped


def _streams(decision: Decision, picture_filter: str, sound_filter: str) -> list[str]:
    """Return what is taken of the original and how it is converted."""
    how: list[str] = []
    if decision.picture_stream is not None:
        how += ["-map", f"0:{decision.picture_stream}", *H264, *BARE, "-vf", picture_filter]
    if decision.sound_stream is not None:
        how += ["-map", f"0:{decision.sound_stream}", *AAC]
        how += ["-af", sound_filter] if sound_filter else []
    return how


def _prove_clip(
    copy: Path, seconds: float, expected: int | None, found: Recording
) -> dict[str, Any]:  # fmt: skip
    """Return how long a clip is and how many frames it has, where they are what was asked for."""
    made = probe(copy)
    wanted = min(seconds, found.seconds or seconds)
    if made.seconds is None or abs(made.seconds - wanted) > max(0.25, 2 / _beat(found)):
        raise NotProved(f"The clip lasts {made.seconds or 0:.2f} seconds, not {wanted:.2f}.")
    shown: dict[str, Any] = {"seconds": made.seconds}
    if expected is not None:
        shown["frames"] = play_through(copy, 0).count
        if shown["frames"] != expected:
            raise NotProved(f"The clip has {shown['frames']} frames, not {expected}.")
    return shown


def _beat(found: Recording) -> float:
    """Return how many frames a second there are at least."""
    rates = [each.frame_rate for each in found.pictures if each.frame_rate]
    return min(rates, default=25.0)
