"""Which decisions mean that a letter is owed, each with its source."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from forthright.rules.clock_rules import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyingDecision:
    kind: str
    source: str
    source_address: str
    status: Status


@cache
def published_qualifying_decisions() -> tuple[QualifyingDecision, ...]:
    """Return the kinds of decision that ship as qualifying, as the seed of an Area's own."""
    text = files("forthright.rules").joinpath("data/qualifying_decisions.toml").read_text("utf-8")
    return tuple(
        QualifyingDecision(
            kind=row["kind"],
            source=row["source"],
            source_address=row["source_address"],
            status=Status(row["status"]),
        )
        for row in tomllib.loads(text)["decision"]
    )
