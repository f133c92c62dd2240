"""What a party said that was asked for what was taken back from it."""

from django import forms

from forthright.web.widgets import ReasonField


class AnswerBackForm(forms.Form):
    """What they said, or why nobody asks them."""

    answer = ReasonField(
        label="What did they say?",
        max_length=500,
        help_text="Such as: deleted, by their e-mail of 6 October. Where nobody is to ask, say "
        "why: it is back already, or was recorded by mistake and never went.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what they said, or why nobody asks them"},
    )
