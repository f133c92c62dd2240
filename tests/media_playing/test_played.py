"""Recordings in a real browser: what is said to play plays, frame by frame and by keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from forthright.media_playing import making
from forthright.media_playing.deciding import Verdict, decide, parts_of
from forthright.media_playing.probing import probe
from scripts import debian
from tests.media_playing.serving import serving
from tests.media_playing.videos import FAST, H264, NOON, ffmpeg

pytestmark = pytest.mark.slow  # a browser is started, and plays
FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
FRAME = """() => {
  const video = document.querySelector("video");
  const canvas = new OffscreenCanvas(8, 8);
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 8, 8);
  return Math.round(context.getImageData(4, 4, 1, 1).data[0] / 9.31);
}"""
SAID_ELSE = "before => document.querySelector('[data-said]').textContent != before"
PLAYED = """async (address) => {
  const media = document.querySelector("video");
  media.muted = true;
  media.src = address;
  try { await media.play(); } catch (fault) { return [String(fault), 0]; }
  const end = Date.now() + 5000;
  while (media.currentTime < 0.3 && Date.now() < end) await new Promise((go) => setTimeout(go, 20));
  return [media.error ? media.error.message : "", media.currentTime];
}"""


@pytest.fixture(scope="module")
def browser():
    program = debian.browser()
    if not program:
        pytest.skip("there is no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # The driver keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = driver.chromium.launch(executable_path=str(program), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser, corpus):
    """Return what opens the page of a recording; `asked` is what was asked for of it."""
    leave = []

    def open_page(path, name="recording.mp4"):
        served = serving({name: path})
        address, asked = served.__enter__()
        page = browser.new_page()
        # A busy machine is slow, not wrong.
        page.set_default_timeout(90_000)
        leave.append((served, page))
        page.goto(f"{address}/play/{name}")
        page.asked = asked
        return page

    yield open_page
    for served, page in leave:
        page.close()
        served.__exit__(None, None, None)


def play_all(browser, paths):
    """Play recordings one after the other; return what went wrong, and how far each came."""
    named = {f"{place}{path.suffix}": path for place, path in enumerate(paths.values())}
    with serving(named) as (address, _):
        page = browser.new_page()
        page.goto(f"{address}/play/0.mp4")
        played = [page.evaluate(PLAYED, f"/{name}") for name in named]
        page.close()
    return dict(zip(paths, played, strict=True))


def loaded(page):
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    page.focus("video")
    return page


def test_what_is_said_to_play_as_it_is_plays(browser, corpus):
    names = ["plain.mp4", "index at the end.mp4", "rotated.mp4", "uneven.mp4", "vp8.webm",
             "sound.wav", "sound.mp3", "sound.m4a", "cover.m4a"]  # fmt: skip

    assert {decide(probe(corpus(name))).verdict for name in names} == {Verdict.PLAYS}
    played = play_all(browser, {name: corpus(name) for name in names})

    assert {name: words for name, (words, _) in played.items() if words} == {}
    assert all(at >= 0.3 for _, at in played.values()), played


def test_every_copy_of_the_corpus_plays(browser, corpus):
    names = ["h264.avi", "h264 with B-frames.avi", "h264.mkv", "h264.mov", "h264.ts", "h264.flv",
             "hevc.mp4", "mjpeg.avi", "mpeg4.avi", "interlaced.mpg", "h264 and G.711.mov",
             "h264 of ten bits.mp4", "uneven.mkv", "odd sides.avi", "very wide.avi",
             "two cameras.mkv", "999 call.wav", "sound.aac", "end missing.mp4",
             "end missing.mkv", "end missing.avi"]  # fmt: skip

    played = play_all(browser, {name: corpus.copy(name)[0] for name in names})

    assert {name: words for name, (words, _) in played.items() if words} == {}
    assert all(at >= 0.3 for _, at in played.values()), played


@pytest.mark.parametrize(
    ("name", "number"), [("two cameras.mkv", 3), ("many cameras.mkv", 12), ("two sounds.mka", 2)]
)
def test_each_camera_and_sound_of_a_file_with_several_plays(
    browser, corpus, tmp_path, name, number
):
    original, copies = corpus(name), {}
    for place, part in enumerate(parts_of(probe(original))):
        copies[part] = tmp_path / f"{place}.mp4"
        making.make_playable(
            original, copies[part], at=NOON, picture=part.picture or 0, sound=part.sound or 0
        )

    played = play_all(browser, copies)

    assert len(copies) == number
    assert {part: words for part, (words, _) in played.items() if words} == {}
    assert all(at >= 0.3 for _, at in played.values()), played


def test_what_is_said_not_to_play_as_it_is_does_not(browser, corpus):
    names = ["h264.avi", "mjpeg.avi", "h264.flv", "index missing.mp4", "text.mp4", "empty.mp4"]

    played = play_all(browser, {name: corpus(name) for name in names})

    assert Verdict.PLAYS not in {decide(probe(corpus(name))).verdict for name in names}
    assert {name: at for name, (words, at) in played.items() if not words} == {}


def test_what_does_not_play_says_so_on_the_page(opened, corpus):
    page = opened(corpus("text.mp4"))

    page.wait_for_selector("[data-trouble]", state="visible")

    assert "does not play in this browser" in page.inner_text("[data-trouble]")


def test_nothing_stands_in_the_way_of_people_who_use_other_means(opened, corpus):
    page = loaded(opened(corpus("plain.mp4")))

    found = Axe().run(page)

    assert [(each["id"], each["nodes"]) for each in found.response["violations"]] == []


def test_trouble_is_not_told_while_the_recording_plays(opened, corpus):
    page = loaded(opened(corpus("plain.mp4")))

    assert not page.is_visible("[data-trouble]")


def test_frame_by_frame_forward_and_back(opened, corpus):
    page = loaded(opened(corpus("numbered.mp4")))
    steps = [*[1] * 6, *[-1] * 3, *[1] * 2]

    seen = []
    for step in steps:
        page.keyboard.press("." if step > 0 else ",")
        page.wait_for_function(SAID_ELSE, arg=seen[-1][0] if seen else "")
        seen.append((page.inner_text("[data-said]"), page.evaluate(FRAME)))

    assert [frame for _, frame in seen] == [1, 2, 3, 4, 5, 6, 5, 4, 3, 4, 5]
    assert seen[0][0] == "0:00:00.040"


def test_a_frame_that_stands_still_is_one_step(opened, corpus):
    page = loaded(opened(corpus("numbered uneven.mp4")))
    page.evaluate("document.querySelector('[data-seek]').dataset.seek = '0.29'")
    page.click("[data-seek]")
    page.wait_for_function("document.querySelector('[data-said]').textContent == '0:00:00.280'")

    seen = [page.evaluate(FRAME)]
    for key, said in ((".", "0:00:00.400"), (".", "0:00:00.600"), (",", "0:00:00.400"),
                      (",", "0:00:00.280"), (",", "0:00:00.240")):  # fmt: skip
        page.keyboard.press(key)
        page.wait_for_function(f"document.querySelector('[data-said]').textContent == '{said}'")
        seen.append(page.evaluate(FRAME))

    assert seen == [7, 10, 15, 10, 7, 6]


def test_keys_pressed_quickly_are_each_a_frame(opened, corpus):
    page = loaded(opened(corpus("numbered.mp4")))

    for _ in range(5):
        page.keyboard.press(".")

    page.wait_for_function("document.querySelector('[data-said]').textContent == '0:00:00.200'")
    assert page.evaluate(FRAME) == 5


def test_a_mark_leads_to_its_moment(opened, corpus):
    page = loaded(opened(corpus("numbered.mp4")))

    page.click("[data-seek]")

    page.wait_for_function("document.querySelector('[data-said]').textContent == '0:00:00.480'")
    assert page.evaluate(FRAME) == 12
    assert page.evaluate("document.activeElement.tagName") == "VIDEO"


def test_a_moment_is_marked_with_a_key_and_sent_as_a_form(opened, corpus):
    page = loaded(opened(corpus("numbered.mp4")))
    page.click("[data-seek]")
    page.wait_for_function("document.querySelector('[data-said]').textContent == '0:00:00.480'")

    page.keyboard.press("m")
    page.keyboard.type("The man in [red], m.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/marked?**")

    assert page.url.endswith("/marked?at=0%3A00%3A00.480&note=The+man+in+%5Bred%5D%2C+m.")


def test_speed_by_keys_and_by_choice(opened, corpus):
    page = loaded(opened(corpus("plain.mp4")))
    rate = "document.querySelector('video').playbackRate"

    page.keyboard.press("]")
    assert (page.evaluate(rate), page.input_value("[data-speed]")) == (1.5, "1.5")
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert (page.evaluate(rate), page.inner_text("[data-said]")) == (0.5, "Speed 0.5")
    page.select_option("[data-speed]", "4")
    assert page.evaluate(rate) == 4


def test_a_key_outside_the_player_does_nothing(opened, corpus):
    page = loaded(opened(corpus("numbered.mp4")))
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press(".")
    page.keyboard.press("]")

    assert page.evaluate(FRAME) == 0
    assert page.evaluate("document.querySelector('video').playbackRate") == 1


@pytest.mark.parametrize("key", [" ", "k"])
def test_a_key_plays_and_pauses(opened, corpus, key):
    page = loaded(opened(corpus("plain.mp4")))

    page.keyboard.press(key)
    page.wait_for_function("document.querySelector('video').currentTime > 0.1")
    page.keyboard.press(key)

    assert page.evaluate("document.querySelector('video').paused")


def test_an_address_may_name_a_moment(opened, corpus):
    page = opened(corpus("numbered.mp4"))

    page.goto(f"{page.url}#t=0.5")
    page.reload()

    page.wait_for_function("document.querySelector('[data-time]').textContent == '0:00:00.480'")


def test_sound_alone_has_no_frames_to_step_by(opened, corpus):
    page = opened(corpus("sound.wav"), "recording.wav")
    page.wait_for_selector("[data-speed]", state="visible")

    assert [each.is_visible() for each in page.query_selector_all("[data-frames]")] == [
        False,
        False,
    ]


def test_without_script_the_browsers_own_player_and_the_form_are_there(browser, corpus):
    with serving({"recording.mp4": corpus("plain.mp4")}) as (address, _):
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/play/recording.mp4")

        assert page.is_visible("video[controls]")
        assert not page.is_visible("[data-with-script]")
        page.fill("#at", "0:00:01")
        page.click("text=Add the mark")
        page.wait_for_url("**/marked?at=0%3A00%3A01&note=")


def test_a_player_that_jumps_asks_for_a_part(opened, corpus, tmp_path):
    long = tmp_path / "long.mp4"
    ffmpeg("-f", "lavfi", "-i", "nullsrc=s=320x240:r=10:d=120,geq=random(1)*255:128:128",
           *H264, *FAST, long)  # fmt: skip
    page = loaded(opened(long))

    page.evaluate("document.querySelector('video').currentTime = 110")
    page.wait_for_function("!document.querySelector('video').seeking")

    later = [int(each.removeprefix("bytes=").split("-")[0]) for each in page.asked if each]
    assert max(later) > long.stat().st_size * 0.8
