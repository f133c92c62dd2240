"""Hands out the bytes of kept files, as a whole or in the part that was asked for."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from forthright.hard_media import storing
from forthright.hard_media.models import Playing, SentFile
from forthright.media_files.ranges import NoSuchPart, part_asked_for
from forthright.media_files.shelves import NotThere

# What is played as it came goes out as one of these and nothing else, whatever its name says.
TYPES = {"MPEG-4": "video/mp4", "WebM": "video/webm", "Ogg": "audio/ogg", "Wave": "audio/wav",
         "MPEG Audio": "audio/mpeg", "FLAC": "audio/flac"}  # fmt: skip


def content_type_of(how: Playing) -> str:
    """Return what a browser is told that a recording is."""
    kind = "video/mp4" if how.sha256 else TYPES.get(how.wrapper, "application/octet-stream")
    return kind if how.has_pictures else kind.replace("video/", "audio/")


def handed_out(request: HttpRequest, sent: SentFile) -> HttpResponse:
    """Return a file as it came, to be saved and never shown."""
    name = content_disposition_header(as_attachment=True, filename=sent.file_name)
    kind = {"Content-Type": "application/octet-stream", "Content-Disposition": name or ""}
    return streamed(request, sent.sha256, kind)


def streamed(request: HttpRequest, sha256: str, headers: dict[str, str]) -> HttpResponse:
    """Return a kept file or the part of it that was asked for.

    :raises Http404: if it is gone
    """
    shelf = storing.store().shelf
    try:
        size = shelf.size(sha256)
        part = part_asked_for(request.headers.get("Range", ""), size)
    except NotThere as fault:
        raise Http404("The file is gone") from fault
    except NoSuchPart:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    headers = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    parts = shelf.parts(sha256, start, end)
    answer = StreamingHttpResponse(parts, status=206 if part else 200, headers=headers)
    return cast(HttpResponse, answer)  # to whoever handles it, it is one
