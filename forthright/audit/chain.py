"""How one event is tied to the one before it."""

import hashlib
import json
from datetime import UTC
from typing import Any

NOTHING_BEFORE = "0" * 64


def digest_of(event: Any) -> str:
    """Return the SHA-256 that ties an event, as a row or as a model, to all before it."""
    content = [
        event.sequence,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by_id,
        event.area_id,
        event.name,
        event.subject_kind,
        event.subject_id,
        event.detail,
        event.previous_hash,
    ]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
