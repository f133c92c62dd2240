"""Hands out the bytes of kept files, as a whole or in the parts that were asked for."""

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from forthright.hard_media import storing
from forthright.hard_media.models import Playing, SentFile, ShareContent
from forthright.hard_media.services.going_out import Piece
from forthright.hard_media.services.handing import Damaged
from forthright.media_files.shelves import NotThere
from forthright.media_playing.ranges import RangeAnswer, answer_range
from forthright.rules.fetched import BEGINS_TO_PLAY

# What is played as it came goes out as one of these and nothing else, whatever its name says.
TYPES = {"mov": "video/mp4", "matroska": "video/webm", "ogg": "audio/ogg", "wav": "audio/wav",
         "mp3": "audio/mpeg", "flac": "audio/flac"}  # fmt: skip

# Whether something is still given is asked again after so much of it, or so long, if that is first.
ASKED_AFTER_BYTES = 4 * 1024 * 1024
ASKED_AFTER = 1.0  # seconds
PIECE = 64 * 1024  # bytes handed on at once, so that a slow line is asked about in time as well


class Ended(Exception):
    """What is on its way is no longer given, so that it was broken off."""


def say_damaged(request: HttpRequest, refusal: Damaged) -> None:
    """Tell a person of the unit that nothing was handed out, and what to do."""
    messages.error(
        request,
        f"{refusal} Tell an administrator, who reads all files again with: forthright media verify "
        "--all. The page of the recording says how the same file is taken in again. If nobody has "
        "it, ask the police for it again.",
    )


def content_type_of(how: Playing) -> str:
    """Return what a browser is told that a recording is."""
    kind = "video/mp4" if how.sha256 else TYPES.get(how.container, "application/octet-stream")
    return kind if how.has_pictures else kind.replace("video/", "audio/")


def handed_out(
    request: HttpRequest, sent: SentFile | ShareContent, *, in_one: bool = False
) -> HttpResponse:
    """Return a file as it came, or a copy, to be saved and never shown.

    :param in_one: not in several parts at once, see `streamed`
    :raises Http404: if it is gone, or a part of it was asked for and it is not what it was
    """
    answer = saved(request, sent.sha256, "application/octet-stream", in_one=in_one)
    name = content_disposition_header(as_attachment=True, filename=sent.file_name)
    answer.headers["Content-Disposition"] = name or ""
    return answer


def saved(request: HttpRequest, sha256: str, kind: str, *, in_one: bool = False) -> HttpResponse:
    """Return a kept file whose bytes come to its SHA-256, or break off before its last ones do.

    It was read as a whole before this, when it was asked for; that may be hours ago. A part says
    nothing of the whole, so for a part all of it is read first, once an hour and whenever anybody
    wrote to it: whoever takes it in many parts would otherwise wait for all of it at each.

    :raises Http404: if it is gone, or a part of it was asked for and it is not what it was
    """
    answer = cast(StreamingHttpResponse, streamed(request, sha256, kind, in_one=in_one))
    if answer.status_code == 200:
        parts = cast(Iterable[bytes], answer.streaming_content)
        answer.streaming_content = _checked(parts, sha256)
    elif answer.status_code == 206 and not storing.store().is_as_it_came(sha256):
        raise Http404("The file is not what it was when it came")
    return cast(HttpResponse, answer)


def _checked(parts: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    """Yield a whole file, and its last part only once all of it is what it is to be.

    :raises Damaged: if it is not, so that whoever takes it sees it broken off, and never whole
    """
    found, held = hashlib.sha256(), b""
    for part in parts:
        found.update(part)
        if held:
            yield held
        held = part
    if found.hexdigest() != sha256:
        raise Damaged("What is kept changed while it was handed out, so it was broken off.")
    yield held


def streamed(request: HttpRequest, sha256: str, kind: str, *, in_one: bool = False) -> HttpResponse:
    """Return a kept file or the parts of it that were asked for.

    :param in_one: where several parts are asked for at once, all of it goes, so that each byte that
        goes is counted; no player asks for several
    :raises Http404: if it is gone
    """
    try:
        size = storing.store().shelf.size(sha256)
    except NotThere as fault:
        raise Http404("The file is gone") from fault
    etag, said = f'"{sha256}"', request.headers
    asked = said.get("Range", "")
    if in_one and "," in asked:
        asked = ""
    found = answer_range(size, asked, if_range=said.get("If-Range"), etag=etag)
    headers = {**found.headers(kind, sha256), "ETag": etag}
    body = _body(sha256, found, kind)
    answer = StreamingHttpResponse(body, status=found.status, headers=headers)
    return cast(HttpResponse, answer)  # to whoever handles it, it is one


def while_given(answer: HttpResponse, is_given: Callable[[], bool]) -> HttpResponse:
    """Return an answer that breaks off once what it hands out is no longer given.

    :param is_given: asked while the bytes go; whoever ends it may do so in another process
    """
    streaming = cast(StreamingHttpResponse, answer)
    parts = cast(Iterable[bytes], streaming.streaming_content)
    streaming.streaming_content = _while_given(parts, is_given)
    return answer


def _while_given(parts: Iterable[bytes], is_given: Callable[[], bool]) -> Iterator[bytes]:
    """Yield what goes out piece by piece.

    :raises Ended: once it is not given any more, so that whoever takes it sees it broken off
    """
    gone, asked_at = 0, time.monotonic()
    for part in parts:
        for place in range(0, len(part), PIECE):
            if gone >= ASKED_AFTER_BYTES or time.monotonic() - asked_at >= ASKED_AFTER:
                if not is_given():
                    raise Ended("It is no longer given to them, so it was broken off.")
                gone, asked_at = 0, time.monotonic()
            piece = part[place : place + PIECE]
            yield piece
            gone += len(piece)


def counted(answer: HttpResponse, note: Callable[[Piece], None]) -> HttpResponse:
    """Return an answer that says which bytes of how many of the file went out.

    It says so once it is over, and before that whenever twice as much went out as it said last: an
    answer may last for hours, and be cut off so that nothing is said at its end.

    A browser asks for far more than it takes, so what was asked for says nothing. An answer of
    several parts at once is not counted; whoever counts asks for none.
    """
    told = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", answer.headers.get("Content-Range", ""))
    if answer.status_code == 206 and told:
        start, size = int(told[1]), int(told[2])
    elif answer.status_code == 200:
        start, size = 0, int(answer.headers["Content-Length"])
    else:
        return answer
    streaming = cast(StreamingHttpResponse, answer)
    parts = cast(Iterable[bytes], streaming.streaming_content)
    streaming.streaming_content = _counted(parts, start, size, note)
    return answer


def _counted(
    parts: Iterable[bytes], start: int, size: int, note: Callable[[Piece], None]
) -> Iterator[bytes]:
    behind = told = start
    try:
        for part in parts:
            yield part
            # Asked for more, so that whoever takes it has taken this.
            behind += len(part)
            if behind - start >= max(BEGINS_TO_PLAY, 2 * (told - start)):
                told = behind
                note(Piece(start, behind, size))
    finally:
        if behind > told:
            note(Piece(start, behind, size))


def _body(sha256: str, found: RangeAnswer, kind: str) -> Iterator[bytes]:
    for part in found.parts(kind, sha256):
        if isinstance(part, bytes):
            yield part
        else:
            yield from storing.store().shelf.parts(sha256, part.start, part.end)
