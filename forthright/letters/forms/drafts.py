"""The words of a draft, a Word file of one, and reasons for overruling or returning."""

from django import forms

from forthright.web.widgets import RadiosWithHints, ReasonField


class DraftForm(forms.Form):
    """The letter as it is edited."""

    text = forms.CharField(
        label="The letter", strip=False, required=False,
        help_text="“# ” begins a heading, “- ” a point; **two stars** make words bold, "
        "__two low lines__ italic",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true", "class": "app-editor__box"}),
    )  # fmt: skip
    based_on = forms.IntegerField(widget=forms.HiddenInput)


class WordFileForm(forms.Form):
    """A draft that was edited in Word."""

    file = forms.FileField(
        label="The Word file", allow_empty_file=True,
        help_text="The .docx that you downloaded here and edited",
    )  # fmt: skip


class OverruleForm(forms.Form):
    """Why words may stand that a check stops."""

    reason = ReasonField(
        label="Why are these words right?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your name stands beside it. Whoever approves reads it, and the letter may be "
        "drawn for marking because of it.",
    )  # fmt: skip
    about = forms.CharField(widget=forms.HiddenInput)

    def ask_about(self, about: str) -> None:
        """Ask about another stop than the one whose page was sent."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "about": about}


class ApproveForm(forms.Form):
    """Approve, or return with what is to change."""

    answer = forms.ChoiceField(
        label="What do you decide?", widget=RadiosWithHints,
        choices=[("APPROVE", "Approve it"), ("RETURN", "Return it to the drafter")],
    )  # fmt: skip
    reason = ReasonField(
        label="If you return it, what is to change?", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    number = forms.IntegerField(widget=forms.HiddenInput)

    def ask_of(self, number: int) -> None:
        """Ask about another version than the one whose page was sent."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "number": number}
