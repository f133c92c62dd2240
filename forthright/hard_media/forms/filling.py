"""What is on a disc or stick: the case first, then its recordings."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms

from forthright.hard_media.forms.deciding import (
    Needed,
    asked_field,
    decided_in,
    leave_hidden,
    leave_unused,
)
from forthright.hard_media.forms.discs import MEDIUM
from forthright.hard_media.models import Carrier, MediaItem
from forthright.web.widgets import WrittenField

if TYPE_CHECKING:
    from django.db.models import QuerySet


class UrnForm(forms.Form):
    """The case whose recordings are on a disc."""

    urn = WrittenField(label="URN of the case", max_length=30, widget=forms.TextInput(attrs=MEDIUM))


class OnDisc(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Recordings of a case, each with whether it is recorded as on the disc already."""

    there: set[int] = set()

    def label_from_instance(self, item: MediaItem) -> str:
        """Return the words beside the box of a recording."""
        return f"{item} (on it already)" if item.pk in self.there else str(item)


class FillForm(forms.Form):
    """Which recordings are on a disc."""

    items = OnDisc(
        label="Which recordings are on it?",
        queryset=MediaItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one recording"},
    )
    unused_too = forms.BooleanField(
        required=False, help_text="Needed where one of these is on it: the court has it"
    )
    hidden_too = forms.BooleanField(
        required=False, help_text="Needed where one of these is on it: a party has it"
    )
    unused_asked, hidden_asked = asked_field(), asked_field()

    def __init__(
        self, *arguments: Any, items: Sequence[MediaItem], there: Collection[int], unused: Needed,
        hidden: Needed, **named: Any,
    ) -> None:  # fmt: skip
        """Offer the recordings of the case that was named.

        :param there: those that are recorded as on the disc already, by their numbers
        :param unused: those that the court gets by that, which has the disc, and that are unused
        :param hidden: those that a party sees by that, which has the disc, and that a copy hides
        """
        super().__init__(*arguments, **named)
        field = cast(OnDisc, self.fields["items"])
        field.queryset = MediaItem.objects.filter(pk__in=[each.pk for each in items])
        field.there = set(there)
        leave_unused(self, unused)
        leave_hidden(self, hidden)

    def decided(self) -> dict[str, tuple[str, ...]]:
        """Return what was decided of what whoever has the disc gets by that, by its keys."""
        return {
            f"{each}_decided": decided_in(self.cleaned_data, f"{each}_too")
            for each in ("unused", "hidden")
        }


class FillCopiesForm(FillForm):
    """Which recordings are on a disc, and on which of its copies the same are."""

    copies = forms.ModelMultipleChoiceField(
        label="On which of its copies is the same?",
        queryset=Carrier.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They were taken in together with it, and nobody has said what is on them, or "
        "the same as on this one so far",
    )

    def __init__(self, *arguments: Any, copies: "QuerySet[Carrier]", **named: Any) -> None:
        """Offer the copies, those chosen beforehand that hold the same; without one, ask nothing.

        One on which nothing is, beside a disc with something, was left out before, so it is chosen
        by a person alone.
        """
        super().__init__(*arguments, **named)
        field = cast("forms.ModelMultipleChoiceField[Carrier]", self.fields["copies"])
        there = cast(OnDisc, self.fields["items"]).there
        alike = copies.filter(carried__isnull=not there).distinct()
        field.queryset, field.initial = copies, list(alike.values_list("pk", flat=True))
        if not copies.exists():
            del self.fields["copies"]
