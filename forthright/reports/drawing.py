"""Turns the frozen figures of a section into the tables and charts that pages and files show."""

from typing import Any

from django.urls import reverse

from forthright.reports.models import WeeklyReport
from forthright.web.charts.control import ControlPoint, ControlSegment, control_chart
from forthright.web.charts.counts import bar_chart
from forthright.web.charts.drawing import Chart
from forthright.web.tables import Cell, Column, Table

Plain = dict[str, Any]


def section_to_show(section: Plain, report: WeeklyReport, *, has_links: bool) -> Plain:
    """Return a section with its tables and charts ready for a page."""
    return {
        "key": section["key"],
        "title": section["title"],
        "sentences": section["sentences"],
        "tables": [_table(each, report, has_links) for each in section["tables"]],
        "charts": [
            *(_control_chart(each) for each in section["control_charts"]),
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
    if has_links and figure["count"]:
        address = reverse("reports:figure", args=[report.pk, figure["key"]])
    return Cell(figure["words"], address)


def _control_chart(frozen: Plain) -> Chart:
    segment = ControlSegment(
        mean=frozen["mean"],
        lower=frozen["lower"],
        upper=frozen["upper"],
        points=tuple(ControlPoint(*point) for point in frozen["points"]),
    )
    return control_chart(
        [segment], name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
        unit=frozen["unit"],
    )  # fmt: skip


def _bars(frozen: Plain) -> Chart:
    bars = [(words, number) for words, number in frozen["bars"]]
    return bar_chart(
        bars, name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
    )  # fmt: skip
