"""What every page must keep to, so that nobody is shut out by how it is written."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from lxml import html

Element = Any  # lxml has no types of its own
SELF_NAMED = {"hidden", "submit", "button", "reset", "image"}


def words_of(element: Element) -> str:
    """Return an element's text with its white space made plain."""
    return " ".join(element.text_content().split())


def ids_of(page: Element) -> set[str]:
    """Return every id on the page."""
    return {element.get("id") for element in page.iter() if element.get("id")}


def language(page: Element) -> Iterator[str]:
    if not page.get("lang"):
        yield "the page does not say which language it is in"


def one_heading(page: Element) -> Iterator[str]:
    headings = [words_of(heading) for heading in page.iter("h1")]
    if len(headings) != 1:
        yield f"the page has {len(headings)} h1 headings, not one: {headings}"
        return
    title = words_of(page.find(".//title")) if page.find(".//title") is not None else ""
    if not title.removeprefix("Error: ").startswith(headings[0]):
        yield f"the title “{title}” does not begin with the heading “{headings[0]}”"


def no_repeated_id(page: Element) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.iter() if element.get("id"))
    for name, count in counts.items():
        if count > 1:
            yield f"the id {name} stands {count} times"


def fields(page: Element) -> Iterator[Element]:
    """Yield each box that a person fills in."""
    for field in page.iter("input", "select", "textarea"):
        if (field.get("type") or "").lower() not in SELF_NAMED:
            yield field


def named(element: Element, page: Element) -> bool:
    """Return whether an element has a name of its own for a screen reader."""
    if (element.get("aria-label") or "").strip():
        return True
    pointed = (element.get("aria-labelledby") or "").split()
    return bool(pointed) and set(pointed) <= ids_of(page)


def a_label_for_each_field(page: Element) -> Iterator[str]:
    labels = {label.get("for") for label in page.iter("label") if words_of(label)}
    for field in fields(page):
        wrapped = any(words_of(label) for label in field.iterancestors("label"))
        if field.get("id") not in labels and not wrapped and not named(field, page):
            yield f"the field {field.get('name')} has no label"


def error_summary_matches(page: Element) -> Iterator[str]:
    found = page.find_class("govuk-error-message")
    told = {words_of(error).removeprefix("Error: ") for error in found}
    links = [link for box in page.find_class("govuk-error-summary") for link in box.iter("a")]
    summed = {words_of(link) for link in links}
    for words in told - summed:
        yield f"the error “{words}” is not in the error summary"
    for words in summed - told:
        yield f"the error summary says “{words}”, which stands at no field"
    field_ids = {field.get("id") for field in fields(page)}
    for link in links:
        if link.get("href", "").removeprefix("#") not in field_ids:
            yield f"the error summary leads to {link.get('href')}, which is no field"
    title = page.find(".//title")
    if links and not (title is not None and words_of(title).startswith("Error: ")):
        yield "the title does not begin with “Error: ” though the page has errors"


def forms_are_safe(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        where = form.get("action") or "this page"
        if not form.xpath('.//input[@name="csrfmiddlewaretoken"]'):
            yield f"the form that posts to {where} has no token"
        if form.get("novalidate") is None and form.xpath(
            './/*[@required or @type="email" or @type="url" or @type="number"]'
        ):
            yield f"the form that posts to {where} lets the browser refuse in its own words"


def pictures_have_words(page: Element) -> Iterator[str]:
    for picture in page.iter("img"):
        if picture.get("alt") is None:
            yield f"the image {picture.get('src')} has no alt"
    for drawing in page.iter("svg"):
        if drawing.get("aria-hidden") != "true" and not named(drawing, page):
            yield "a drawing has no words and is not hidden from screen readers"


def links_and_buttons_have_words(page: Element) -> Iterator[str]:
    for element in page.iter("a", "button"):
        inside = " ".join(picture.get("alt") or "" for picture in element.iter("img"))
        if not (words_of(element) or inside.strip() or named(element, page)):
            yield f"a {element.tag} leads to {element.get('href')} and has no words"


def pointers_arrive(page: Element) -> Iterator[str]:
    there = ids_of(page)
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            for target in (element.get(attribute) or "").split():
                if target not in there:
                    yield f"{element.tag} points by {attribute} at {target}, which is not there"
        link = element.get("href") or ""
        if link.startswith("#") and link[1:] not in there:
            yield f"a link leads to {link}, which is not there"


def no_inline_code(page: Element) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        inline = [name for name in element.keys() if re.fullmatch("style|on[a-z]+", name)]  # noqa: SIM118 - an element of lxml is not a dict
        if inline or element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"{element.tag} has style or script in the page, which browsers refuse here"


def tables_say_what_they_are(page: Element) -> Iterator[str]:
    for table in page.iter("table"):
        if table.find("caption") is None and not named(table, page):
            yield "a table has no caption"
        if not table.xpath(".//th"):
            yield "a table has no headings"


CHECKS: list[Callable[[Element], Iterator[str]]] = [
    language,
    one_heading,
    no_repeated_id,
    a_label_for_each_field,
    error_summary_matches,
    forms_are_safe,
    pictures_have_words,
    links_and_buttons_have_words,
    pointers_arrive,
    no_inline_code,
    tables_say_what_they_are,
]


def faults_of(markup: str) -> list[str]:
    """Return everything that is wrong with a page, in words."""
    page = html.document_fromstring(markup)
    return [fault for check in CHECKS for fault in check(page)]
