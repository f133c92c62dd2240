"""The forms by which a member's seat is ended, and by which they are given a letter after all."""

from django import forms

from forthright.rules.written import LEAST_WEIGHED
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


class GiveForm(forms.Form):
    """How somebody knows that a member is not whom a case names."""

    reason = ReasonField(
        label="How do you know that it is somebody else?", max_length=300, least=LEAST_WEIGHED,
        help_text="It stands on this page, and the member is not shown it. Do not write whom the "
        "letter is about.", widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
