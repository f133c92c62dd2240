"""A disc or stick, or several copies of one, as they came."""

from django import forms

from forthright.hard_media.forms.discs import MEDIUM, NARROW
from forthright.hard_media.models import Carrier
from forthright.hard_media.services.carriers import NewCarrier
from forthright.web.widgets import DayField, WrittenField

MOST_COPIES = 20  # that are taken in together


class DiscForm(forms.Form):
    """A disc or stick as it came."""

    barcode = WrittenField(
        label="Barcode",
        max_length=40,
        required=False,
        help_text="If it has none leave it empty: it is given one, with a label to print",
        widget=forms.TextInput(attrs=MEDIUM),
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=Carrier.Kind.choices, widget=forms.RadioSelect
    )
    written_on_it = WrittenField(label="What is written on it?", max_length=200, required=False)
    received_from = WrittenField(
        label="Who brought it?", max_length=120, help_text="For example: PC 1177, Worcester"
    )
    received_on = DayField(label="When did it come?", error_messages={"required": "Enter the day"})
    location = WrittenField(
        label="Where is it kept?", max_length=80, help_text="For example: Cupboard 2"
    )
    copies = forms.IntegerField(
        label="How many copies?", min_value=1, max_value=MOST_COPIES, initial=1,
        help_text="Each copy is a disc or stick of its own here, with its own barcode and label",
        widget=forms.NumberInput(attrs=NARROW),
        error_messages={"max_value": f"Take in {MOST_COPIES} at a time, and the others after"},
    )  # fmt: skip
    is_encrypted = forms.BooleanField(label="It is encrypted", required=False)
    password_route = WrittenField(
        label="How does the password come?",
        max_length=200,
        required=False,
        help_text="The way, never the password: for example by telephone from the officer",
    )

    def new_carrier(self) -> NewCarrier:
        """Return what was written of each copy."""
        said = self.cleaned_data
        return NewCarrier(**{name: said[name] for name in said if name != "copies"})
