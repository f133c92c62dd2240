"""The papers of a disclosure as whoever marks it reads them: nothing sensitive is in them.

The words of a sensitive item, those that are queried or held back and not released, those of a
disclosure management document that repeats any of these, and why a delivery was found adequate are
left out for everybody, so that no mark can quote them; who may see them sees them beside the
papers, and the document on its page.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from forthright.disclosure.models import Delivery, DisclosureDuty, ManagementDocument
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.hidden import queried_items
from forthright.disclosure.selectors.management import tells_of_sensitive
from forthright.disclosure.selectors.packs import is_withheld
from forthright.disclosure.selectors.released import released_items
from forthright.disclosure.selectors.secrets import Secrets
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.rules.words import count_words, day_words, moment_words
from forthright.web import clock

WITHHELD = "its words are left out here"
# What the record counts by itself, and whether it was in time, is not for a person to judge.
LEFT_OUT = {"How it was marked", "Dates"}


def papers_of(duty: DisclosureDuty, today: date) -> str:
    """Return the papers of a duty as numbered paragraphs are made from: parted by empty lines."""
    left_out = _LeftOut(duty, queried_items(duty.case_id), released_items(duty), Secrets(duty))
    return "\n\n".join(
        " ".join(paragraph.split())
        for paragraph in (
            *_brought(duty),
            *(_said(line, left_out) for line in lines_of(duty)),
            *_approval(duty),
            *_evidence(duty, today),
            *_management(duty),
        )
    )


@dataclass(frozen=True)
class _LeftOut:
    """What decides which words of a duty stand in no papers."""

    duty: DisclosureDuty
    queried: Collection[int]
    released: Collection[int]
    # A reason may have told of what came to be sensitive after it.
    secrets: Secrets

    def is_private(self, line: Line) -> bool:
        return _is_private(line, self.queried) or any(
            self.secrets.told_in(words) for words in _reasons(line)
        )


def sensitive_lines(duty: DisclosureDuty) -> list[Line]:
    """Return the items of which the papers leave something out, for those who may see it."""
    queried = queried_items(duty.case_id)
    return [line for line in lines_of(duty) if _is_private(line, queried)]


def adequate_because(duty: DisclosureDuty) -> list[tuple[Delivery, str]]:
    """Return why deliveries were found adequate, for those who may see what is sensitive."""
    return [(each, each.triage_reason) for each in _deliveries(duty) if each.triage_reason]


def _is_private(line: Line, queried: Collection[int]) -> bool:
    return line.standing.is_sensitive or line.item.is_held_back or line.item.pk in queried


def _is_left_out(
    duty: DisclosureDuty, line: Line, queried: Collection[int], released: Collection[int]
) -> bool:
    """Return whether the words of an item stand in no papers, though the defence may have them."""
    if line.standing.is_sensitive or line.item.pk in queried:
        return True
    is_held = line.item.is_held_back and line.item.pk not in released
    return is_held or is_withheld(duty, line, queried)


def _brought(duty: DisclosureDuty) -> Iterator[str]:
    for each in _deliveries(duty).prefetch_related("schedules__items"):
        forms = "; ".join(
            f"{schedule}, {count_words(schedule.items.count(), 'item')}"
            for schedule in each.schedules.all()
        )
        day = f" on {moment_words(each.received_at)}" if each.received_at else ""
        because = " A reason was given." if each.triage_reason else ""
        yield f"Schedules came{day}: {forms}. {each.get_state_display()}.{because}"


def _deliveries(duty: DisclosureDuty) -> "QuerySet[Delivery]":
    untaken = [Delivery.State.CHECKED, Delivery.State.REPLACED]
    rows = Delivery.objects.filter(case=duty.case_id).exclude(state__in=untaken)
    return rows.order_by("pk")


def _reasons(line: Line) -> Iterator[str]:
    if line.endorsement is not None:
        yield from (line.endorsement.reason, line.endorsement.inspected)
    if line.set_aside is not None:
        yield line.set_aside.reason


def _said(line: Line, left_out: _LeftOut) -> str:
    is_private = left_out.is_private(line)
    is_left_out = _is_left_out(left_out.duty, line, left_out.queried, left_out.released)
    words = WITHHELD if is_left_out else line.item.description or "no description"
    said = [f"{line.form} {line.item}: {words}."]
    if line.to_endorse.is_presumed:
        said.append("Presumed to be disclosed.")
    said.append(_decision(line, is_private=is_private))
    aside = line.set_aside
    if aside is not None and (line.is_aside or line.standing.is_decided):
        why = "" if is_private else f": {aside.reason}"
        said.append(f"Set aside until {day_words(aside.decide_by)}{why}.")
    if line.is_served_so:
        said.append("Served.")
    elif words := line.beside_words:
        said.append(words)
    return " ".join(said).replace("..", ".")


def _decision(line: Line, *, is_private: bool) -> str:
    made = line.endorsement
    if made is None:
        return "No decision."
    by = f" by {made.made_by}" if made.made_by else ""
    said = f"{made.code} ({made.get_code_display().lower()}){by}, {moment_words(made.made_at)}"
    if is_private:
        # A reason may repeat what is not to be known, and never leaves with the schedule.
        return f"{said}{'; a reason was given' if made.reason else '; no reason was given'}."
    reason = f": {made.reason}" if made.reason else ", no reason given"
    looked = f" Looked at: {made.inspected}." if made.inspected else ""
    return f"{said}{reason}.{looked}"


def _approval(duty: DisclosureDuty) -> Iterator[str]:
    if duty.approved_at is not None:
        by = f" by {duty.approved_by}" if duty.approved_by else ""
        yield f"Approved{by}, {moment_words(duty.approved_at)}."


def _evidence(duty: DisclosureDuty, today: date) -> Iterator[str]:
    for title, paragraphs in evidence_of(duty, today):
        if title not in LEFT_OUT:
            yield from (f"{title}: {words}" for words in paragraphs)


def _management(duty: DisclosureDuty) -> Iterator[str]:
    document = duty.documents.first()
    if document is None:
        yield "There is no disclosure management document."
        return
    made = day_words(clock.day_of(document.made_at))
    yield f"Disclosure management document, version {document.version}, {made}."
    tells = tells_of_sensitive(document)
    for title, words in document_lines(document):
        yield f"{title}{WITHHELD}." if tells else words


def document_lines(document: ManagementDocument) -> Iterator[tuple[str, str]]:
    """Yield each part of a document as papers have it: how it begins, and the whole of it."""
    for part in document.parts:
        title = f"{part['title']}: "
        yield title, " ".join(f"{title}{' '.join(part['paragraphs'])}".split())
