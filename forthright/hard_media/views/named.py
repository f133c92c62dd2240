"""Reading a form for the recordings it names, and recording them as expected."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.hard_media import policies
from forthright.hard_media.forms.named import FormWordsForm, NamedForm
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.named import read_form
from forthright.hard_media.selectors.registered import hearing_for
from forthright.hard_media.services import naming, seeing
from forthright.letter_files.reading import FileRefused, words_of_form
from forthright.rules.words import count_words
from forthright.web import clock
from forthright.web.page import SignedInRequest, page

FORMS = dict(MediaItem.NamedIn.choices)


@page(Permission.MEDIA_RECORD, methods=("GET", "POST"))
def form_read(request: SignedInRequest, case_id: int) -> HttpResponse:
    """Take in the words of a form, show what it names, and record what is chosen."""
    hearing = hearing_for(request.user, case_id)
    policies.check_can_record(request.user, hearing)
    if "record" in request.POST:
        return _recorded(request, hearing)
    form = FormWordsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file = said["file"]
        try:
            text = words_of_form(file, file.name) if file else said["text"]
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            read = read_form(hearing, text)
            initial = {"named_in": said["named_in"], "text": text}
            return _found(request, hearing, NamedForm(read=read, initial=initial))
    seeing.see(hearing, by=request.user, at=clock.now())
    return render(request, "hard_media/form_read.html", {"hearing": hearing, "form": form})


def _recorded(request: SignedInRequest, hearing: Hearing) -> HttpResponse:
    """Record what was chosen of a form that is read once more, so that nothing else gets in."""
    read = read_form(hearing, request.POST.get("text", ""))
    if not read.new:
        messages.info(request, "The register has all that the form names. Nothing was added.")
        return redirect("hard_media:case", hearing.case_id)
    form = NamedForm(request.POST, read=read)
    if not form.is_valid():
        return _found(request, hearing, form)
    added = naming.add_named(
        hearing, form.exhibits(), named_in=form.cleaned_data["named_in"], by=request.user,
        at=clock.now(),
    )  # fmt: skip
    if added:
        messages.success(request, f"{count_words(len(added), 'recording')} added. Now expected.")
    else:
        messages.info(request, "The register has these by now. Nothing was added.")
    return redirect("hard_media:case", hearing.case_id)


def _found(request: SignedInRequest, hearing: Hearing, form: Any) -> HttpResponse:
    """Show what a form names: what is new, and what the register has."""
    seeing.see(hearing, by=request.user, at=clock.now())
    context = {
        "hearing": hearing,
        "form": form,
        "read": form.read,
        "named_in": FORMS.get(form["named_in"].value(), ""),
    }
    return render(request, "hard_media/form_found.html", context)
