"""Answers what part of a recording a player asked for, by RFC 9110, section 14."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PARTS = 8  # of one request; a player asks for one, and many are only asked for to do harm
LONGEST_NUMBER = 19  # digits: more than any file has
ONE = re.compile(r"([0-9]*)-([0-9]*)")


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes from `start` up to before `end`."""

    start: int
    end: int

    def content_range(self, size: int) -> str:
        """Return what the answer's Content-Range says of it."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


@dataclass(frozen=True, slots=True)
class RangeAnswer:
    """What is sent: 200 all of it, 206 the slices, 416 nothing."""

    status: int
    size: int
    slices: tuple[Slice, ...]

    def headers(self, content_type: str, boundary: str = "") -> dict[str, str]:
        """Return the headers of the answer.

        :param boundary: what stands between several slices; needed only for several
        """
        said = {"Accept-Ranges": "bytes", "Content-Type": content_type}
        if self.status == 416:
            return {**said, "Content-Range": f"bytes */{self.size}", "Content-Length": "0"}
        if len(self.slices) > 1:
            said["Content-Type"] = f"multipart/byteranges; boundary={boundary}"
            parts = list(self.parts(content_type, boundary))
            length = sum(len(p) if isinstance(p, bytes) else p.end - p.start for p in parts)
            return {**said, "Content-Length": str(length)}
        (only,) = self.slices
        if self.status == 206:
            said["Content-Range"] = only.content_range(self.size)
        return {**said, "Content-Length": str(only.end - only.start)}

    def parts(self, content_type: str, boundary: str = "") -> Iterator[bytes | Slice]:
        """Yield what the body is made of: bytes as they stand, and slices of the recording."""
        if len(self.slices) < 2:
            yield from self.slices
            return
        for each in self.slices:
            said = f"Content-Type: {content_type}\r\nContent-Range: {each.content_range(self.size)}"
            yield f"--{boundary}\r\n{said}\r\n\r\n".encode()
            yield each
            yield b"\r\n"
        yield f"--{boundary}--\r\n".encode()


def answer_range(
    size: int, asked: str | None, *, if_range: str | None = None, etag: str = ""
) -> RangeAnswer:
    """Return what is sent of a recording of so many bytes.

    What is no range by the standard is passed over, and all is sent, as the standard has it.

    :param asked: the header Range, if there is one
    :param if_range: the header If-Range; where it is not our strong `etag`, all is sent
    """
    whole = RangeAnswer(200, size, (Slice(0, size),))
    if not asked or (if_range is not None and (not etag or if_range.strip() != etag)):
        return whole
    unit, equals, wanted = asked.partition("=")
    specs = [spec.strip() for spec in wanted.split(",")]
    if unit.strip().lower() != "bytes" or not equals or len(specs) > MOST_PARTS:
        return whole
    found = [_slice(spec, size) for spec in specs if spec]
    if not found or None in found:
        return whole
    slices = _joined([each for each in found if each and each.start < each.end])
    return RangeAnswer(206, size, slices) if slices else RangeAnswer(416, size, ())


def _slice(spec: str, size: int) -> Slice | None:
    """Return one part that was asked for, empty if there is nothing there; None if it is none."""
    found = ONE.fullmatch(spec)
    if found is None or spec == "-" or max(map(len, found.groups())) > LONGEST_NUMBER:
        return None
    first, last = found.groups()
    if not first:
        return Slice(max(size - int(last), 0), size) if int(last) else Slice(size, size)
    if last and int(last) < int(first):
        return None
    return Slice(min(int(first), size), min(int(last) + 1, size) if last else size)


def _joined(slices: list[Slice]) -> tuple[Slice, ...]:
    """Return slices in the order asked for; if any two overlap or touch, in order and as one."""
    ordered = sorted(slices, key=lambda each: each.start)
    joined: list[Slice] = []
    for each in ordered:
        if joined and each.start <= joined[-1].end:
            joined[-1] = Slice(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return tuple(slices) if len(joined) == len(slices) else tuple(joined)
