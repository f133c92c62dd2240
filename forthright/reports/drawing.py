"""Turns the frozen figures of a section into the tables and charts that pages and files show."""

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


# What the report's own week on each chart is a figure of, whose records are frozen.
OWN_WEEK = {"share-in-time": "owed-all-share", "not-sent": "owed-all-unsent"}


def section_to_show(section: Plain, report: WeeklyReport, *, site: str) -> Plain:
    """Return a section with its tables and charts ready for a page.

    :param site: where links lead: nothing on a page, the product's own address in a file
    """
    return {
        "key": section["key"],
        "title": section["title"],
        "sentences": section["sentences"],
        "tables": [_table(each, report, site) for each in section["tables"]],
        "charts": [
            *(_control_chart(each, report, site) for each in section["control_charts"]),
            *(_bars(each) for each in section["bars"]),
        ],
    }


def _table(frozen: Plain, report: WeeklyReport, site: str) -> Table:
    figures = report.figures["figures"]
    return Table(
        caption=frozen["caption"],
        columns=[Column(""), *(Column(words, is_number=True) for words in frozen["columns"])],
        rows=[
            [Cell(label), *(_cell(figures[key], report, site) for key in keys)]
            for label, keys in frozen["rows"]
        ],
    )


def _cell(figure: Plain, report: WeeklyReport, site: str) -> Cell:
    return Cell(figure["words"], address_of_figure(report, figure["key"], site=site))


def address_of_figure(report: WeeklyReport, key: str, *, site: str) -> str:
    """Return the address at which a figure's records open; of no kept report, today's."""
    if report.pk is None:
        return site + reverse("reports:stock_figure", args=[key])
    return site + reverse("reports:figure", args=[report.pk, key])


def address_of_week(report: WeeklyReport, chart: str, week: str, *, site: str) -> str:
    """Return the address at which the records of one week of a chart open."""
    if (own := f"{chart}-{week}") in report.figures["figures"]:
        return address_of_figure(report, own, site=site)
    if week == report.figures["week"]:
        return address_of_figure(report, OWN_WEEK[chart], site=site)
    return site + reverse("reports:week", args=[report.pk, chart, week])


def _control_chart(frozen: Plain, report: WeeklyReport, site: str) -> Chart:
    # A report of before there were charts of anything else does not name its noun.
    noun = frozen.get("noun", "letter")
    segments = [
        ControlSegment(
            mean=part["mean"], lower=part["lower"], upper=part["upper"], name=part["rules"],
            points=tuple(
                _point(value, address_of_week(report, frozen["key"], value["week"], site=site))
                for value in part["values"]
            ),
            made_of=f"{count_words(part['weeks'], 'week')}, {count_words(part['n'], noun)}",
        )
        for part in frozen["segments"]
    ]  # fmt: skip
    return control_chart(
        segments, name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
        counted=f"Counted from {frozen['population']}. "
        f"Rules: {frozen['rules']}.",
    )  # fmt: skip


def _point(value: Plain, address: str) -> ControlPoint:
    return ControlPoint(
        value["label"], value["value"], value["meaning"], value["why"],
        of=f"{value['count']:,} of {value['n']:,}", words=value["words"],
        interval=Interval(value["low"], value["high"]).words if value["low"] is not None else "",
        address=address,
    )  # fmt: skip


def _bars(frozen: Plain) -> Chart:
    bars = [(words, number, n) for words, number, n in frozen["bars"]]
    return bar_chart(
        bars, name=frozen["key"], caption=frozen["title"], sentence=frozen["sentence"],
    )  # fmt: skip
