"""A person's own marks as a file: a spreadsheet, or plain lines for any program."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from forthright.calibration.selectors.own import OwnMarks
from forthright.rules.words import moment_words

MARKS = ("Given", "Letter", "How", "Criterion", "Level")
WHOLES = ("Finished", "Letter", "How", "Overall", "Overall after a dispute", "Seconds spent")
DISPUTES = ("Disputed", "Letter", "Criterion", "Your level", "Outcome", "New level", "Decided")
FIGURES = ("Worked out", "Letters compared", "Leniency", "From", "To", "In words",
           "Change signalled", "Numbers")  # fmt: skip
LOOKS = ("Figure worked out", "Seen by", "First seen")
AGREED = ("Letter that was held against agreed marks",)
ABOUT = (
    "All that Forthright holds about the marks you gave, and nothing about anybody else’s.",
    (
        "Words that you quoted or wrote beside a mark stay with the letter: they tell of other "
        "people. So do those of a dispute; what it changed is here."
    ),
    (
        "A mark of a prosecutor’s reasons names no criterion, and an answer on the panel has the "
        "key of its question. Earlier marks that you changed are here where they were kept: those "
        "of reasons."
    ),
    (
        "What others gave letters that you wrote is no mark of yours: it stands with each letter, "
        "under Feedback on your work."
    ),
    (
        "The seconds spent are those with the page of your first marks, or of a letter that you "
        "looked at before it went, open, long silences left out. Of second marks and rounds no "
        "time is kept."
    ),
    (
        "Some second marks are of letters with agreed marks. Which ones is told here once such a "
        "letter no longer goes out, because nobody who knew could mark it as any other."
    ),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def own_marks_workbook(held: OwnMarks) -> bytes:
    """Return what is held about somebody's marks as a spreadsheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("About this file")
        sheet.set_column(0, 0, 100)
        for row, words in enumerate(ABOUT):
            sheet.write_string(row, 0, words)
        for name, heads, rows in _tables(held):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(heads) - 1, 28)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
            for number, cells in enumerate(rows, start=1):
                for column, words in enumerate(cells):
                    sheet.write_string(number, column, words)
    return made.getvalue()


def own_marks_lines(held: OwnMarks) -> str:
    """Return what is held about somebody's marks as comma-separated lines, table by table."""
    made = io.StringIO()
    writer = csv.writer(made)
    for words in ABOUT:
        writer.writerow([words])
    for name, heads, rows in _tables(held):
        writer.writerow([])
        writer.writerow([name])
        writer.writerow(heads)
        # A spreadsheet would work out what begins like a formula.
        writer.writerows(
            [f"'{each}" if each.startswith(FORMULA) else each for each in row] for row in rows
        )
    return made.getvalue()


def _tables(held: OwnMarks) -> list[tuple[str, Sequence[str], list[list[str]]]]:
    marks = [[moment_words(e.given_at), e.letter, e.how, e.criterion, e.level] for e in held.marks]
    wholes = [
        [_moment(e.finished_at) or "Not yet", e.letter, e.how, e.overall, e.after_dispute,
         "Not kept" if e.seconds is None else str(e.seconds)]
        for e in held.wholes
    ]  # fmt: skip
    disputes = [
        [moment_words(e.raised_at), e.letter, e.criterion, e.level, e.outcome, e.new_level,
         _moment(e.decided_at)]
        for e in held.disputes
    ]  # fmt: skip
    figures = [
        [moment_words(e.run.made_at), str(e.letters), _number(e.value), _number(e.low),
         _number(e.high), e.words, e.drift, e.run.numbers]
        for e in held.figures
    ]  # fmt: skip
    looks = [
        [moment_words(e.figure.run.made_at), str(e.person), moment_words(e.seen_at)]
        for e in held.looks
    ]
    return [
        ("Marks", MARKS, marks),
        ("Markings", WHOLES, wholes),
        ("Disputes", DISPUTES, disputes),
        ("Leniency", FIGURES, figures),
        ("Who saw it", LOOKS, looks),
        ("Agreed marks", AGREED, [[each] for each in held.held_against_agreed]),
    ]


def _moment(value: datetime | None) -> str:
    return moment_words(value) if value else ""


def _number(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:+.2f}"
