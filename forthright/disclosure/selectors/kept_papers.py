"""Papers that were kept, as they may be read today: what was held back since is left out of them.

What is kept stays as it is. Words that are left out give way to as many letters and spaces, so that
what a mark quotes beside them is found where it was.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from forthright.disclosure.models import DisclosureDuty, Item
from forthright.disclosure.selectors.answers import answers_today
from forthright.disclosure.selectors.hidden import OPEN_FORMS, hidden_in
from forthright.disclosure.selectors.management import tells_of_sensitive
from forthright.disclosure.selectors.papers import WITHHELD, document_lines
from forthright.disclosure.selectors.released import released_items
from forthright.disclosure.selectors.secrets import Secrets
from forthright.rules.disclosure_pack import PackFacts

NAMED = re.compile(rf"(?P<form>{'|'.join(OPEN_FORMS)}) (?P<item>(?:item|row) \d+): ")
Rows = Mapping[tuple[str, str], set[str]]


def papers_today(duty: DisclosureDuty, text: str) -> str:
    """Return kept papers of a duty, without the words that nobody may quote today."""
    rows = _hidden_rows(duty, released_items(duty))
    telling = {
        line: len(title)
        for document in duty.documents.all()
        if tells_of_sensitive(document)
        for title, line in document_lines(document)
    }
    secrets = Secrets(duty)
    if not rows and not telling and not secrets.secret:
        return text
    return "\n\n".join(
        _left_out(paragraph, telling[paragraph])
        if paragraph in telling
        else _item_today(paragraph, rows, secrets)
        for paragraph in text.split("\n\n")
    )


def service_today(
    duty: DisclosureDuty, facts: PackFacts, released: frozenset[int] = frozenset()
) -> PackFacts:
    """Return what was served, with the words left out that are for the lawyers of the unit today.

    The facts themselves where nothing is left out.

    :param released: items that are held back and whose words stay all the same
    """
    rows = _hidden_rows(duty, released)
    answers = answers_today(duty, facts.answers)
    items = tuple(
        replace(each, description=WITHHELD.capitalize())
        if _squeezed(each.description) in _named(rows, each.form, each.number)
        else each
        for each in facts.items
    )
    if (items, answers) == (facts.items, facts.answers):
        return facts
    return replace(facts, items=items, answers=answers)


def _hidden_rows(duty: DisclosureDuty, released: frozenset[int]) -> Rows:
    """Return the descriptions that are hidden, in every version, by the form and the name."""
    hidden = hidden_in(duty.case_id)
    items = Item.objects.filter(
        schedule__delivery__case=duty.case_id, schedule__form__in=OPEN_FORMS
    ).select_related("schedule")
    rows: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in items:
        form = item.schedule.form
        if not hidden.has(item, form):
            continue
        if item.pk not in released or item.pk in hidden.queried:
            rows[form, str(item)].add(_squeezed(item.description))
    return rows


def _named(rows: Rows, form: str, number: int | None) -> set[str]:
    if number is not None:
        return rows.get((form, f"item {number}"), set())
    return {words for (of_form, _), said in rows.items() if of_form == form for words in said}


def _item_today(paragraph: str, rows: Rows, secrets: Secrets) -> str:
    found = NAMED.match(paragraph)
    if found is None:
        return paragraph
    rest = paragraph[found.end() :]
    for words in rows.get((found["form"], found["item"]), ()):
        # Where there is no description, nothing but the reason beside it may tell.
        said = words or "no description"
        if rest.startswith(f"{said}.".replace("..", ".")):
            return _left_out(paragraph, found.end())
    # A reason may have told of what came to be sensitive after it.
    return _left_out(paragraph, found.end()) if secrets.told_in(rest) else paragraph


def _left_out(paragraph: str, place: int) -> str:
    """Return a paragraph as long as before, with what stands from a place on left out."""
    length = len(paragraph) - place
    return paragraph[:place] + f"{WITHHELD}."[:length].ljust(length)


def _squeezed(words: str) -> str:
    return " ".join(words.split()).replace("..", ".")
