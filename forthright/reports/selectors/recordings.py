"""The recordings and discs behind a figure, as they stood when the report was made."""

from dataclasses import dataclass
from datetime import date

from forthright.accounts.models import Area, User
from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.registered import visible
from forthright.reports.models import WeeklyReport
from forthright.rules.media_backlog import BacklogFacts, DiscFact, RecordingFact
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.weekly_report.register_counts import DISC, RECORDING
from forthright.rules.weekly_report.register_now import stock_now, week_now
from forthright.rules.weekly_report.trends import CHARTED_WEEKS
from forthright.rules.words import date_words, list_words

REGISTER = (RECORDING, DISC)
NOT_LEFT = "Not yet with everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One recording or disc behind a figure: what it is today, and how it stood then."""

    id: int
    name: str
    case: str
    unit: str
    police: str
    stood: str
    registered_on: date | None
    hearing_on: date | None
    is_counted: bool


def standing_of(register: BacklogFacts | None) -> dict[str, list[str]]:
    """Return how each recording and disc stood, to be frozen beside the letters."""
    if register is None:
        return {}
    return {
        **{f"{RECORDING}-{each.id}": _of_recording(each) for each in register.recordings},
        **{f"{DISC}-{each.id}": _of_disc(each) for each in register.discs},
    }


def stock_of(area: Area, today: date) -> WeeklyReport | None:
    """Return the stock of recordings as it stands today, as a report that nobody keeps.

    None where there is neither recording nor disc.
    """
    week = week_now(today)
    register = backlog_of(area, week, week.plus(1 - CHARTED_WEEKS), as_of=today)
    if register is None:
        return None
    figures, records = stock_now(register, today=today)
    return WeeklyReport(
        area=area, week=week.monday, figures=figures, records=records,
        standing=standing_of(register),
    )  # fmt: skip


def register_behind(report: WeeklyReport, key: str, user: User) -> tuple[list[RegisterRow], int]:
    """Return what is behind a figure of the register that this person may open, and how many.

    Of a share these are all the recordings it is of, those counted marked so.
    """
    kind = report.figures["figures"][key]["record_kind"]
    counted = set(report.records.get(key, []))
    ids = counted | set(report.records.get(population_key(key), []))
    rows = _discs(ids, user) if kind == DISC else _recordings(ids, user)
    return [_row(report, kind, each, is_counted=each[0] in counted) for each in rows], len(ids)


def _recordings(ids: set[int], user: User) -> list[tuple[int, str, str, str]]:
    seen = visible(user, MediaItem.objects.filter(pk__in=ids)).select_related("case", "unit")
    return [
        (each.pk, str(each), str(each.case), each.unit.name)
        for each in seen.order_by("case__urn", "exhibit", "pk")
    ]


def _discs(ids: set[int], user: User) -> list[tuple[int, str, str, str]]:
    seen = visible(user, Carrier.objects.filter(pk__in=ids)).select_related("unit")
    return [(each.pk, str(each), "", each.unit.name) for each in seen.order_by("barcode", "pk")]


def _row(
    report: WeeklyReport, kind: str, seen: tuple[int, str, str, str], *, is_counted: bool
) -> RegisterRow:
    pk, name, case, unit = seen
    kept = report.standing.get(f"{kind}-{pk}") or ["Not kept in this version", "", "", ""]
    stood, police, registered, hearing = kept
    return RegisterRow(
        id=pk, name=name, case=case, unit=unit, police=police, stood=stood,
        registered_on=_day(registered), hearing_on=_day(hearing), is_counted=is_counted,
    )  # fmt: skip


def _of_recording(each: RecordingFact) -> list[str]:
    stood = (
        f"{each.left_how.words} on {date_words(each.left_on)}"
        if each.left_how and each.left_on
        else NOT_LEFT
    )
    if each.held_on and each.shared_on and each.shared_on != each.left_on:
        stood += f"; with everybody of the hearing on {date_words(each.shared_on)}"
    if each.earlier:
        days = list_words([date_words(before.held_on) for before in each.earlier])
        stood += f"; its hearing took place on {days} as well"
    return [stood, each.police, each.entered_on.isoformat(), str(each.held_on or "")]


def _of_disc(each: DiscFact) -> list[str]:
    where = "Missing" if each.is_missing else "Held"
    about = "no hearing to come" if each.is_over else ""
    if each.is_unknown:
        about = "nobody recorded what is on it"
    return ["; ".join(filter(None, (where, about))), "", "", ""]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
