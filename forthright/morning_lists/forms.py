"""Whom to remind, who drafts a letter from now on, who covers, and when the e-mail comes."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms

from forthright.accounts.covering import away_until
from forthright.accounts.models import Role, Unit, User
from forthright.morning_lists.selectors.covers import people_to_cover, spocs_of
from forthright.morning_lists.selectors.digests import HOURS
from forthright.morning_lists.selectors.explainers import can_be_reminded
from forthright.morning_lists.services.covering import NewCover
from forthright.rules.words import day_words, time_words
from forthright.schemes.services.recording import DRAFTERS
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import DayField, ReasonField

NARROW = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One person, with the unit they work in."""

    def label_from_instance(self, person: Any) -> str:
        """Say who it is."""
        unit = f", {person.unit}" if person.unit else ""
        return f"{person} ({person.role_words}{unit})"


class HereChoice(PersonChoice):
    """One person, with until when they are away where they are."""

    # By who is away, their last day away.
    away: Mapping[int, date] = MappingProxyType({})

    def label_from_instance(self, person: Any) -> str:
        """Say who it is, and whether they are away."""
        said = super().label_from_instance(person)
        last_day = self.away.get(person.pk)
        return f"{said}, away until the end of {day_words(last_day)}" if last_day else said


class NobodyForm(forms.Form):
    """Why nobody is to be told of a decision."""

    reason = ReasonField(
        label="Why is nobody to be told?", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: the offence has no victim who can be named.",
        error_messages={"required": "Enter why nobody is to be told"},
    )  # fmt: skip


class PutBackForm(forms.Form):
    """Why a decision goes back on the morning list."""

    reason = ReasonField(
        label="Why does it go back?", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: it was said of the wrong line.",
        error_messages={"required": "Enter why it goes back on the list"},
    )  # fmt: skip


class WhomForm(forms.Form):
    """Who is reminded of a decision of which whoever made it is not known, or not here."""

    to = HereChoice(
        label="Who can explain this decision?", queryset=User.objects.none(),
        empty_label="Choose a person", error_messages={"required": "Choose whom to remind"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, unit: Unit, today: date, **named: Any) -> None:
        """Offer the people of the unit who write reasons, and deputies there."""
        super().__init__(*arguments, **named)
        people = can_be_reminded(unit, today)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].away = away_until(unit.area_id, today)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who drafts a letter from now on."""

    opened = opened_field()
    drafter = HereChoice(
        label="Who drafts it from now on?", queryset=User.objects.none(),
        empty_label="Choose a person", error_messages={"required": "Choose who drafts it"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, unit: Unit, today: date, **named: Any) -> None:
        """Offer those who draft letters, in the unit and in the Victim Liaison Unit."""
        super().__init__(*arguments, **named)
        people = User.objects.filter(area=unit.area_id, is_active=True, role__in=DRAFTERS)
        near = people.filter(unit__kind=Unit.Kind.VLU) | people.filter(unit=unit)
        self.fields["drafter"].queryset = near.select_related("unit")  # type: ignore[attr-defined]
        self.fields["drafter"].away = away_until(unit.area_id, today)  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    """Who stands in for a legal SPOC, and on which days."""

    spoc = PersonChoice(
        label="Who is away?", queryset=User.objects.none(), empty_label="Choose a legal SPOC",
        error_messages={"required": "Choose who is away"},
    )  # fmt: skip
    deputy = PersonChoice(
        label="Who covers?", queryset=User.objects.none(), empty_label="Choose a person",
        help_text="They may do the work on letters of this unit, and say whom they cover for",
        error_messages={"required": "Choose who covers"},
    )  # fmt: skip
    first_day = DayField(label="First day", error_messages={"required": "Enter the first day"})
    last_day = DayField(label="Last day", error_messages={"required": "Enter the last day"})

    def __init__(self, *arguments: Any, unit: Unit, by: User, **named: Any) -> None:
        """Offer the legal SPOCs of the unit, or the person alone where they are one."""
        super().__init__(*arguments, **named)
        spocs, people = spocs_of(unit).select_related("unit"), people_to_cover(unit)
        if by.role == Role.LEGAL_SPOC:
            spocs = spocs.filter(pk=by.pk)
            self.fields["spoc"].initial = by.pk
        self.fields["spoc"].queryset = spocs  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = people.exclude(pk=by.pk)  # type: ignore[attr-defined]

    def cover(self) -> NewCover:
        """Return what was asked for."""
        said = self.cleaned_data
        return NewCover(
            spoc=said["spoc"],
            deputy=said["deputy"],
            first_day=said["first_day"],
            last_day=said["last_day"],
        )


class DigestForm(forms.Form):
    """Whether the morning list comes by e-mail, and at what time."""

    is_wanted = forms.TypedChoiceField(
        label="Do you want your morning list by e-mail?",
        choices=[("yes", "Yes, on working days"), ("no", "No")], widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        error_messages={"required": "Choose whether you want it by e-mail"},
    )  # fmt: skip
    hour = forms.TimeField(
        label="At what time?",
        widget=forms.Select(choices=[(f"{each:%H:%M}", time_words(each)) for each in HOURS]),
        help_text="It is sent within half an hour of that",
        error_messages=dict.fromkeys(("required", "invalid"), "Choose a time"),
    )  # fmt: skip
