"""Resumable uploads by the tus protocol, version 1.0.0, as questions and answers.

It knows no web framework: whoever serves pages turns a request into a `TusRequest` and the
`TusAnswer` back. What belongs to whom is asked of a gate. The protocol: tus.io/protocols.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Protocol

from forthright.media_files.incoming import (
    About,
    AlreadyArriving,
    BrokenOnTheWay,
    EmptyFile,
    Incoming,
    NoRoom,
    TooMuch,
    WrongPlace,
)
from forthright.media_files.names import BadName, size_words
from forthright.media_files.reading import sha256_between
from forthright.media_files.shelves import NotThere
from forthright.media_files.store import Store
from forthright.media_files.tus_words import (
    ALGORITHMS,
    COMPARE,
    COMPARED,
    FILENAMES,
    WRONG_CHECKSUM,
    SaidChecksum,
    TusAnswer,
    TusRefusal,
    TusRequest,
    compared_in,
    metadata_in,
    number_in,
    sha256_in,
)

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
BODY = "application/offset+octet-stream"
SENT_WITH = "sent_with"
STATUSES = {
    BadName: 400, EmptyFile: 400, NotThere: 404, TooMuch: 413, AlreadyArriving: 423,
    BrokenOnTheWay: WRONG_CHECKSUM, NoRoom: 507,
}  # fmt: skip


class Gate(Protocol):
    """Says who may do what, and is told when a file has come; each may raise TusRefusal."""

    def begin(self, caller: Any, said: dict[str, str], length: int) -> dict[str, Any]:
        """Let a file begin; return what is to be found again with it.

        :param said: what the sender says of the file: filename, filetype and others
        """

    def begun(self, caller: Any, name: str) -> None:
        """Hear what a file that was let begin is called; where this fails it is given up."""

    def go_on(self, caller: Any, about: About) -> None:
        """Let somebody ask about a file that was begun, send more of it or give it up."""

    def arrived(self, caller: Any, name: str) -> None:
        """Hear that all of a file has come and is on the disk; it is not kept yet.

        What fails here does not undo that: look through `Store.arriving` now and then.
        """

    def given_up(self, caller: Any, name: str) -> None:
        """Hear that what came of a file was removed, since it is not what was said of it."""


class TusServer:
    """Answers requests for one store."""

    def __init__(
        self, store: Store, gate: Gate, *, clock: Callable[[], datetime], address: str,
        longest: int = 2**40, expires_after: timedelta = timedelta(days=7),
    ) -> None:  # fmt: skip
        """Serve a store at an address.

        :param address: the path that files are begun at, with its last /
        :param longest: the most bytes that a file may have
        """
        self.store, self.gate, self.clock, self.address = store, gate, clock, address
        self.longest, self.expires_after = longest, expires_after

    def answer(self, request: TusRequest) -> TusAnswer:
        """Return the answer to a request; a refusal is one too."""
        acts = {"HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}
        act = acts.get(request.verb) if request.name else {"POST": self._post}.get(request.verb)
        try:
            if request.verb == "OPTIONS":
                return self._options()
            if request.headers.get("tus-resumable") != VERSION:
                raise TusRefusal(412, f"Only tus {VERSION} is spoken here.", Tus_Version=VERSION)
            if act is None:
                raise TusRefusal(405, "This cannot be done here.")
            with _refusing():
                answered = act(request)
        except TusRefusal as refusal:
            answered = TusAnswer(refusal.status, refusal.headers, str(refusal))
        return _with(answered, {"Tus-Resumable": VERSION, "Cache-Control": "no-store"})

    def _options(self) -> TusAnswer:
        return TusAnswer(
            204,
            {
                "Tus-Resumable": VERSION,
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(self.longest),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )

    def _post(self, request: TusRequest) -> TusAnswer:
        headers = request.headers
        if "upload-defer-length" in headers:
            raise TusRefusal(400, "Say with Upload-Length how many bytes the file has.")
        length = number_in(headers, "Upload-Length")
        if length > self.longest:
            raise TusRefusal(413, f"A file may have at most {size_words(self.longest)}.")
        said = metadata_in(headers.get("upload-metadata", ""))
        called = next((said[each] for each in FILENAMES if each in said), "")
        notes = self.gate.begin(request.caller, said, length)
        notes = {**notes, SENT_WITH: headers.get("upload-metadata", "")}
        begun = self.store.begin(
            called, length, at=self.clock(), notes=notes, sha256=sha256_in(said)
        )
        try:
            self.gate.begun(request.caller, begun.name)
        except Exception:
            begun.give_up()  # nobody would know whose it is
            raise
        answered = TusAnswer(201, {"Location": self.address + begun.name, **self._expiry(begun)})
        if not _has_body(headers):
            return answered
        try:
            arrived = self._take(request, begun, 0)
        except (TusRefusal, TooMuch, BrokenOnTheWay):
            self._give_up(request, begun)  # nobody was told its address
            raise
        return _with(answered, {"Upload-Offset": str(arrived)})

    def _head(self, request: TusRequest) -> TusAnswer:
        begun = self._begun(request)
        if begun is None:
            receipt = self.store.receipt(request.name)
            return _place(200, receipt.length, receipt.length)
        about = begun.about
        sent_with = about.notes.get(SENT_WITH)
        metadata = {"Upload-Metadata": sent_with} if sent_with else {}
        offset = begun.offset
        if asked := request.headers.get(COMPARE):
            # So a sender that was closed finds out whether it has the same file, and goes on.
            metadata[COMPARED] = sha256_between(begun.data, *compared_in(asked, offset))
        return _with(_place(200, offset, about.length), metadata | self._expiry(begun))

    def _patch(self, request: TusRequest) -> TusAnswer:
        if request.headers.get("content-type") != BODY:
            raise TusRefusal(415, f"Send the bytes as {BODY}.")
        offset = number_in(request.headers, "Upload-Offset")
        begun = self._begun(request)
        if begun is None:
            raise TusRefusal(409, "All of this file has come.")
        try:
            arrived = self._take(request, begun, offset)
        except TooMuch:
            if not begun.is_whole:
                self._give_up(request, begun)  # gone on with, its beginning would pass for all
            raise
        answered = TusAnswer(204, {"Upload-Offset": str(arrived)})
        return _with(answered, self._expiry(begun))

    def _take(self, request: TusRequest, begun: Incoming, offset: int) -> int:
        length = begun.about.length
        if int(request.headers.get("content-length") or 0) > length - offset:
            if begun.offset != offset:
                raise WrongPlace(begun.offset)
            raise TooMuch(
                f"More is sent than the {length:,} bytes that were said, so it is not the file. "
                "Send it from its beginning, with the length that it has."
            )
        said = request.headers.get("upload-checksum")
        checksum = SaidChecksum(said) if said else None
        arrived = begun.take(request.source, offset=offset, checksum=checksum)
        if arrived == length:
            self.gate.arrived(request.caller, begun.name)
        return arrived

    def _delete(self, request: TusRequest) -> TusAnswer:
        begun = self._begun(request)
        if begun is None or begun.is_whole:
            raise TusRefusal(409, "All of this file has come. It is not given up here.")
        self.store.give_up(request.name)
        return TusAnswer(204)

    def _give_up(self, request: TusRequest, begun: Incoming) -> None:
        self.store.give_up(begun.name)
        self.gate.given_up(request.caller, begun.name)

    def _begun(self, request: TusRequest) -> Incoming | None:
        """Return a file that is arriving, or None where it is kept already."""
        try:
            begun = self.store.incoming(request.name)
        except NotThere:
            receipt = self.store.receipt(request.name)
            about = About(receipt.length, receipt.name, receipt.begun_at, receipt.notes)
            self.gate.go_on(request.caller, about)
            return None
        self.gate.go_on(request.caller, begun.about)
        if begun.about.begun_at + self.expires_after < self.clock() and not begun.is_whole:
            raise TusRefusal(410, "This was begun too long ago. Send the file again.")
        return begun

    def _expiry(self, begun: Incoming) -> dict[str, str]:
        try:
            ends = begun.about.begun_at + self.expires_after
        except FileNotFoundError:
            return {}  # it was kept meanwhile
        return {"Upload-Expires": format_datetime(ends.astimezone(UTC), usegmt=True)}


def _has_body(headers: Any) -> bool:
    has_length = int(headers.get("content-length") or 0) > 0
    is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    return headers.get("content-type") == BODY and (has_length or is_chunked)


def _place(status: int, offset: int, length: int) -> TusAnswer:
    return TusAnswer(status, {"Upload-Offset": str(offset), "Upload-Length": str(length)})


def _with(answered: TusAnswer, headers: dict[str, str]) -> TusAnswer:
    return TusAnswer(answered.status, {**answered.headers, **headers}, answered.words)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what a store refuses into what the protocol says of it."""
    try:
        yield
    except WrongPlace as refusal:
        raise TusRefusal(409, str(refusal), Upload_Offset=str(refusal.offset)) from refusal
    except FileNotFoundError as fault:
        raise TusRefusal(423, "All of this file has come and it is being kept.") from fault
    except tuple(STATUSES) as refusal:
        raise TusRefusal(STATUSES[type(refusal)], str(refusal)) from refusal
