"""The forms by which a member puts a letter aside, and by which it is decided what follows."""

from django import forms

from forthright.panels.models import Recognition
from forthright.web.widgets import ReasonField

Outcome = Recognition.Outcome


class PutAsideForm(forms.Form):
    """By what a member may know whom a letter is about; who it is has no box."""

    how = forms.ChoiceField(
        label="How do you think you know?", widget=forms.RadioSelect,
        choices=Recognition.By.choices,
        error_messages={"required": "Choose how you think you know"},
    )  # fmt: skip


class DecideForm(forms.Form):
    """Whether others go on reading a letter that a member put aside, and why."""

    outcome = forms.ChoiceField(
        label="What follows?", widget=forms.RadioSelect,
        choices=[
            (Outcome.STAYS.value, "The others go on reading it"),
            (
                Outcome.TO_CORRECT.value,
                "Nobody reads it until more of it is hidden: withdraw it at once, to be corrected",
            ),
            (Outcome.WITHDRAWN.value, "Nobody reads it any more: withdraw it at once"),
        ],
        error_messages={"required": "Choose whether the others go on reading it"},
    )  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Do not write whom the member thinks it is about.",
    )  # fmt: skip
