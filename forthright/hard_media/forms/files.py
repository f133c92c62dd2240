"""The file of a recording."""

from django import forms


class SendForm(forms.Form):
    """The file itself; all else is known."""

    file = forms.FileField(
        label="The file",
        help_text="As it came from the camera or system: do not convert it. Any size.",
        max_length=200,
        error_messages={
            "required": "Choose the file to send",
            "empty": "The file is empty: it has 0 bytes. Look at where it came from.",
            "max_length": "The name of the file is longer than 200 letters. Shorten it.",
        },
    )
