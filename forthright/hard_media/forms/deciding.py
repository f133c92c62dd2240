"""What is decided before a recording goes out as it came: asked only where there is something."""

from collections.abc import Collection, Mapping

from django import forms

from forthright.rules.words import list_words

# What each is needed for, after "Needed for DM/1 as it came: ".
NEEDED = {
    "left_out_too": "it was cut without being converted, and whoever has the file can bring back "
    "what is not played. A clip of all that plays does not hold it",
    "hidden_too": "it shows what a copy hides, or is to hide",
}


def to_decide(label: str) -> forms.BooleanField:
    """Return the box by which something is decided; without a tick it is not."""
    return forms.BooleanField(label=label, required=False)


def ask_to_decide(
    fields: dict[str, forms.Field], needed: Mapping[str, Collection[str]]
) -> None:  # fmt: skip
    """Leave of the boxes of a form those that are needed, with what each is needed for.

    :param needed: by the name of each box, for which recordings and copies
    """
    for name, words in NEEDED.items():
        if of := needed.get(name):
            fields[name].help_text = f"Needed for {list_words(sorted(set(of)))}: {words}"
        else:
            del fields[name]
