"""What the record can be narrowed to."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.web.widgets import DayField


class EventFilter(forms.Form):
    """Narrows the record to a person, a kind of thing, or some days."""

    person = forms.ModelChoiceField(
        label="Done by", queryset=User.objects.none(), required=False, empty_label="Anybody"
    )
    kind = forms.ChoiceField(label="Done to", required=False)
    first = DayField(label="From", required=False)
    last = DayField(label="To", required=False)

    def __init__(
        self, *arguments: Any, people: QuerySet[User], kinds: list[tuple[str, str]], **named: Any
    ) -> None:
        """Offer the people and kinds that this reader may look for."""
        super().__init__(*arguments, **named)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Return the filters in force; one that cannot be read narrows nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}
