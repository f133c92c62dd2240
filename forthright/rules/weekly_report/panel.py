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
    rows = tuple(
        (f"{each.code} {each.criterion.title}", _figures(each, facts, ledger))
        for each in facts.lines
        if each.n
    )
    if rows:
        section.tables.append(
            Table(
                caption=f"The panel less the line manager, edition {facts.edition}",
                columns=("Panel stricter", "Panel milder", "Mean difference in levels"),
                rows=rows,
            )
        )
    return section


def _figures(line: PanelLine, facts: PanelFacts, ledger: Ledger) -> tuple[str, str, str]:
    label = f"{line.code} {line.criterion.title}"
    key = f"panel-{line.code}"
    of = (
        f"letters marked by a panel since {facts.since} and by a line manager before, edition "
        f"{facts.edition}, to which the criterion applies and on which both say something"
    )
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
