"""The page a letter is printed from: HTML and its style, with the address in the window."""

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from forthright.rules.envelopes import ADDRESS_LINE_POINTS, ADDRESS_POINTS, Window
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run

# The rest of a letter begins below what any window shows, and GOV.UK Notify wants it so.
BODY_TOP = 95.0
SIDE, TOP = 24.6, 20.0
# Clear print is 12 point or more; large print is 18.
BODY_POINTS, LARGE_POINTS = 12.0, 18.0
FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

NOT_PRINTED = frozenset({"Cc", "Cs"})
LISTS = {ParagraphKind.BULLET: "ul", ParagraphKind.NUMBERED: "ol"}
GROUPS = {ParagraphKind.ADDRESS: "address", ParagraphKind.SIGN_OFF: "sign-off"}


def html_of(composed: Composed, window: Window, *, title: str, points: float = BODY_POINTS) -> str:
    """Return a letter as one HTML page that stands by itself, with its type in points."""
    lines = sum(each.kind is ParagraphKind.ADDRESS for each in composed.paragraphs)
    # The address comes first whatever its place, as it must stand in the window.
    ordered = sorted(composed.paragraphs, key=lambda each: each.kind is not ParagraphKind.ADDRESS)
    inside = "\n".join(_sections(ordered))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(composed.language)}"><head>'
        f'<meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style(points, window, lines)}</style></head>\n<body>\n{inside}\n</body></html>\n"
    )


def style(points: float, window: Window, lines: int) -> str:
    """Return the style of a printed letter with an address of some lines in the window."""
    first = window.first_line(lines)
    return f"""
@page {{ size: A4; margin: {TOP}mm {SIDE}mm;
  @bottom-center {{ content: "Page " counter(page) " of " counter(pages);
    font: 9pt {FONTS}; color: #333; }} }}
@page :first {{ margin-top: {first}mm; }}
body {{ margin: 0; font: {points}pt/1.35 {FONTS}; color: #000; hyphens: none; }}
.address {{ width: {window.right - window.left}mm; height: {BODY_TOP - first}mm;
  margin-left: {window.left - SIDE}mm;
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
    text = escape(printed(run.text))
    text = f"<em>{text}</em>" if run.is_italic else text
    return f"<strong>{text}</strong>" if run.is_bold else text


def printed(text: str) -> str:
    """Return a text without what no page shows: signs to a machine, and halves of characters."""
    return "".join(each for each in text if each in "\t\n" or _is_printed(each))


def _is_printed(character: str) -> bool:
    """Say whether a character is one, and no sign to a machine or half of another."""
    is_none = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return unicodedata.category(character) not in NOT_PRINTED and not is_none
