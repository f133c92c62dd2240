"""The record of what was done, and the check that it is whole."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from forthright.accounts.permissions import Permission
from forthright.audit import services as audit
from forthright.audit.selectors import verify
from forthright.record import selectors
from forthright.record.forms import EventFilter
from forthright.rules.words import date_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of

NEWEST = 200  # checked on every look, so it must be quick
MOST = 50_000  # checked when asked; more would keep a page waiting for longer than 10 seconds


@page(Permission.AUDIT_SEE)
def events(request: SignedInRequest) -> HttpResponse:
    """Show what was done in the Area, newest first."""
    form = EventFilter(
        request.GET, people=selectors.people_of(request.user), kinds=selectors.kinds()
    )
    form.is_valid()
    chosen = form.chosen()
    rows = selectors.narrowed(selectors.events_for(request.user), **chosen)
    pages = slice_of(rows, request.GET, order=("-sequence",))
    if "person" in chosen:
        # To follow one person's acts is itself a look at that person.
        audit.record("record.seen", chosen["person"], by=request.user, at=clock.now())
    context: dict[str, Any] = {
        "form": form,
        "chosen": chosen_words(chosen),
        "pages": pages,
        "lines": selectors.lines_of(pages.rows, request.user),
        "head": selectors.head(),
        "verdict": verify(newest=NEWEST),
    }
    return render(request, "record/events.html", context)


@page(Permission.AUDIT_SEE, methods=("POST",))
def record_check(request: SignedInRequest) -> HttpResponse:
    """Check the record, as far back as a page can wait for, and show what was found."""
    head, verdict = selectors.head(), verify(newest=MOST)
    audit.record(
        "record.checked", by=request.user, at=clock.now(), events=verdict.events,
        faults=len(verdict.faults),
    )  # fmt: skip
    return render(request, "record/check.html", {"verdict": verdict, "head": head})


def chosen_words(chosen: dict[str, Any]) -> list[str]:
    """Return the filters in force, in words."""
    said = []
    if "person" in chosen:
        said.append(f"done by {chosen['person']}")
    if "kind" in chosen:
        said.append(f"done to: {selectors.kind_words(chosen['kind'])}")
    if "first" in chosen:
        said.append(f"from {date_words(chosen['first'])}")
    if "last" in chosen:
        said.append(f"to {date_words(chosen['last'])}")
    return said
