"""The file of a recording, and how much of the files was seen or heard."""

from typing import Any, cast

from django import forms

from forthright.hard_media.models import MediaItem, Playing, PlayingPart, SentFile
from forthright.web.widgets import WrittenField


class SendForm(forms.Form):
    """The file itself; all else is known."""

    FORMAT_ASKED = (
        "In a format that plays, such as MP4, as the camera or system or its player writes it: "
        "what came before does not play here, and is kept as it is. Any size."
    )

    FROM_A_CLEAN_SOURCE = (
        "From a clean source and looked at for malware, not the file that came before. Without a "
        "player program, and in a format that plays, such as MP4, if that is the clean way to take "
        "it. Any size."
    )

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

    def __init__(
        self, *arguments: Any, is_format_asked: bool = False, is_harmful: bool = False, **named: Any
    ) -> None:  # fmt: skip
        """Ask for the file as it came, or for another where that does not play or is harmful."""
        super().__init__(*arguments, **named)
        if is_harmful:
            self.fields["file"].help_text = self.FROM_A_CLEAN_SOURCE
        elif is_format_asked:
            self.fields["file"].help_text = self.FORMAT_ASKED


class PartsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The cameras and sounds of the files of a recording."""

    def label_from_instance(self, obj: PlayingPart) -> str:
        """Return the words of a choice."""
        return f"{obj} of {obj.playing.sent_file.file_name}"


class ViewedForm(forms.Form):
    """How much of a recording was seen or heard, and which of its files the page showed."""

    shown = forms.ModelMultipleChoiceField(
        queryset=SentFile.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )
    parts = PartsField(
        label="Which cameras and sounds did you see or hear?",
        queryset=PlayingPart.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="A file of which another is not viewed counts as not viewed, and is not shared.",
        error_messages={"required": "Choose which cameras and sounds you saw or heard"},
    )  # fmt: skip
    how = WrittenField(
        label="How much did you see or hear?",
        max_length=300,
        help_text="For example: all of it, or from 12:30 to 18:00",
        error_messages={"required": "Say how much you saw or heard"},
    )

    def __init__(self, *arguments: Any, item: MediaItem, **named: Any) -> None:
        """Take the files of one recording alone."""
        super().__init__(*arguments, **named)
        field = cast(forms.ModelMultipleChoiceField, self.fields["shown"])  # type: ignore[type-arg]
        field.queryset = item.files.filter(state=SentFile.State.KEPT)
        parts = PlayingPart.objects.filter(
            playing__sent_file__item=item, playing__sent_file__superseded_at=None
        ).exclude(how=Playing.How.NOT_AT_ALL)
        offered = cast(PartsField, self.fields["parts"])
        offered.queryset = parts.select_related("playing__sent_file").order_by(
            "playing__sent_file", "number"
        )
        if not parts.exists():
            del self.fields["parts"]
