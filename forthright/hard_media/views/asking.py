"""One way for every form of the room to be shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forthright.hard_media.models import Hearing
from forthright.hard_media.services import seeing
from forthright.web import clock
from forthright.web.page import SignedInRequest


@dataclass(frozen=True)
class Notice:
    """Something to know before a form is filled in, and where to put it right."""

    words: str
    address: str
    link: str


@dataclass(frozen=True)
class Question:
    """What is asked about a case, the words of the button, and what is known before."""

    heading: str
    save: str
    intro: str = ""


def asked_of_case(
    request: SignedInRequest, hearing: Hearing, form: Any, question: Question,
    keep: Callable[[], str],
) -> HttpResponse:  # fmt: skip
    """Ask something about a case until it is kept, then lead back to the case.

    :param keep: keeps what was written and returns the words for whoever wrote it; what it
        refuses it says at the form, and returns nothing
    """
    if request.method == "POST" and form.is_valid() and (kept := keep()):
        messages.success(request, kept)
        return redirect("hard_media:case", hearing.case_id)
    seeing.see(hearing, by=request.user, at=clock.now())
    return asked(
        request, form, question.heading, save=question.save, caption=hearing.case,
        intro=question.intro, back=reverse("hard_media:case", args=[hearing.case_id]),
    )  # fmt: skip


def asked(
    request: SignedInRequest, form: Any, heading: str, *, save: str, back: str, **more: object
) -> HttpResponse:
    """Show a form under its heading; `back` is the address to leave by."""
    context = {"form": form, "heading": heading, "save": save, "back": back, **more}
    return render(request, "hard_media/form.html", context)
