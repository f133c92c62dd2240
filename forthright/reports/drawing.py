"""Turns the frozen figures of a section into the tables and charts that pages and files show."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from forthright.reports.models import WeeklyReport
from forthright.rules.figures import Interval
from forthright.rules.words import count_words
from forthright.web.charts.control import ControlPoint, ControlSegment, control_chart
from forthright.web.charts.counts import bar_chart
from forthright.web.charts.drawing import Chart
from forthright.web.tables import Cell, Column, Table

Plain = dict[str, Any]


def section_to_show(
    section: Plain, report: WeeklyReport, *, has_links: bool, weeks: Mapping[str, str]
) -> Plain:
    """Return a section with its tables and charts ready for a page.

    `weeks` gives for each week the address of its own report, which opens its records.
    """
    return {
        "key": section["key"],
        "title": section["title"],
        "sentences": section["sentences"],
        "tables": [_table(each, report, has_links) for each in section["tables"]],
        "charts": [
            *(_control_chart(each, weeks) for each in section["control_charts"]),
            *(_bars(each) for each in section["bars"]),
        ],
    }


def _table(frozen: Plain, report: WeeklyReport, has_links: bool) -> Table:
    figures = report.figures["figures"]
    return Table(
        caption=frozen["caption"],
        columns=[Column(""), *(Column(words, is_number=True) for words in frozen["columns"])],
        rows=[
            [Cell(label), *(_cell(figures[key], report, has_links) for key in keys)]
            for label, keys in frozen["rows"]
        ],
    )


def _cell(figure: Plain, report: WeeklyReport, has_links: bool) -> Cell:
    address = ""
    if has_links:
        address = reverse("reports:figure", args=[report.pk, figure["key"]])
    return Cell(figure["words"], address)


def _control_chart(frozen: Plain, weeks: Mapping[str, str]) -> Chart:
    segments = [
        ControlSegment(
            mean=part["mean"], lower=part["lower"], upper=part["upper"], name=part["rules"],
            points=tuple(_point(value, frozen["unit"], weeks) for value in part["values"]),
            made_of=f"{count_words(part['weeks'], 'week')}, {count_words(part['n'], 'letter')}",
        )
        for part in frozen["segments"]
    ]  # fmt: skip
    return control_chart(
        segments, name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
        unit=frozen["unit"], counted=f"Counted from {frozen['population']}. "
        f"Rules: {frozen['rules']}.",
    )  # fmt: skip


def _point(value: Plain, unit: str, weeks: Mapping[str, str]) -> ControlPoint:
    return ControlPoint(
        value["label"], value["value"], value["meaning"], value["why"],
        of=f"{value['count']:,} of {value['n']:,}", words=value["words"] if unit == "share" else "",
        interval=Interval(value["low"], value["high"]).words if value["low"] is not None else "",
        address=weeks.get(value["week"], ""),
    )  # fmt: skip


def _bars(frozen: Plain) -> Chart:
    bars = [(words, number, n) for words, number, n in frozen["bars"]]
    return bar_chart(
        bars, name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
    )  # fmt: skip
