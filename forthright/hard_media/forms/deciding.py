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
    "unused_too": "what is disclosed as unused goes to the defence, and the court does not see it",
}
# What stands before what a box is needed for.
WHERE = dict.fromkeys(NEEDED, "Needed for") | {"unused_too": "Needed where the court gets"}
# The hidden field that carries what the page asked about beside each box.
ASKED = {
    "left_out_too": "left_out_asked", "hidden_too": "hidden_asked", "unused_too": "unused_asked"
}  # fmt: skip
# By what a box is needed for, in words: the keys of what is decided.
Needed = Mapping[str, Collection[str]]


def to_decide(label: str) -> forms.BooleanField:
    """Return the box by which something is decided; without a tick it is not."""
    return forms.BooleanField(label=label, required=False)


def asked_field() -> forms.CharField:
    """Return the field that carries what the page asked about: a tick counts for that alone."""
    return forms.CharField(widget=forms.HiddenInput, required=False)


class DecidingForm(forms.Form):
    """The boxes by which somebody decides what goes out, and what the page asked about."""

    left_out_too = to_decide("What was cut off and still stands in a file may be given too")
    hidden_too = to_decide(
        "What a copy hides may be seen by whoever gets this, or cannot be seen in it"
    )
    unused_too = to_decide("The court is to have what is unused, as where a judge asked to see it")
    left_out_asked, hidden_asked, unused_asked = asked_field(), asked_field(), asked_field()

    def decided(self) -> dict[str, Any]:
        """Return what was ticked, and what was asked about, by the names that sharing takes."""
        said = self.cleaned_data
        return {
            **{name: said.get(name, False) for name in ASKED},
            **{asked: asked_in(said, name) for name, asked in ASKED.items()},
        }


def ask_to_decide(form: forms.Form, needed: Mapping[str, Needed]) -> None:
    """Leave of the boxes of a form those that are needed, with what each is needed for.

    :param needed: by the name of each box, for which recordings and copies
    """
    for name, words in NEEDED.items():
        of = needed.get(name, {})
        if leave_box(form, name, of):
            form.fields[name].help_text = f"{WHERE[name]} {list_words(sorted(of))}: {words}"


def leave_box(form: forms.Form, name: str, of: Needed) -> bool:
    """Leave a box, with what it asks about, in a form where it is needed, and say whether it is."""
    if not of:
        del form.fields[name], form.fields[ASKED[name]]
        return False
    form.initial[ASKED[name]] = " ".join(sorted(set(chain.from_iterable(of.values()))))
    return True


def leave_unused(form: forms.Form, of: Needed) -> None:
    """Leave in a form of a disc the box by which the court is to have what is unused on it."""
    if leave_box(form, "unused_too", of):
        label = f"The court is to have what is unused: {list_words(list(of))}"
        form.fields["unused_too"].label = label


def leave_hidden(form: forms.Form, of: Needed) -> None:
    """Leave in a form of a disc the box by which what a copy hides may be seen where it is."""
    if leave_box(form, "hidden_too", of):
        label = f"What a copy hides may be seen there: {list_words(list(of))}"
        form.fields["hidden_too"].label = label


def decided_in(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return what a box asked about where it was ticked, by its keys."""
    return tuple(asked_in(said, name)) if said.get(name) else ()


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
