"""Keeps recordings in S3-compatible storage, each under its own SHA-256.

The server shows an object only once its last part has come, so a recording is there as a whole
or not at all. It is read back before it counts as kept.
"""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from forthright.media_files.digests import Digests, Hashing
from forthright.media_files.reading import ReadBackDiffers, known
from forthright.media_files.segments import MOST
from forthright.media_files.shelves import SHA256, NotThere, checked_sha256

LEAST_PART = 8 * 1024 * 1024
MOST_PARTS = 9_000  # the protocol allows 10,000
AT_ONCE = 4
SIGNED_FOR = timedelta(hours=12)  # longer than it takes to watch a recording


class S3Shelf:
    """A bucket of recordings, or a part of one."""

    def __init__(
        self, bucket: str, *, address: str, key: str, secret: str, region: str = "eu-west-2",
        folder: str = "recordings",
    ) -> None:  # fmt: skip
        """Keep recordings in a bucket that is there.

        :param address: of the server: https://s3.eu-west-2.amazonaws.com, or one's own
        """
        self._folder = folder
        self._bucket = S3Store(
            bucket,
            endpoint=address,
            region=region,
            access_key_id=key,
            secret_access_key=secret,
            virtual_hosted_style_request=False,
            client_options={"allow_http": address.startswith("http://")},
            retry_config={"max_retries": 4, "retry_timeout": timedelta(minutes=1)},
        )

    def put(self, data: Path, digests: Digests) -> None:
        """Keep a file, and read it back."""
        if self._comes_to(digests):
            return  # the same recording was kept before
        part = max(LEAST_PART, data.stat().st_size // MOST_PARTS)
        path = self._path_of(digests.sha256)
        with _faults_told(digests.sha256):
            obstore.put(self._bucket, path, data, chunk_size=part, max_concurrency=AT_ONCE)
        if not self._comes_to(digests):
            obstore.delete(self._bucket, path)
            raise ReadBackDiffers(
                "The storage does not give back what it was given. The file is not kept. Tell an "
                "administrator; it will be tried again."
            )

    def parts(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a recording from one place up to before another."""
        end = self.size(sha256) if end is None else end
        if start >= end:
            return
        address = obstore.sign(self._bucket, "GET", self._path_of(sha256), SIGNED_FOR)
        wanted = f"bytes {start}-{end - 1}/"
        request = urllib.request.Request(  # noqa: S310 - the address is our own storage's
            address, headers={"Range": f"bytes={start}-{end - 1}"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            if not answer.headers.get("Content-Range", "").startswith(wanted):
                raise OSError("The storage gave another part of the recording than was asked for.")
            while part := answer.read(MOST):
                yield part

    def size(self, sha256: str) -> int:
        """Return how many bytes a recording has."""
        with _faults_told(sha256):
            return int(obstore.head(self._bucket, self._path_of(sha256))["size"])

    def stamp(self, sha256: str) -> str:
        """Return what changes when anybody writes to a recording, or puts another in its place."""
        with _faults_told(sha256):
            found = obstore.head(self._bucket, self._path_of(sha256))
        return f"{found['e_tag']} {found['last_modified'].isoformat()} {found['size']}"

    def digests(self, sha256: str) -> Digests:
        """Return what a recording comes to now, by reading all of it."""
        hashing = Hashing()
        with _faults_told(sha256):
            for part in obstore.get(self._bucket, self._path_of(sha256)).stream(MOST):
                hashing.take(memoryview(part))
        return known(hashing)

    def kept(self) -> Iterator[str]:
        """Yield the SHA-256 of each recording."""
        for page in obstore.list(self._bucket, self._folder):
            for each in page:
                if SHA256.fullmatch(name := PurePosixPath(each["path"]).name):
                    yield name

    def _comes_to(self, digests: Digests) -> bool:
        try:
            return self.digests(digests.sha256) == digests
        except NotThere:
            return False

    def _path_of(self, sha256: str) -> str:
        sha256 = checked_sha256(sha256)
        return f"{self._folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def _faults_told(sha256: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as fault:
        raise NotThere(f"The recording {sha256} is gone.") from fault
    except BaseError as fault:
        raise OSError("The storage does not answer as it should. Try again later.") from fault
