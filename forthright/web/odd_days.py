"""Forms that ask why a day is right, once it was found odd and not before."""

from copy import deepcopy
from typing import Any

from django import forms


class AsksWhyOdd(forms.Form):
    """Keeps the field `odd_because` of a form back until the day that was sent is found odd."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Ask why a day is right only where the page that was sent asked."""
        super().__init__(*arguments, **named)
        if "odd_because" not in self.data:
            del self.fields["odd_because"]

    def ask_why(self, words: str) -> None:
        """Ask why the day is right, under what is odd about it."""
        self.fields["odd_because"] = deepcopy(self.base_fields["odd_because"])
        self.add_error("odd_because", words)
