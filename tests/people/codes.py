"""The codes that a phone shows, worked out as RFC 6238 says and not by the product."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(secret: str, *, at: float | None = None, digits: int = 6) -> str:
    """Return the code for a secret at a moment."""
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"
