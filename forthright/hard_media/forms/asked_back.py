"""What a party said that was asked for what was taken back from it."""

from django import forms
from django.db import models

from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField


class AnswerBackForm(forms.Form):
    """What they said, or why nobody asks them, and whether that ends the wait."""

    class Wait(models.TextChoices):
        WAITS = "WAITS", "It waits still: they are yet to delete or return it, or to say so"
        SETTLED = "SETTLED", "It is settled: nobody needs to ask them any more"

    answer = ReasonField(
        label="What did they say?",
        max_length=500,
        help_text="Such as: deleted, by their e-mail of 6 October. Where nobody is to ask, say "
        "why: it is back already, or was recorded by mistake and never went.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what they said, or why nobody asks them"},
    )
    wait = forms.ChoiceField(
        label="Does it wait still?",
        choices=Wait.choices,
        widget=forms.RadioSelect,
        help_text="Where a disc or stick is still with them, it waits until that is back. More "
        "can be recorded later, on the page of the recording; what was said before stays.",
        error_messages={"required": "Say whether it waits still or is settled"},
    )

    @property
    def is_settled(self) -> bool:
        """Say whether nobody needs to ask any more."""
        return bool(self.cleaned_data["wait"] == self.Wait.SETTLED)


class BagAnswerForm(AnswerBackForm):
    """The same of a bag, which may be asked for one thing after another."""

    opened = opened_field()
