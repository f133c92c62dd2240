"""The page a letter is printed from: HTML and its style, with the address in the window."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run

# Where the address stands, in millimetres from the left and top edge of A4: what the window of a
# DL or C5 envelope shows when the sheet is folded in three. Taken from the letter specification of
# GOV.UK Notify (alphagov/notifications-template-preview, app/precompiled.py): address from 24.6 to
# 120 across and 39.5 to 66.3 down, the rest of the letter from 95 down, 15 at each side kept clear.
# The window's own size (35 by 90 on a UK envelope) leaves room to slide, so nothing else may stand
# beside or just below it. An Area's printer may want other figures: to be confirmed there.
ADDRESS_LEFT, ADDRESS_RIGHT = 24.6, 120.0
ADDRESS_TOP, ADDRESS_BOTTOM = 39.5, 66.3
BODY_TOP = 95.0
SIDE, TOP = 24.6, 20.0
# Seven lines of 10.8 points (3.81 mm) fill the 26.8 mm that the window shows.
ADDRESS_POINTS, ADDRESS_LINE_POINTS = 9.5, 10.8
# Clear print is 12 point or more; large print is 18.
BODY_POINTS, LARGE_POINTS = 12.0, 18.0
FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

LISTS = {ParagraphKind.BULLET: "ul", ParagraphKind.NUMBERED: "ol"}
GROUPS = {ParagraphKind.ADDRESS: "address", ParagraphKind.SIGN_OFF: "sign-off"}


def html_of(composed: Composed, *, title: str, points: float = BODY_POINTS) -> str:
    """Return a letter as one HTML page that stands by itself, with its type in points."""
    # The address comes first whatever its place, as it must stand in the window.
    ordered = sorted(composed.paragraphs, key=lambda each: each.kind is not ParagraphKind.ADDRESS)
    inside = "\n".join(_sections(ordered))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(composed.language)}"><head>'
        f'<meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style(points)}</style></head>\n<body>\n{inside}\n</body></html>\n"
    )


def style(points: float) -> str:
    """Return the style of a printed letter."""
    return f"""
@page {{ size: A4; margin: {TOP}mm {SIDE}mm;
  @bottom-center {{ content: "Page " counter(page) " of " counter(pages);
    font: 9pt {FONTS}; color: #333; }} }}
@page :first {{ margin-top: {ADDRESS_TOP}mm; }}
body {{ margin: 0; font: {points}pt/1.35 {FONTS}; color: #000; hyphens: none; }}
.address {{ width: {ADDRESS_RIGHT - ADDRESS_LEFT}mm; height: {BODY_TOP - ADDRESS_TOP}mm;
  font-size: {ADDRESS_POINTS}pt; line-height: {ADDRESS_LINE_POINTS}pt; }}
p, ul, ol {{ margin: 0 0 0.6em; orphans: 2; widows: 2; }}
.address p, .sign-off p {{ margin: 0; }}
.sign-off {{ margin-top: 1.4em; break-inside: avoid; }}
.sign-off p:first-child {{ margin-bottom: 2.6em; }}
h1 {{ font-size: 1.1em; margin: 1em 0 0.3em; break-after: avoid; }}
li {{ margin-bottom: 0.2em; }}
"""


def _sections(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for kind, same in groupby(paragraphs, key=lambda each: each.kind):
        rows = list(same)
        if kind in LISTS:
            items = "".join(f"<li>{_words(each)}</li>" for each in rows)
            yield f"<{LISTS[kind]}>{items}</{LISTS[kind]}>"
        elif kind in GROUPS:
            lines = "".join(f"<p>{_words(each)}</p>" for each in rows)
            yield f'<div class="{GROUPS[kind]}">{lines}</div>'
        else:
            tag = "h1" if kind is ParagraphKind.HEADING else "p"
            yield from (f"<{tag}{_spoken(each)}>{_words(each)}</{tag}>" for each in rows)


def _spoken(paragraph: Paragraph) -> str:
    return f' lang="{escape(paragraph.language)}"' if paragraph.language else ""


def _words(paragraph: Paragraph) -> str:
    return "".join(_run(run) for run in paragraph.runs)


def _run(run: Run) -> str:
    text = escape(run.text)
    return f"<strong>{text}</strong>" if run.is_bold else text
