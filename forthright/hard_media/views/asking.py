"""One way for every form of the room to be shown."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from forthright.web.page import SignedInRequest


@dataclass(frozen=True)
class Notice:
    """Something to know before a form is filled in, and where to put it right."""

    words: str
    address: str
    link: str


def asked(
    request: SignedInRequest, form: Any, heading: str, *, save: str, back: str, **more: object
) -> HttpResponse:
    """Show a form under its heading; `back` is the address to leave by."""
    context = {"form": form, "heading": heading, "save": save, "back": back, **more}
    return render(request, "hard_media/form.html", context)
