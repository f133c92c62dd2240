"""What letters rest on: contacts, support services, and how a person is reached."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forthright.letters.models import ContactPoint, ContactWishes
from forthright.letters.services.details import Details
from forthright.letters.services.facts import NewContact, NewService, Wishes
from forthright.rules.case_file import Flag
from forthright.rules.unsafe_lines import locks_in_words
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, RadiosWithHints, ReasonField, WrittenField

FLAGS = {
    Flag.DOMESTIC_ABUSE: "Domestic abuse",
    Flag.RASSO: "Rape or serious sexual offence",
    Flag.HATE_CRIME: "Hate crime",
    Flag.CHILD: "A child is involved",
    Flag.DEATH: "Somebody died",
}


NOT_WISHES = {"reason", "opened"}


class ContactForm(forms.Form):
    """A way to reach the Area."""

    kind = forms.ChoiceField(
        label="What is it?", choices=ContactPoint.Kind.choices, widget=RadiosWithHints
    )
    value = WrittenField(
        label="The number, address or page", max_length=200,
        help_text="As it is to stand in a letter, for example 01632 960 101",
    )  # fmt: skip
    words = WrittenField(
        label="What it is for", max_length=120, required=False,
        help_text="Write “complaints” for the one that takes complaints",
    )  # fmt: skip
    hours = WrittenField(
        label="When it is answered", max_length=120, required=False,
        help_text="For example, Monday to Friday, 9am to 5pm",
    )  # fmt: skip
    used_from = DayField(label="Used from")

    def new_contact(self) -> NewContact:
        """Return the contact as it was written."""
        return NewContact(**{k: v for k, v in self.cleaned_data.items() if k != "used_from"})


class SupportForm(forms.Form):
    """A support service."""

    name = WrittenField(label="Name of the service", max_length=120)
    phone = WrittenField(label="Telephone", max_length=40, required=False)
    web = WrittenField(label="Web page", max_length=200, required=False)
    fits = forms.MultipleChoiceField(
        label="Which cases does it fit?", choices=list(FLAGS.items()), required=False,
        help_text="Leave all empty if it fits every case",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    used_from = DayField(label="Used from")

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach it."""
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("web"):
            self.add_error("phone", "Enter a telephone number or a web page")
        return cleaned

    def new_service(self) -> NewService:
        """Return the service as it was written."""
        return NewService(**{k: v for k, v in self.cleaned_data.items() if k != "used_from"})


class RetireForm(forms.Form):
    """From which day letters no longer name it."""

    on = DayField(label="From which day is it not used?")


class DetailsForm(forms.Form):
    """Where a person can be reached."""

    opened = opened_field()
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)
    phone = WrittenField(label="Telephone number", max_length=40, required=False)
    address = WrittenField(
        label="Address", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="With commas between its lines, or one line each",
    )  # fmt: skip
    reason = ReasonField(
        label="Who told you, and when?", max_length=500,
        help_text="It is kept in the record with your name",
    )  # fmt: skip

    def details(self) -> Details:
        """Return where they can be reached as it was written."""
        lines = self.cleaned_data["address"].splitlines()
        address = "\n".join(each.strip() for each in lines if each.strip())
        return Details(
            email=self.cleaned_data["email"], phone=self.cleaned_data["phone"], address=address
        )


class WishesForm(forms.Form):
    """How a person can be reached safely."""

    opened = opened_field()
    channel = forms.ChoiceField(
        label="How does the letter go?", choices=ContactWishes.Channel.choices,
        widget=RadiosWithHints,
    )  # fmt: skip
    adviser = WrittenField(
        label="Who passes it on?", max_length=120, required=False,
        help_text="Only for a letter through an adviser: name and organisation",
    )  # fmt: skip
    is_large_print = forms.BooleanField(label="Large print", required=False)
    plain_envelope = forms.BooleanField(
        label="Plain envelope: neither it nor the subject of an e-mail may say who writes",
        required=False,
    )
    no_voicemail = forms.BooleanField(label="Leave no message on the telephone", required=False)
    unsafe = WrittenField(
        label="What must not be used", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One address, number or e-mail address a line: house and street, or postcode. "
        "What cannot be read as one of these locks every way.",
    )  # fmt: skip
    about_given_names = WrittenField(
        label="First name of the child, or of the person who died or is spoken for",
        max_length=100, required=False,
        help_text="Only for a letter to a parent, a bereaved family or somebody who speaks for "
        "another. The letter says it.",
    )  # fmt: skip
    about_family_name = WrittenField(label="Their surname", max_length=100, required=False)
    reason = ReasonField(
        label="If something that kept the person safe is taken away: who told you, and when?",
        max_length=500, required=False,
    )  # fmt: skip

    def say_locks(self, lines: Sequence[str]) -> None:
        """Say beside the lines that are kept which way each of them locks."""
        if lines:
            kept = " ".join(locks_in_words(each) for each in lines)
            field = self.fields["unsafe"]
            field.help_text = f"{field.help_text}. Now kept: {kept}"

    def wishes(self) -> Wishes:
        """Return the wishes as they were written."""
        said = {name: given for name, given in self.cleaned_data.items() if name not in NOT_WISHES}
        return Wishes(**{**said, "unsafe": tuple(said["unsafe"].splitlines())})
