"""The filters beside the list of letters owed."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms

from forthright.accounts.covering import units_covered
from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import is_of_liaison_unit
from forthright.cases.models import PersonToTell
from forthright.rules.weeks import NotAWeek, read_week, week_of
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duty_list import SHOW, STAGE_NOT_KNOWN, DutyFilters
from forthright.web.widgets import WrittenField

SMALL_BOXES = {"class": "govuk-checkboxes--small"}
SMALL_RADIOS = {"class": "govuk-radios--small"}
WEEKS_BACK, WEEKS_AHEAD = 12, 2
DRAFTERS = (Role.VICTIM_LIAISON_OFFICER, Role.PROSECUTOR, Role.LEGAL_SPOC)


class DutyFilterForm(forms.Form):
    """What the list may be narrowed to; nothing chosen means everything still to be sent."""

    words = WrittenField(
        label="URN or surname", required=False, max_length=60, strip=True,
        help_text="The beginning is enough",
    )  # fmt: skip
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[*SHOW.items()],
        widget=forms.RadioSelect(attrs=SMALL_RADIOS),
    )
    unit = forms.TypedMultipleChoiceField(
        label="Unit",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
    )
    entitlement = forms.MultipleChoiceField(
        label="Entitlement", required=False, choices=PersonToTell.Entitlement.choices,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
    )  # fmt: skip
    late_stage = forms.MultipleChoiceField(
        label="Stage that made it late", required=False,
        choices=[*Duty.Stage.choices, (STAGE_NOT_KNOWN, "Not known: steps were not recorded")],
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
    )  # fmt: skip
    week = forms.ChoiceField(label="Due in the week of", required=False)
    drafter = forms.TypedChoiceField(label="Drafter", required=False, coerce=int, empty_value=None)

    def __init__(self, *arguments: Any, user: User, today: date, **named: Any) -> None:
        """Offer the units, drafters and weeks that this person may choose from."""
        super().__init__(*arguments, **named)
        units = _units_of(user)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["unit"]
        self.fields["drafter"].choices = [("", "Anybody"), *_drafters(user)]  # type: ignore[attr-defined]
        self.fields["week"].choices = [("", "Any week"), *self._weeks(today)]  # type: ignore[attr-defined]

    def filters(self) -> DutyFilters:
        """Return what was asked for; what cannot be read is left out and told beside its field."""
        chosen = getattr(self, "cleaned_data", {})
        week = chosen.get("week")
        return DutyFilters(
            show=chosen.get("show", ""),
            week=read_week(week) if week else None,
            unit=tuple(chosen.get("unit") or ()),
            entitlement=tuple(chosen.get("entitlement") or ()),
            late_stage=tuple(chosen.get("late_stage") or ()),
            drafter=chosen.get("drafter"),
            words=chosen.get("words", ""),
        )

    def chosen_words(self) -> list[str]:
        """Return the filters in force as words."""
        chosen = getattr(self, "cleaned_data", {})
        words = [f"“{chosen['words']}”"] if chosen.get("words") else []
        for name in ("show", "unit", "entitlement", "late_stage", "week", "drafter"):
            picked = chosen.get(name)
            if not picked:
                continue
            labels = {str(value): label for value, label in self.fields[name].choices}  # type: ignore[attr-defined]
            values = picked if isinstance(picked, list) else [picked]
            words += [str(labels[str(value)]) for value in values]
        return words

    def _weeks(self, today: date) -> list[tuple[str, str]]:
        this_week = week_of(today)
        weeks = {this_week.plus(ahead) for ahead in range(-WEEKS_BACK, WEEKS_AHEAD + 1)}
        with suppress(NotAWeek):
            weeks.add(read_week(self.data.get("week", "")))
        return [(str(week), week.short_words) for week in sorted(weeks, reverse=True)]


def _units_of(user: User) -> list[tuple[int, str]]:
    units = user.area.own_units
    reach = reach_of(user.role, Permission.DUTY_SEE)
    if reach is not Reach.AREA and not is_of_liaison_unit(user):
        if not (covered := units_covered(user, Permission.DUTY_SEE)):
            return []
        units = units.filter(pk__in=[*covered, user.unit_id])
    return list(units.values_list("pk", "name"))


def _drafters(user: User) -> list[tuple[int, str]]:
    people = User.objects.filter(area=user.area_id, role__in=DRAFTERS)
    return list(people.values_list("pk", "full_name"))
