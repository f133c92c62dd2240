"""The form by which a member's seat is ended."""

from django import forms

from forthright.web.widgets import DayField, ReasonField


class EndSeatForm(forms.Form):
    """From which day nothing of a meeting opens for a member, and why."""

    day = DayField(
        label="Ends on", help_text="From the beginning of this day nothing opens for them. Today "
        "ends it at once.",
    )  # fmt: skip
    reason = ReasonField(
        label="Why is the seat ended?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands on the page of the meeting. The member is not shown it.",
    )  # fmt: skip
