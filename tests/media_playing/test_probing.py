"""What is found in a file, how a hostile one is held, and what `forthright media probe` prints."""

import http.server
import json
import re
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from forthright.media_playing import programs
from forthright.media_playing.indexes import structure_of
from forthright.media_playing.probing import BOUNDS, probe
from forthright.media_playing.programs import Bounds, ProgramMissing, Stopped
from forthright.media_playing.recording import IndexState, Kind
from tests.guards.tree import HOUSE
from tests.media_playing.processes import processes_with


def test_what_a_plain_recording_holds(corpus):
    found = probe(corpus("dated.mp4"))

    picture, sound = found.streams
    assert (found.container, found.brand, found.seconds) == ("mov", "isom", 1.0)
    assert found.created_as_written == "2026-03-02T21:14:05.000000Z"
    assert (picture.kind, picture.codec, picture.width, picture.height) == (
        Kind.PICTURE, "h264", 160, 120,
    )  # fmt: skip
    assert (picture.frame_rate, picture.frame_rate_varies, picture.rotation) == (25.0, False, 0)
    assert (sound.kind, sound.codec, sound.channels, sound.samples_per_second) == (
        Kind.SOUND, "aac", 1, 44100,
    )  # fmt: skip
    assert found.faults == ()


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("plain.mp4", IndexState.PRESENT),
        ("index at the end.mp4", IndexState.AT_THE_END),
        ("index missing.mp4", IndexState.MISSING),
        ("h264.avi", IndexState.PRESENT),
        ("end missing.avi", IndexState.MISSING),
        ("h264.mkv", IndexState.PRESENT),
        ("end missing.mkv", IndexState.MISSING),
        ("h264.ts", IndexState.NOT_KNOWN),
        ("text.mp4", IndexState.NOT_KNOWN),
    ],
)
def test_whether_the_index_is_there(corpus, name, index):
    assert structure_of(corpus(name)).index is index
    assert probe(corpus(name)).index is index


@pytest.mark.parametrize(
    ("name", "cut_in", "words"),
    [
        # The index that came after it is lost, too, and nothing says how long it was.
        ("index at the end.mp4", b"mdat", "Its end is missing: at least 300 bytes were not"),
        ("index at the end.mp4", b"moov", "Its end is missing: 300 bytes were not copied."),
        ("plain.mp4", b"mdat", "Its end is missing: 300 bytes were not copied."),
        # The pictures that came after its index are lost, too.
        ("plain.mp4", b"moov", "Its end is missing: at least 300 bytes were not copied."),
        # So are the fragments after the one that broke.
        ("fragments.mp4", b"mdat", "Its end is missing: at least 300 bytes were not copied."),
    ],
)
def test_how_many_bytes_an_mp4_lacks_is_said_as_far_as_it_is_known(
    corpus, tmp_path, name, cut_in, words
):
    whole = corpus(name).read_bytes()
    start = whole.index(cut_in) - 4
    end = start + int.from_bytes(whole[start : start + 4])
    (tmp_path / "cut.mp4").write_bytes(whole[: end - 300])

    assert any(words in each for each in structure_of(tmp_path / "cut.mp4").faults)


@pytest.mark.parametrize("name", ["sound.wav", "sound of RF64.wav"])
def test_a_wav_that_is_shorter_than_its_head_says_lacks_its_end(corpus, tmp_path, name):
    whole = corpus(name).read_bytes()
    (tmp_path / "cut.wav").write_bytes(whole[:-20_000])

    assert structure_of(corpus(name)).faults == ()
    lacks = "Its end is missing: 20,000 bytes were not copied."
    assert lacks in probe(tmp_path / "cut.wav").faults


@pytest.mark.parametrize("length", [0, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 88_244])
def test_of_a_wav_that_does_not_know_its_length_nothing_is_said_to_be_missing(
    corpus, tmp_path, length
):
    # The last counts the head as if it were sound, as some programs do.
    whole = bytearray(corpus("sound.wav").read_bytes())
    of_sound = whole.index(b"data") + 4
    whole[4:8] = whole[of_sound : of_sound + 4] = length.to_bytes(4, "little")
    (tmp_path / "streamed.wav").write_bytes(whole)

    assert structure_of(tmp_path / "streamed.wav").faults == ()


@pytest.mark.parametrize(
    "behind", [b"TAG" + b"A song" * 20, b"\xff" * 4096, b"A note of the maker"]
)
def test_of_a_whole_wav_with_something_behind_its_sound_nothing_is_said_to_be_missing(
    corpus, tmp_path, behind
):
    (tmp_path / "tagged.wav").write_bytes(corpus("sound.wav").read_bytes() + behind)

    assert structure_of(tmp_path / "tagged.wav").faults == ()


def chunk(name, *content):
    joined = b"".join(content)
    return name + len(joined).to_bytes(4, "little") + joined


def an_avi_in_parts(*lengths):
    """Return an AVI (OpenDML) of parts with so many bytes of pictures, and where each part ends."""

    def written(places):
        entries = [p.to_bytes(8, "little") + (40).to_bytes(4, "little") + bytes(4) for p in places]
        count = len(lengths).to_bytes(4, "little")
        index = chunk(b"indx", b"\4\0\0\0", count, b"00dc", bytes(12), *entries)
        parts = []
        for number, length in enumerate(lengths):
            first = [] if number else [chunk(b"LIST", b"hdrl", chunk(b"LIST", b"strl", index))]
            old = [] if number else [chunk(b"idx1", bytes(16))]
            pictures = chunk(b"LIST", b"movi", chunk(b"00dc", bytes(length)))
            each = [*first, pictures, chunk(b"ix00", bytes(32)), *old]
            parts.append(chunk(b"RIFF", b"AVIX" if number else b"AVI ", *each))
        return b"".join(parts)

    places = [0] * len(lengths)
    blank = written(places)
    places = [each.start() for each in re.finditer(b"ix00", blank)]
    ends = [each.start() for each in re.finditer(b"RIFF", blank)][1:]
    return written(places), [*ends, len(blank)]


@pytest.mark.parametrize(
    ("keeps_parts", "more", "words"),
    [
        (3, 0, ()),
        (3, -700, ("Its end is missing: 700 bytes were not copied.",)),
        # Parts of which the index tells were not copied at all.
        (2, 0, ("Its end is missing: at least {} bytes were not copied.",)),
        (2, -700, ("Its end is missing: at least {} bytes were not copied.",)),
        (1, -700, ("Its end is missing: at least {} bytes were not copied.",)),
    ],
)
def test_an_avi_of_several_parts_is_looked_through_to_its_end(tmp_path, keeps_parts, more, words):
    whole, ends = an_avi_in_parts(1_000, 2_000, 3_000)
    kept = ends[keeps_parts - 1] + more
    (tmp_path / "long.avi").write_bytes(whole[:kept])

    found = structure_of(tmp_path / "long.avi").faults

    assert found == tuple(each.format(f"{len(whole) - kept:,}") for each in words)


@pytest.mark.parametrize("name", ["uneven.mp4", "uneven.mkv"])
def test_frames_that_come_now_sooner_now_later_are_told(corpus, name):
    picture = probe(corpus(name)).pictures[0]

    assert picture.frame_rate_varies
    assert picture.shortest_gap == pytest.approx(0.04, abs=0.001)


@pytest.mark.parametrize("name", ["plain.mp4", "h264.mkv", "h264.ts", "mjpeg.avi", "vp8.webm"])
def test_frames_that_keep_a_beat_are_not_told_as_uneven(corpus, name):
    picture = probe(corpus(name)).pictures[0]

    assert not picture.frame_rate_varies
    assert picture.frame_rate == pytest.approx(25, abs=0.1)


def test_a_picture_that_is_turned_says_how_far(corpus):
    assert probe(corpus("rotated.mp4")).pictures[0].rotation in {90, 270}


def test_a_file_of_very_many_cameras_is_looked_into_as_quickly(corpus):
    found = probe(corpus("many cameras.mkv"))

    assert len(found.pictures) == 12
    assert [each.shortest_gap is None for each in found.pictures] == [*[False] * 4, *[True] * 8]


def test_without_ffmpeg_the_line_to_type_is_said(corpus, tmp_path, monkeypatch):
    path = corpus("plain.mp4")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing, match="types: apt-get install --yes ffmpeg"):
        probe(path)


def test_a_cover_is_no_moving_picture(corpus):
    found = probe(corpus("cover.m4a"))

    assert found.pictures == ()
    assert [each.is_cover for each in found.streams] == [False, True]


def test_any_bytes_cut_out_of_a_recording_end_in_words_and_never_in_a_crash(corpus, tmp_path):
    broken = tmp_path / "broken.mp4"
    whole = corpus("plain.mp4").read_bytes()
    for start in range(0, len(whole), len(whole) // 6):
        broken.write_bytes(whole[:start] + whole[start + 7 :])
        found = probe(broken)
        assert found.streams or found.faults


@pytest.mark.parametrize(("name", "reader"), [("list.m3u8", "hls"), ("concat.mp4", "concat")])
def test_a_list_is_not_followed_even_where_nobody_looks_at_its_first_letters(corpus, name, reader):
    path = corpus(name)
    options = ["-safe", "0"] if reader == "concat" else []
    free = subprocess.run(["ffprobe", "-v", "error", "-f", reader, *options, path], check=False)

    answer = programs.run("ffprobe", ["-show_streams", *programs.reading(path)], BOUNDS)

    assert free.returncode == 0, "ffprobe by itself follows it"
    assert answer.status != 0
    assert b"h264" not in answer.out


def test_nothing_is_asked_of_the_network(corpus, tmp_path):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/secret.ts"
        bait = tmp_path / "bait.mp4"
        bait.write_text(
            f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n"
        )
        programs.run("ffmpeg", [*programs.reading(bait), "-f", "null", "-"], BOUNDS)
        assert asked == []
        free = [
            "-v",
            "quiet",
            "-protocol_whitelist",
            "file,http,tcp",
            "-i",
            bait,
            "-f",
            "null",
            "-",
        ]
        subprocess.run(["ffmpeg", *free], check=False)
        server.shutdown()
    assert asked, "without the fences it asks, so the bait is one"


def test_a_name_that_looks_like_an_option_or_an_address_is_a_name(corpus, tmp_path, monkeypatch):
    odd = tmp_path / "-i concat:x|http:%03d.mp4"
    odd.write_bytes(corpus("plain.mp4").read_bytes())

    assert probe(odd).container == "mov"


def test_a_run_is_stopped_at_its_time_and_leaves_no_process(corpus):
    with pytest.raises(Stopped, match="longer than 1 second"):
        programs.run(
            "ffmpeg",
            ["-f", "lavfi", "-i", "testsrc2=s=66x44", "-f", "null", "-"],
            Bounds(seconds=1),
        )

    assert processes_with("testsrc2=s=66x44") == []


def test_a_run_is_stopped_when_it_says_too_much(corpus):
    how = ["-f", "lavfi", "-i", "testsrc2", "-f", "rawvideo", "pipe:1"]

    with pytest.raises(Stopped, match="more in it than can be looked into"):
        programs.run("ffmpeg", how, replace(BOUNDS, answer=1_000_000))


def test_a_run_gets_no_more_memory_than_it_may():
    # To turn a film round, all of it has to be held.
    film = ["-f", "lavfi", "-i", "color=s=2000x2000:d=20", "-vf", "reverse"]

    with pytest.raises(Stopped, match="more memory than a recording may"):
        programs.run("ffmpeg", [*film, "-f", "null", "-"], Bounds(memory=700_000_000))


def test_a_run_writes_no_more_than_it_may(tmp_path):
    written = tmp_path / "written.yuv"
    film = ["-f", "lavfi", "-i", "color=s=800x800:d=1", "-f", "rawvideo", str(written)]

    done = programs.run("ffmpeg", film, Bounds(file=100_000))

    assert done.status != 0
    assert written.stat().st_size <= 100_000


def test_what_is_said_of_a_file_names_no_folder_of_this_machine(corpus):
    said = programs.run("ffprobe", programs.reading(corpus("text.mp4")), BOUNDS).complaints

    assert "text.mp4" in said
    assert str(corpus.folder) not in said


def command(*words):
    done = subprocess.run(
        [sys.executable, "-c", "from forthright.cli.main import run; run()", "media", "probe",
         *map(str, words)],
        capture_output=True, text=True, check=False, cwd=HOUSE,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "none.there"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_command_prints_json_with_nothing_set_up(corpus):
    status, out, _ = command(corpus("h264.mkv"), "--json")

    told = json.loads(out)
    assert status == 0
    assert (told["shape"], told["file"], told["container"]) == (1, "h264.mkv", "matroska")
    assert told["decision"]["verdict"].startswith("plays once it is put into another wrapper")
    assert [each["codec"] for each in told["streams"]] == ["h264", "aac"]


def test_the_command_says_in_words_what_it_found(corpus):
    status, out, _ = command(corpus("hevc.mp4"))

    assert status == 0
    assert out.startswith("hevc.mp4: must be converted to play.\n")
    assert "25 frames a second" in out
    assert "Length: 0:00:01.0" in out


def test_the_command_ends_with_one_for_what_can_never_play(corpus):
    status, out, _ = command(corpus("list.m3u8"))

    assert status == 1
    assert "a list that points to other files" in out


def test_the_command_says_that_a_file_is_not_there(tmp_path):
    status, _, words = command(tmp_path / "none.mp4")

    assert status == 2
    assert "No such file" in words


@pytest.mark.slow  # ffmpeg makes each of them
@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("numbered from 5.mp4", 1.0),
        ("numbered from 5.webm", 1.0),
        ("numbered from 10.mp4", 0.6),
        ("joined.ts", 2.0),
        ("joined of three.ts", 3.0),
        ("sound from 5.m4a", 1.0),
        ("rising from 5.ogg", 40.0),
        ("rising varying.mp3", 40.0),
        ("rising.aac", 40.0),
        ("joined.mp3", 80.09),
    ],
)
def test_a_recording_lasts_from_its_first_frame_or_sound_to_its_end(corpus, name, seconds):
    assert probe(corpus(name)).seconds == pytest.approx(seconds, abs=0.08)
