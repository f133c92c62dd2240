"""A fair sample: frozen frame, seeded draw, random part and targeted part kept apart.

How a draw is made, so that anybody can do it again by hand or in any language:

1. The frame is every duty of the period, whether or not a letter was sent.
   Rows with an exclusion reason stay in the frame and are listed, but are not drawn.
2. Each row gets a key: the SHA-256, in lower-case hexadecimal, of the UTF-8
   text SEED, a line feed, REFERENCE. The seed is written as a whole number in
   decimal. Rows stand in order of that key.
3. Random part. Rows are put into strata by the fields the plan names. Each
   stratum gives its first rows in key order, as many as its size says. PROPORTIONAL
   shares the whole size among strata by their number of rows, by largest remainder,
   ties going to the stratum whose name comes first; EACH gives every stratum the whole size.
4. Targeted part. Letters of which a stop was overruled come first: the first rows in key order
   that are not yet drawn, as many as the plan takes, and with them every letter that somebody
   asked for by name. A letter of another week that was asked for stands in the frame as left out,
   so that it is never in the random part, and has its place after all others. Then each
   condition, in the plan's order, takes its first rows in key order that are not yet drawn.
   Targeted rows never enter a rate.
5. Cover. Drafters not sampled within the plan's number of weeks and not yet
   drawn get their first row in key order. Those never sampled come first, then those
   sampled longest ago, ties by name. Cover rows never enter a rate either.
6. A substitute is the next row of the same stratum in key order that is not
   in the random part. In the targeted part it is the next row in key order that fits the
   same condition, or is by the same drafter, and is not yet drawn.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forthright.rules.frame import FrameRow, check_frame, draw_key, frame_digest
from forthright.rules.words import count_words

# Flags of the frame: nobody has looked at an overruled stop of the letter; and it was asked for.
OVERRULED = "STOP_OVERRULED"
ASKED_FOR = "ASKED_FOR"
BECAUSE_OVERRULED = "drawn because a stop was overruled"


class PlanHasProblems(ValueError):
    """The plan asks for something that cannot be drawn."""


class NothingLeftToDraw(LookupError):
    """No row is left in the stratum to take the place of another."""


class StratumField(StrEnum):
    UNIT = "unit"
    LETTER_TYPE = "letter_type"
    ENTITLEMENT = "entitlement"
    DRAFTER = "drafter"
    POLICE_UNIT = "police_unit"


class Share(StrEnum):
    """How the size of the random part is spread over the strata."""

    PROPORTIONAL = "PROPORTIONAL"
    EACH = "EACH"


class Part(StrEnum):
    """Why a letter is in the sample; only RANDOM may feed a rate."""

    RANDOM = "RANDOM"
    TARGETED = "TARGETED"
    COVER = "COVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A targeted part: rows that have any of the flags, or are late, or never sent."""

    name: str
    size: int
    any_flag: tuple[str, ...] = ()
    is_late: bool = False
    never_sent: bool = False
    letter_types: tuple[str, ...] = ()
    entitlements: tuple[str, ...] = ()

    def takes(self, row: FrameRow) -> bool:
        """Say whether the condition fits a row."""
        return (
            not set(self.any_flag).isdisjoint(row.flags)
            or (self.is_late and row.is_late)
            or (self.never_sent and not row.is_sent)
            or row.letter_type in self.letter_types
            or row.entitlement in self.entitlements
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePlan:
    random_size: int
    strata: tuple[StratumField, ...] = ()
    share: Share = Share.PROPORTIONAL
    targets: tuple[Target, ...] = ()
    overruled_at_most: int = 0
    cover_every_drafter_within_weeks: int | None = None
    cover_at_most: int | None = None
    # What the one stratum is called where the plan names no groups.
    whole: str = "all letters"

    def __post_init__(self) -> None:
        """Refuse sizes below nothing.

        :raises PlanHasProblems: if a size or the cycle cannot be used
        """
        sizes = [
            self.random_size,
            self.overruled_at_most,
            *(target.size for target in self.targets),
        ]
        if min(sizes) < 0 or (self.cover_at_most or 0) < 0:
            raise PlanHasProblems("A sample size cannot be below 0. Type 0 to leave a part out.")
        cycle = self.cover_every_drafter_within_weeks
        if cycle is not None and cycle < 1:
            raise PlanHasProblems("The cycle to cover every drafter must be 1 week or more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    reference: str
    part: Part
    position: int
    stratum: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    reference: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumDrawn:
    """How many a stratum holds, was asked for and gave."""

    name: str
    population: int
    asked: int
    drawn: int

    @property
    def words(self) -> str:
        """Say what was drawn and whether the stratum was too small."""
        drawn = f"{self.name}: {self.drawn:,} of {self.population:,}"
        if self.drawn < self.asked:
            return f"{drawn} (asked for {self.asked:,}, but there are no more)"
        return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawResult:
    """One draw. The random and the targeted picks are never to be pooled."""

    seed: int
    frame_digest: str
    random: tuple[Pick, ...]
    targeted: tuple[Pick, ...]
    exclusions: tuple[Exclusion, ...]
    strata: tuple[StratumDrawn, ...]
    order: tuple[str, ...] = field(repr=False)

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Return every pick, the random part first."""
        return self.random + self.targeted


def draw(
    rows: Sequence[FrameRow],
    plan: SamplePlan,
    *,
    seed: int,
    weeks_since_sampled: Mapping[str, int] | None = None,
) -> DrawResult:
    """Draw a sample from a frame, the same for the same rows, plan, seed and history.

    :raises FrameHasProblems: if a reference is missing or stands twice
    """
    check_frame(rows)
    ordered = sorted(rows, key=lambda row: (draw_key(seed, row.reference), row.reference))
    open_rows = [row for row in ordered if not row.excluded_because]
    positions = {row.reference: place for place, row in enumerate(open_rows, start=1)}
    strata = _strata(open_rows, plan)
    sizes = _sizes({name: len(members) for name, members in strata.items()}, plan)
    random = [
        Pick(
            reference=row.reference,
            part=Part.RANDOM,
            position=positions[row.reference],
            stratum=name,
            because=f"random draw from {name}",
        )
        for name, members in strata.items()
        for row in members[: sizes[name]]
    ]
    taken = {pick.reference for pick in random}
    overruled = _overruled(ordered, plan, positions, taken)
    taken |= {pick.reference for pick in overruled}
    targeted = _targeted(open_rows, plan, positions, taken)
    taken |= {pick.reference for pick in targeted}
    cover = _cover(open_rows, plan, positions, taken, weeks_since_sampled or {})
    return DrawResult(
        seed=seed,
        frame_digest=frame_digest(rows),
        random=tuple(sorted(random, key=lambda pick: pick.position)),
        targeted=tuple(overruled + targeted + cover),
        exclusions=tuple(
            Exclusion(reference=row.reference, reason=row.excluded_because)
            for row in ordered
            if row.excluded_because
        ),
        strata=tuple(
            StratumDrawn(
                name=name,
                population=len(members),
                asked=sizes[name],
                drawn=min(sizes[name], len(members)),
            )
            for name, members in strata.items()
        ),
        order=tuple(positions),
    )


def substitute(
    rows: Sequence[FrameRow],
    plan: SamplePlan,
    *,
    seed: int,
    replaced: str,
    already_random: Collection[str],
) -> FrameRow:
    """Return the row that takes the place of a random pick: the next one of its stratum.

    The row may already stand in the targeted part; it then counts in both.

    :raises NothingLeftToDraw: if the stratum has no more rows
    """
    ordered = sorted(rows, key=lambda row: (draw_key(seed, row.reference), row.reference))
    open_rows = [row for row in ordered if not row.excluded_because or row.reference == replaced]
    wanted = next((row for row in open_rows if row.reference == replaced), None)
    if wanted is None:
        raise NothingLeftToDraw(f"{replaced} is not in the frame, so nothing can take its place.")
    name = stratum_name(wanted, plan)
    for row in open_rows:
        is_free = row.reference not in already_random and row.reference != replaced
        if is_free and stratum_name(row, plan) == name:
            return row
    raise NothingLeftToDraw(
        f"Every letter of {name} is already in the sample, so none can take the place of "
        f"{replaced}. Leave it out and give the reason; the sample will say so."
    )


def substitute_targeted(
    rows: Sequence[FrameRow],
    *,
    seed: int,
    replaced: str,
    fits: Callable[[FrameRow], bool],
    already_drawn: Collection[str],
) -> FrameRow:
    """Return the row that takes the place of a targeted pick: the next that fits as it did.

    :raises NothingLeftToDraw: if no other row fits
    """
    for row in sorted(rows, key=lambda row: (draw_key(seed, row.reference), row.reference)):
        is_free = row.reference not in already_drawn and row.reference != replaced
        if is_free and not row.excluded_because and fits(row):
            return row
    raise NothingLeftToDraw(
        f"No other letter fits as {replaced} did, so none can take its place. "
        "Leave it out and give the reason; the sample will say so."
    )


def stratum_name(row: FrameRow, plan: SamplePlan) -> str:
    """Return the name of the stratum a row belongs to under a plan."""
    parts = [str(getattr(row, each.value)) or "not recorded" for each in plan.strata]
    return ", ".join(parts) or plan.whole


def _strata(rows: Sequence[FrameRow], plan: SamplePlan) -> dict[str, list[FrameRow]]:
    strata: dict[str, list[FrameRow]] = {}
    for row in rows:
        strata.setdefault(stratum_name(row, plan), []).append(row)
    return dict(sorted(strata.items()))


def _sizes(populations: Mapping[str, int], plan: SamplePlan) -> dict[str, int]:
    if plan.share is Share.EACH:
        return dict.fromkeys(populations, plan.random_size)
    everybody = sum(populations.values())
    if not everybody:
        return {}
    size = min(plan.random_size, everybody)
    sizes = {name: size * number // everybody for name, number in populations.items()}
    by_remainder = sorted(
        populations, key=lambda name: (-(size * populations[name] % everybody), name)
    )
    for name in by_remainder[: size - sum(sizes.values())]:
        sizes[name] += 1
    return sizes


def _overruled(
    ordered: Sequence[FrameRow],
    plan: SamplePlan,
    positions: Mapping[str, int],
    taken: Collection[str],
) -> list[Pick]:
    free = [row for row in ordered if row.reference not in taken]
    asked = [row for row in free if ASKED_FOR in row.flags]
    by_lot = [row for row in free if is_overruled(row) and row not in asked]
    # Those left out of the lot have no place of their own in it.
    outside = [row.reference for row in asked if row.reference not in positions]
    places = {reference: place for place, reference in enumerate(outside, len(positions) + 1)}
    return [
        Pick(
            reference=row.reference,
            part=Part.TARGETED,
            position=positions.get(row.reference) or places[row.reference],
            stratum=stratum_name(row, plan),
            because=BECAUSE_OVERRULED,
        )
        for row in [*asked, *by_lot[: plan.overruled_at_most]]
    ]


def is_overruled(row: FrameRow) -> bool:
    """Say whether an overruled stop makes a row one to look at, in the lot of its own week."""
    return OVERRULED in row.flags and not row.excluded_because


def _targeted(
    rows: Sequence[FrameRow], plan: SamplePlan, positions: Mapping[str, int], taken: set[str]
) -> list[Pick]:
    picks: list[Pick] = []
    taken = set(taken)
    for target in plan.targets:
        fitting = [row for row in rows if row.reference not in taken and target.takes(row)]
        for row in fitting[: target.size]:
            taken.add(row.reference)
            picks.append(
                Pick(
                    reference=row.reference,
                    part=Part.TARGETED,
                    position=positions[row.reference],
                    stratum=stratum_name(row, plan),
                    because=f"targeted: {target.name}",
                )
            )
    return picks


def _cover(
    rows: Sequence[FrameRow],
    plan: SamplePlan,
    positions: Mapping[str, int],
    taken: set[str],
    weeks_since_sampled: Mapping[str, int],
) -> list[Pick]:
    cycle = plan.cover_every_drafter_within_weeks
    if cycle is None:
        return []
    drawn = {row.drafter for row in rows if row.reference in taken}
    first: dict[str, FrameRow] = {}
    for row in rows:
        if row.drafter and row.drafter not in drawn:
            first.setdefault(row.drafter, row)
    never = 10**6
    waited = {drafter: weeks_since_sampled.get(drafter, never) for drafter in first}
    waiting = [drafter for drafter in first if waited[drafter] >= cycle]
    waiting.sort(key=lambda drafter: (-waited[drafter], drafter))
    return [
        Pick(
            reference=first[drafter].reference,
            part=Part.COVER,
            position=positions[first[drafter].reference],
            stratum=stratum_name(first[drafter], plan),
            because=f"cover: this drafter was not sampled in the last {count_words(cycle, 'week')}",
        )
        for drafter in waiting[: plan.cover_at_most]
    ]
