"""What is decided before a recording goes out as it came: asked only where there is something."""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from django import forms
from django.http import QueryDict

from forthright.rules.words import list_words

# What each is needed for, after "Needed for DM/1 as it came: ".
NEEDED = {
    "left_out_too": "it was cut without being converted, and whoever has the file can bring back "
    "what is not played. A clip of all that plays does not hold it",
    "hidden_too": "it shows what a copy hides, or is to hide",
}
# The hidden field that carries what the page asked about beside each box.
ASKED = {"left_out_too": "left_out_asked", "hidden_too": "hidden_asked"}
# By what a box is needed for, in words: the keys of what is decided.
Needed = Mapping[str, Collection[str]]


def to_decide(label: str) -> forms.BooleanField:
    """Return the box by which something is decided; without a tick it is not."""
    return forms.BooleanField(label=label, required=False)


def asked_field() -> forms.CharField:
    """Return the field that carries what the page asked about: a tick counts for that alone."""
    return forms.CharField(widget=forms.HiddenInput, required=False)


def ask_to_decide(form: forms.Form, needed: Mapping[str, Needed]) -> None:
    """Leave of the boxes of a form those that are needed, with what each is needed for.

    :param needed: by the name of each box, for which recordings and copies
    """
    for name, words in NEEDED.items():
        of = needed.get(name, {})
        if leave_box(form, name, of):
            form.fields[name].help_text = f"Needed for {list_words(sorted(of))}: {words}"


def leave_box(form: forms.Form, name: str, of: Needed) -> bool:
    """Leave a box, with what it asks about, in a form where it is needed, and say whether it is."""
    if not of:
        del form.fields[name], form.fields[ASKED[name]]
        return False
    form.initial[ASKED[name]] = " ".join(sorted(set(chain.from_iterable(of.values()))))
    return True


def asked_in(said: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return what the page asked about beside a box, as it came in."""
    return frozenset(said.get(ASKED[name], "").split())


def ask_again(form: forms.Form, name: str | None, words: str) -> None:
    """Say why a form is refused; a box is to be ticked anew, for all that it asks about by now."""
    if name in ASKED and name in form.fields:
        said = QueryDict(mutable=True)
        said.update(form.data)
        said.pop(name, None)
        said[ASKED[name]] = form.initial[ASKED[name]]
        form.data = said
    form.add_error(name if name in form.fields else None, words)
