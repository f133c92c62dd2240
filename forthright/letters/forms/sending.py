"""Calls, ways out, what became of a letter, and a mailbox of bounces."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from forthright.letters.models import CallAttempt, Dispatch
from forthright.letters.selectors.sending import WayOut
from forthright.rules.words import capitalised, local, moment_at
from forthright.web.widgets import DayField, RadiosWithHints, ReasonField, WrittenField


class CallForm(forms.Form):
    """How a call went, and what the letter is to say because of it."""

    outcome = forms.ChoiceField(
        label="How did the call go?", choices=CallAttempt.Outcome.choices, widget=RadiosWithHints
    )
    came_up = WrittenField(
        label="What came up that the letter should say?", required=False, max_length=1000,
        help_text="Written to them: You asked whether he may come to your street. He may not. "
        "It is added to the letter after “We spoke on …”.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class SendForm(forms.Form):
    """Which way the letter goes."""

    way = forms.ChoiceField(label="How does it go?", widget=RadiosWithHints)

    def __init__(self, *arguments: Any, ways: Sequence[WayOut], **named: Any) -> None:
        """Offer the ways against which nothing stands, each with where it leads."""
        super().__init__(*arguments, **named)
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (each.way.value, capitalised(each.way.words)) for each in ways if not each.locks
        ]
        hints = {each.way.value: ", ".join(each.to_what.splitlines()) for each in ways}
        self.fields["way"].widget.hints = hints


class LockForm(forms.Form):
    """Why it is safe and right to go against what is recorded."""

    reason = ReasonField(
        label="Why is it safe and right?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your name stands beside it",
    )  # fmt: skip

    def __init__(self, *arguments: Any, is_answer: bool = False, **named: Any) -> None:
        """Ask for an answer where it is what the record says in words that locks."""
        super().__init__(*arguments, **named)
        if is_answer:
            self.fields["reason"].label = "Which way is safe, how do you know, and why?"


class WaiveForm(forms.Form):
    """Why a letter goes without the look that is required, and which words were read."""

    reason = ReasonField(
        label="Why does it go without a look?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: due today, and both colleagues are ill. Your name stands beside it",
    )  # fmt: skip
    number = forms.IntegerField(widget=forms.HiddenInput)


class DeliveryForm(forms.Form):
    """What became of a letter that went out."""

    kind = forms.ChoiceField(label="What became of it?", widget=RadiosWithHints)
    happened_on = DayField(label="When?")
    detail = WrittenField(
        label="How do you know?", max_length=500, required=False,
        help_text="For example: the envelope came back marked “gone away”",
    )  # fmt: skip

    def __init__(self, *arguments: Any, kinds: Sequence[str], **named: Any) -> None:
        """Offer only what can follow on what is known."""
        super().__init__(*arguments, **named)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, Dispatch.State(kind).label) for kind in kinds
        ]

    def happened_at(self, now: datetime) -> datetime:
        """Return now for today, and another day alone, for nobody knows its hour."""
        on = self.cleaned_data["happened_on"]
        return now if on == local(now).date() else moment_at(on, None)


class MailboxForm(forms.Form):
    """The messages of mail servers."""

    file = forms.FileField(
        label="The mailbox or message", allow_empty_file=True,
        help_text="A mailbox file (mbox), or one message saved as .eml",
    )  # fmt: skip
