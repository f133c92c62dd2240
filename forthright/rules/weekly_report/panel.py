"""The part of the report about the independent panel: its marks against line managers'."""

from dataclasses import dataclass

from forthright.rules.panel_against import METHOD, PanelLine
from forthright.rules.weekly_report.pieces import Ledger, Section, Table
from forthright.rules.words import count_words

PANEL_METHOD = METHOD


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFacts:
    """What panels marked by the standard, and the managers' markings they are set against."""

    since: str
    edition: int
    meetings: int
    read: int
    reviews: tuple[int, ...]
    by_lot: int
    lines: tuple[PanelLine, ...]


def panel(facts: PanelFacts, ledger: Ledger) -> Section:
    """Return the section on how far the panel's marks lie from line managers'."""
    section = Section(key="panel", title="The panel against line managers")
    panels = count_words(facts.meetings, "panel")
    letters = count_words(facts.read, "letter")
    both, rest = len(facts.reviews), facts.read - len(facts.reviews)
    edition = f"edition {facts.edition} of the standard"
    section.sentences = [
        f"Since {facts.since}, {panels} marked {letters} by {edition}.",
        f"Line managers had marked {both:,} of them by then; {rest:,} cannot be compared.",
    ]
    if chosen := both - facts.by_lot:
        section.sentences.append(
            f"{facts.by_lot:,} came by lot to both; {chosen:,} were drawn for a theme or looked "
            "for, and are counted apart."
        )
    rows = tuple((_label(each), _figures(each, facts, ledger)) for each in facts.lines if each.n)
    if rows:
        section.tables.append(
            Table(
                caption="The panel less the line manager, of letters that came by lot, edition "
                f"{facts.edition}",
                columns=("Panel stricter", "Panel milder", "Mean difference in levels"),
                rows=rows,
            )
        )
    apart = tuple(
        (_label(each), (_counts(each, facts, ledger),)) for each in facts.lines if each.chosen.n
    )
    if apart:
        section.tables.append(
            Table(
                caption="Of letters drawn for a theme or looked for, counts alone, edition "
                f"{facts.edition}",
                columns=("The panel against the line manager",),
                rows=apart,
            )
        )
    return section


def _label(line: PanelLine) -> str:
    return f"{line.code} {line.criterion.title}"


def _population(facts: PanelFacts, how: str) -> str:
    return (
        f"letters {how}, marked by a panel since {facts.since} and by a line manager before, "
        f"edition {facts.edition}, to which the criterion applies and on which both say something"
    )


def _counts(line: PanelLine, facts: PanelFacts, ledger: Ledger) -> str:
    return ledger.told(
        f"panel-{line.code}-chosen",
        f"{_label(line)}: panel against manager, letters drawn for a theme or looked for",
        line.chosen.words, list(line.chosen.reviews), record_kind="review",
        population=_population(facts, "that were drawn for a theme or looked for"),
    )  # fmt: skip


def _figures(line: PanelLine, facts: PanelFacts, ledger: Ledger) -> tuple[str, str, str]:
    label, key = _label(line), f"panel-{line.code}"
    of = _population(facts, "that came by lot to both")
    stricter, milder = (
        ledger.rate(f"{key}-{word}", f"{label}: panel {word}", list(pks), of=list(line.reviews),
                    population=of, record_kind="review")
        for word, pks in (("stricter", line.stricter), ("milder", line.milder))
    )  # fmt: skip
    mean = ledger.told(
        f"{key}-mean", f"{label}: mean difference, panel less manager, 95% interval",
        line.mean_words, list(line.reviews), population=of, record_kind="review",
    )  # fmt: skip
    return stricter, milder, mean
