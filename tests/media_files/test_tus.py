"""Each question of the tus protocol has its answer, in words for a person too."""

import hashlib
from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import RequestFactory

from forthright.media_files import incoming
from forthright.media_files.tus import TusServer
from forthright.media_files.tus_words import TusRequest
from forthright.media_files.wsgi import answer_to
from tests.media_files.gates import OwnOnly
from tests.media_files.senders import NOON, sender_of, some_bytes

CONTENT = some_bytes(100_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LENGTH = len(CONTENT)
BODY = "application/offset+octet-stream"


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server(store, clock):
    return TusServer(
        store, OwnOnly(store), clock=clock, address="/media/upload/", longest=10_000_000
    )


@pytest.fixture
def ask(server):
    """Return what asks as a client does; headers are named with _ for -."""

    def asked(method, name="", body=b"", caller="Alice", **headers):
        said = {"tus_resumable": "1.0.0", **headers}
        if body:
            said = {"content_type": BODY, "content_length": str(len(body)), **said}
        said = {name.replace("_", "-"): value for name, value in said.items() if value is not None}
        return server.answer(TusRequest(method, name, said, sender_of(body), caller))

    return asked


def encoded(text):
    return b64encode(text.encode()).decode()


def begin(ask, length=LENGTH, name="cctv.mp4", **more):
    metadata = f"filename {encoded(name)},filetype {encoded('video/mp4')}"
    answer = ask("POST", upload_length=str(length), upload_metadata=metadata, **more)
    return answer, answer.headers.get("Location", "").rpartition("/")[2]


def checksum(content, algorithm="sha1"):
    return f"{algorithm} {b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def test_what_is_spoken_here(ask):
    answer = ask("OPTIONS", tus_resumable=None)

    assert answer.status == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    }  # fmt: skip
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,blake3"
    assert answer.headers["Tus-Max-Size"] == "10000000"


def test_a_file_is_begun_sent_in_two_goes_and_kept(ask, server):
    answer, name = begin(ask)
    assert answer.status == 201
    assert answer.headers["Upload-Expires"] == "Mon, 09 Mar 2026 12:00:00 GMT"

    first = ask("PATCH", name, CONTENT[:40_000], upload_offset="0")
    there = ask("HEAD", name)
    second = ask("PATCH", name, CONTENT[40_000:], upload_offset="40000")

    assert (first.status, first.headers["Upload-Offset"]) == (204, "40000")
    assert (there.status, there.headers["Upload-Offset"]) == (200, "40000")
    assert there.headers["Upload-Length"] == str(len(CONTENT))
    assert there.headers["Cache-Control"] == "no-store"
    assert there.headers["Upload-Metadata"].startswith("filename ")
    assert (second.status, second.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    (receipt,) = server.gate.receipts
    assert (receipt.sha256, receipt.name) == (SHA256, "cctv.mp4")
    assert receipt.notes["by"] == "Alice"


def test_whoever_goes_on_may_compare_what_has_come(ask):
    _, name = begin(ask)
    ask("PATCH", name, CONTENT[:40_000], upload_offset="0")

    answer = ask("HEAD", name, forthright_compare="1000-40000")

    assert answer.headers["Forthright-SHA256"] == hashlib.sha256(CONTENT[1000:40_000]).hexdigest()
    assert "Forthright-SHA256" not in ask("HEAD", name).headers


@pytest.mark.parametrize("part", ["0-40001", "5-5", "7-5", "-5", "5", "a-b", "0-70000000"])
def test_what_has_not_come_is_not_compared(ask, part):
    _, name = begin(ask)
    ask("PATCH", name, CONTENT[:40_000], upload_offset="0")

    assert ask("HEAD", name, forthright_compare=part).status == 400


def test_after_all_has_come_the_sender_is_told_so(ask):
    _, name = begin(ask)
    ask("PATCH", name, CONTENT, upload_offset="0")

    there = ask("HEAD", name)

    assert there.headers["Upload-Offset"] == there.headers["Upload-Length"] == str(len(CONTENT))
    assert ask("PATCH", name, b"more", upload_offset=str(len(CONTENT))).status == 409
    assert ask("DELETE", name).status == 409


def test_what_has_come_as_a_whole_and_waits_to_be_kept_is_not_given_up(ask, server, store):
    server.gate.arrived = lambda *_: None
    _, name = begin(ask)
    ask("PATCH", name, CONTENT, upload_offset="0")

    assert ask("DELETE", name).status == 409

    assert store.incoming(name).is_whole


def test_a_small_file_is_begun_and_sent_at_once(ask, server):
    answer, _ = begin(ask, body=CONTENT, upload_checksum=checksum(CONTENT))

    assert (answer.status, answer.headers["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert server.gate.receipts[0].sha256 == SHA256


def test_a_file_whose_first_bytes_are_refused_was_never_begun(ask, store):
    answer, _ = begin(ask, body=CONTENT, upload_checksum=checksum(b"else"))

    assert answer.status == 460
    assert list(store.arriving()) == []


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_bytes_that_broke_on_the_way_are_refused_and_sent_again(ask, server, algorithm):
    _, name = begin(ask)
    broken = ask(
        "PATCH", name, b"?" + CONTENT[1:], upload_offset="0",
        upload_checksum=checksum(CONTENT, algorithm),
    )  # fmt: skip

    assert (broken.status, broken.words) == (
        460, "What came is not what was sent: its checksum differs. Send it again.",
    )  # fmt: skip
    assert ask("HEAD", name).headers["Upload-Offset"] == "0"
    right = checksum(CONTENT, algorithm)
    assert ask("PATCH", name, CONTENT, upload_offset="0", upload_checksum=right).status == 204
    assert server.gate.receipts[0].sha256 == SHA256


def test_a_file_is_given_up(ask, store):
    _, name = begin(ask)

    assert ask("DELETE", name).status == 204
    assert ask("HEAD", name).status == 404
    assert list(store.arriving()) == []


def test_a_file_begun_too_long_ago_is_gone(ask, clock):
    _, name = begin(ask)
    ask("PATCH", name, CONTENT[:5], upload_offset="0")
    clock.now += timedelta(days=8)

    for asked in (ask("HEAD", name), ask("PATCH", name, CONTENT[5:], upload_offset="5")):
        assert (asked.status, asked.words) == (
            410, "This was begun too long ago. Send the file again.",
        )  # fmt: skip


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_what_another_began_is_not_there(ask, method):
    _, name = begin(ask)
    said = {"body": CONTENT, "upload_offset": "0"} if method == "PATCH" else {}

    refused, absent = (ask(method, each, caller="Bob", **said) for each in (name, "0" * 32))

    assert refused.status == absent.status == 404
    assert refused.words == absent.words


def test_who_may_not_send_cannot_begin(ask, store):
    answer, _ = begin(ask, caller="nobody")

    assert (answer.status, answer.words) == (403, "You may not send recordings.")
    assert list(store.arriving()) == []


@pytest.mark.parametrize(
    ("length", "name", "status", "words"),
    [
        pytest.param(0, "cctv.mp4", 400, "The file is empty", id="no bytes"),
        pytest.param(10_000_001, "cctv.mp4", 413, "at most 10.0 MB", id="too long"),
        pytest.param("-1", "cctv.mp4", 400, "Upload-Length has to say a number", id="negative"),
        pytest.param("many", "cctv.mp4", 400, "Upload-Length has to say a number", id="no number"),
        pytest.param(5, "../cctv.mp4", 400, "may not have folders", id="a name with a path"),
        pytest.param(5, "", 400, "has no name", id="no name"),
    ],
)
def test_a_file_that_cannot_be_begun_is_refused_in_words(ask, store, length, name, status, words):
    answer, _ = begin(ask, length, name)

    assert answer.status == status
    assert words in answer.words
    assert list(store.arriving()) == []


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        pytest.param({"upload_offset": "7"}, 409, "up to byte 5.", id="another place"),
        pytest.param({"upload_offset": None}, 400, "Upload-Offset has to say", id="no place"),
        pytest.param({"content_type": "text/plain"}, 415, BODY, id="another kind of body"),
        pytest.param({"tus_resumable": "0.2.2"}, 412, "Only tus 1.0.0", id="an old protocol"),
        pytest.param({"tus_resumable": None}, 412, "Only tus 1.0.0", id="no protocol"),
        pytest.param(
            {"upload_checksum": "crc x", "content_length": "5"},
            400,
            "may be one of",
            id="unknown checksum",
        ),
        pytest.param(
            {"upload_checksum": "sha1 !", "content_length": "5"},
            400,
            "not written in base64",
            id="no base64",
        ),
        pytest.param({"content_length": "99999999"}, 413, "More is sent", id="too much said"),
        pytest.param({"content_length": None}, 413, "More came than", id="too much sent"),
    ],
)
def test_bytes_that_cannot_be_taken_are_refused_in_words(ask, headers, status, words):
    _, name = begin(ask, length=10)
    ask("PATCH", name, b"abcde", upload_offset="0")

    answer = ask("PATCH", name, b"fghijklm", **{"upload_offset": "5", **headers})

    assert answer.status == status
    assert words in answer.words


@pytest.mark.parametrize("content_length", ["8", None], ids=["said", "in chunks"])
def test_a_file_of_which_too_much_came_is_given_up_and_not_gone_on_with(
    ask, server, content_length
):
    _, name = begin(ask, length=10)
    ask("PATCH", name, b"abcde", upload_offset="0")

    refused = ask("PATCH", name, b"fghijklm", upload_offset="5", content_length=content_length)

    assert (refused.status, server.gate.gone) == (413, [name])
    assert "from its beginning" in refused.words
    assert ask("HEAD", name).status == 404


def test_what_comes_after_a_whole_file_does_not_undo_it(ask, store, server, monkeypatch):
    monkeypatch.setattr(server.gate, "arrived", lambda caller, name: None)
    _, name = begin(ask, length=10)
    ask("PATCH", name, b"abcdefghij", upload_offset="0")

    assert ask("PATCH", name, b"more", upload_offset="10").status == 413
    assert (store.incoming(name).is_whole, server.gate.gone) == (True, [])


def test_too_much_with_the_beginning_of_a_file_is_noted_as_given_up(ask, store, server):
    answer, _ = begin(ask, length=10, body=b"abcdefghijklm", content_length=None,
                      transfer_encoding="chunked")  # fmt: skip

    assert answer.status == 413
    assert (len(server.gate.gone), list(store.arriving())) == (1, [])


def test_two_cannot_send_the_same_file_at_once(ask, store, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_WAIT", 0)
    _, name = begin(ask)

    with store.incoming(name).alone():
        answers = ask("PATCH", name, CONTENT, upload_offset="0"), ask("DELETE", name)

    assert [each.status for each in answers] == [423, 423]
    assert ask("HEAD", name).headers["Upload-Offset"] == "0"


def test_a_disk_without_room_says_so(ask, store, server):
    server.longest = 2**62
    answer, _ = begin(ask, length=2**60)

    assert answer.status == 507
    assert "there is room for" in answer.words


@pytest.mark.parametrize(("method", "name"), [("GET", ""), ("POST", "0"), ("PUT", "0")])
def test_what_the_protocol_does_not_know_cannot_be_done(ask, method, name):
    assert ask(method, name).status == 405


def test_those_who_can_only_post_say_what_they_mean(ask):
    _, name = begin(ask)
    meant = {"x_http_method_override": "PATCH"}

    assert ask("POST", name, CONTENT, upload_offset="0", **meant).status == 204


def test_metadata_that_is_spoilt_is_refused(ask):
    answer = ask("POST", upload_length="5", upload_metadata="filename ???")

    assert (answer.status, answer.words) == (
        400, "The value of filename in Upload-Metadata is spoilt.",
    )  # fmt: skip


def test_what_its_sender_says_that_it_comes_to_is_kept_with_it(ask, store):
    said = f"filename {encoded('cctv.mp4')},sha256 {encoded(SHA256.upper())}"
    answer = ask("POST", upload_length="5", upload_metadata=said)

    assert store.incoming(answer.headers["Location"].rpartition("/")[2]).about.sha256 == SHA256
    spoilt = ask("POST", upload_length="5", upload_metadata=f"sha256 {encoded('abc')}")
    assert (spoilt.status, "is not one" in spoilt.words) == (400, True)


def test_a_django_view_can_hand_its_request_over(server, store):
    begun = store.begin("cctv.mp4", len(CONTENT), at=NOON, notes={"by": "Alice"})
    request = RequestFactory().patch(
        f"/media/upload/{begun.name}/", CONTENT, content_type=BODY,
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
    )  # fmt: skip

    answer = answer_to(request.environ, server, name=begun.name, caller="Alice")

    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert server.gate.receipts[0].sha256 == SHA256


def test_a_file_that_is_kept_just_then_is_asked_for_again(ask, store, server):
    _, name = begin(ask)

    class KeptMeanwhile(OwnOnly):
        def go_on(self, caller, about):
            store.give_up(name)

    server.gate = KeptMeanwhile(store)

    assert ask("HEAD", name).status == 423
