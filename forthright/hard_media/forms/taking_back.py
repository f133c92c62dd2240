"""What is asked before something that a party was given is taken back."""

from typing import Any

from django import forms

from forthright.hard_media.forms.items import ReasonForm


class TakeBackForm(ReasonForm):
    """Why something is taken back, and whether other links that open the same stay open."""

    only_this = forms.BooleanField(
        label="Take back only this one, and leave what opens the same open", required=False
    )

    def __init__(self, *args: Any, has_others: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_others:
            del self.fields["only_this"]
