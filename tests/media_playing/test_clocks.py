"""What lies at a time of the player is what is hidden, cut out and heard at that time."""

import re

import pytest

from forthright.media_playing.cutting import BadCut, Of, clip, redact
from forthright.media_playing.deciding import Part, Verdict, decide
from forthright.media_playing.hiding import Blank, Mute, Span
from forthright.media_playing.making import make_playable
from forthright.media_playing.probing import probe
from forthright.media_playing.waveform import waveform_of
from tests.media_playing.serving import serving
from tests.media_playing.test_played import FRAME, browser
from tests.media_playing.videos import NOON

__all__ = ["browser"]
pytestmark = pytest.mark.slow  # copies are made, and a browser plays them
SHOWN_AT = """async ([address, times]) => {
  const video = document.querySelector("video");
  const shown = [];
  const first = new Promise((go) => video.requestVideoFrameCallback(go));
  video.src = address;
  await first;
  for (const time of times) {
    const comes = new Promise((go) => video.requestVideoFrameCallback(go));
    const sought = new Promise((go) => { video.onseeked = go; });
    video.currentTime = time;
    await comes;
    await sought;
    shown.push((FRAME)());
  }
  return [shown, video.duration];
}""".replace("FRAME", FRAME)
# The loudest pitch after a jump, as the second that it tells, and what the clock shows then.
HEARD_AT = """async ([address, time]) => {
  const sound = new Audio(address);
  const context = new AudioContext();
  const ear = new AnalyserNode(context, {fftSize: 32768, smoothingTimeConstant: 0});
  context.createMediaElementSource(sound).connect(ear).connect(context.destination);
  await new Promise((go) => { sound.onloadedmetadata = go; });
  sound.currentTime = time;
  await new Promise((go) => { sound.onseeked = go; });
  await sound.play();
  while (sound.currentTime < time + 1) await new Promise((go) => setTimeout(go, 10));
  const pitches = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(pitches);
  const until = sound.currentTime;
  sound.pause();
  const loudest = pitches.indexOf(Math.max(...pitches));
  const window = ear.fftSize / context.sampleRate;
  return [until - window / 2, (loudest / window - 300) / 10, sound.duration];
}"""
FILMS = ["numbered.mp4", "numbered from 5.mp4", "numbered from 10.mp4", "numbered.webm",
         "numbered from 5.webm", "numbered left out.mp4", "numbered left out.mov",
         "left out between frames.mp4"]  # fmt: skip


def played(corpus, name):
    """Return what a browser is given of a recording."""
    original = corpus(name)
    return original if decide(probe(original)).verdict is Verdict.PLAYS else corpus.copy(name)[0]


def shown_at(browser, path, times):
    """Return the numbers of the frames that a browser shows at times, and how long it lasts."""
    with serving({"film" + path.suffix: path, "other.mp4": path}) as (address, _):
        page = browser.new_page()
        page.goto(f"{address}/play/other.mp4")
        shown = page.evaluate(SHOWN_AT, [f"/film{path.suffix}", times])
        page.close()
    return shown


def heard_at(browser, path, time):
    with serving({"sound" + path.suffix: path}) as (address, _):
        page = browser.new_page()
        page.goto(f"{address}/play/sound{path.suffix}")
        heard = page.evaluate(HEARD_AT, [f"/sound{path.suffix}", time])
        page.close()
    return heard


@pytest.mark.parametrize("name", FILMS)
def test_the_clock_of_what_is_played_begins_at_0(browser, corpus, name):
    (first, later), seconds = shown_at(browser, played(corpus, name), [0.05, 0.45])

    assert later - first == 10
    assert seconds == pytest.approx(probe(corpus(name)).seconds, abs=0.05)


@pytest.mark.parametrize("name", FILMS)
def test_the_frames_that_are_seen_at_a_time_are_those_that_are_hidden(
    browser, corpus, tmp_path, name
):  # fmt: skip
    times, copy = [0.21, 0.25, 0.29, 0.33, 0.37], tmp_path / "copy.mp4"
    seen, _ = shown_at(browser, played(corpus, name), times)

    # From the clock of one frame to that of another, as a person has them who steps to each.
    redact(corpus(name), copy, [Blank(Span(0.25, 0.33))], at=NOON, reason="A face")

    assert seen == list(range(seen[0], seen[0] + 5))
    assert shown_at(browser, copy, times)[0] == [seen[0], 0, 0, 0, seen[4]]


@pytest.mark.parametrize("name", FILMS)
def test_the_frames_that_are_seen_in_a_time_are_those_of_its_clip(browser, corpus, tmp_path, name):
    copy = tmp_path / "clip.mp4"
    seen, _ = shown_at(browser, played(corpus, name), [0.21, 0.25, 0.29, 0.33])

    clip(corpus(name), copy, Span(0.21, 0.35), at=NOON, reason="The blow")

    assert shown_at(browser, copy, [0.01, 0.05, 0.09, 0.13])[0] == seen


@pytest.mark.parametrize("name", ["late camera.mkv", "late camera.ts"])
def test_a_camera_that_began_later_plays_from_0_to_its_end_and_is_hidden_by_that_clock(
    browser, corpus, tmp_path, name
):  # fmt: skip
    copy, hidden, cut = tmp_path / "copy.mp4", tmp_path / "hidden.mp4", tmp_path / "clip.mp4"
    second, times = Of(part=Part(1, None)), [0.05, 0.25, 0.33, 0.97]

    make_playable(corpus(name), copy, at=NOON, picture=1)
    redact(corpus(name), hidden, [Blank(Span(0.21, 0.29))], at=NOON, reason="A face", of=second)
    clip(corpus(name), cut, Span(0.21, 4), at=NOON, reason="The blow", of=second)

    seen, seconds = shown_at(browser, copy, times)
    assert seen == [1, 6, 8, 24]
    assert seconds == pytest.approx(1, abs=0.05)
    assert shown_at(browser, hidden, times)[0] == [1, 0, 8, 24]
    assert shown_at(browser, cut, [0.01, 0.09, 0.77])[0] == [5, 7, 24]


def test_a_camera_that_began_later_in_an_avi_is_seen_when_the_file_shows_it(
    browser, corpus, tmp_path
):
    copy, hidden = tmp_path / "copy.mp4", tmp_path / "hidden.mp4"
    second, times = Of(part=Part(1, None)), [1.0, 3.05, 3.25, 3.33, 3.97]

    make_playable(corpus("late camera.avi"), copy, at=NOON, picture=1)
    redact(
        corpus("late camera.avi"), hidden, [Blank(Span(3.21, 3.29))], at=NOON, reason="A face",
        of=second,
    )  # fmt: skip

    seen, seconds = shown_at(browser, copy, times)
    assert seen == [0, 1, 6, 8, 24]
    assert seconds == pytest.approx(4, abs=0.05)
    assert shown_at(browser, hidden, times)[0] == [0, 1, 0, 8, 24]


def test_what_lies_after_the_end_of_a_camera_that_began_later_is_refused(corpus, tmp_path):
    late = Of(part=Part(1, None))

    with pytest.raises(BadCut, match="before this part begins"):
        clip(
            corpus("late camera.mkv"), tmp_path / "c.mp4", Span(2, 3), at=NOON, reason="x", of=late
        )


@pytest.mark.parametrize(
    "name",
    ["rising.wav", "rising.mp3", "rising varying.mp3", "rising varying with a table.mp3",
     "rising.aac", "rising.flac", "rising.ogg", "rising.m4a"],
)  # fmt: skip
def test_what_is_heard_after_a_jump_lies_at_the_time_that_is_shown(browser, corpus, name):
    clock, heard, seconds = heard_at(browser, played(corpus, name), 29.3)

    assert heard == pytest.approx(clock, abs=0.4)
    assert seconds == pytest.approx(40, abs=0.1)


@pytest.mark.parametrize(
    "name", ["rising varying.mp3", "rising varying with a table.mp3", "rising.aac"]
)
def test_what_is_muted_lies_at_the_time_that_is_shown(browser, corpus, tmp_path, name):
    copy = tmp_path / "copy.mp4"

    redact(corpus(name), copy, [Mute(Span(30, 31))], at=NOON, reason="An address")

    peaks = waveform_of(copy, 0).peaks
    whole = "".join("x" if each > 0.1 else " " for each in peaks)
    found = re.search(r"(?<=x) +(?=x)", whole)
    assert [found.start() / 20, found.end() / 20] == pytest.approx([30, 31], abs=0.15)
    clock, heard, _ = heard_at(browser, copy, 32)
    assert heard == pytest.approx(clock, abs=0.4)
