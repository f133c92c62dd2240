"""The forms of plans, draws and drawn letters."""

from datetime import date
from typing import Any

from django import forms

from forthright.accounts.models import Area, Unit, User
from forthright.rules.sampling import StratumField
from forthright.rules.weeks import NotAWeek, Week, is_old, read_week, weeks_since
from forthright.rules.written import LEAST_WEIGHED
from forthright.samples.models import Condition, DrawnLetter, PlanVersion
from forthright.samples.selectors import plans
from forthright.samples.selectors.hands import Hands
from forthright.samples.services import PlanSettings
from forthright.standards.models import Subject
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import CheckboxesWithHints, RadiosWithHints, ReasonField, WrittenField

STRATA = {
    StratumField.UNIT: "Unit",
    StratumField.LETTER_TYPE: "Type of letter",
    StratumField.ENTITLEMENT: "Entitlement",
    StratumField.DRAFTER: "Drafter",
}
# The same parts of a list where it is of disclosure.
STRATA_OF_DISCLOSURE = {
    StratumField.UNIT: "Unit",
    StratumField.POLICE_UNIT: "Police unit",
    StratumField.LETTER_TYPE: "Court",
    StratumField.ENTITLEMENT: "In custody or on bail",
    StratumField.DRAFTER: "Prosecutor",
}
SERVED_HINTS = {
    Condition.LATE: "Served after the day it was due.",
    Condition.NEVER_SENT: "Not served when the list is closed.",
}


def strata_of(subject: str) -> dict[StratumField, str]:
    """Return the groups that a plan of letters, or of disclosure, may draw from."""
    return STRATA_OF_DISCLOSURE if subject == Subject.DISCLOSURE else STRATA


def hint_of(condition: Condition, subject: str) -> str:
    """Return what a condition of the targeted part means."""
    hints = SERVED_HINTS if subject == Subject.DISCLOSURE else CONDITION_HINTS
    return hints.get(condition, "")


CONDITION_HINTS = {
    Condition.LATE: "Sent after the day it was due.",
    Condition.NEVER_SENT: "Still owed when the list is closed.",
    Condition.NEW_DRAFTER: "Their first letter here was due in the last 12 weeks.",
}


def size_field(label: str, *, help_text: str = "", required: bool = False) -> forms.IntegerField:
    """Return a box for a number of letters."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_value=500,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-3", "autocomplete": "off"}
        ),
        error_messages={
            "required": f"Enter a number for “{label}”",
            "invalid": f"“{label}” must be a whole number, like 5",
            "min_value": f"“{label}” must be 0 or more",
            "max_value": f"“{label}” must be 500 or fewer",
        },
    )


class PlanSettingsForm(forms.Form):
    """What one version of a plan says."""

    marker = forms.TypedChoiceField(
        label="Who marks the sample",
        coerce=int,
        help_text="Somebody who manages those who did the work. They can never draw or swap it.",
        error_messages={"required": "Choose who marks the sample"},
    )
    random_size = size_field(
        "Drawn at random each week",
        help_text="Only these feed a percentage. Five a week is usual for feedback.",
        required=True,
    )
    strata = forms.MultipleChoiceField(
        label="Draw from each of these groups",
        required=False,
        widget=CheckboxesWithHints,
        help_text="The random part is spread over the groups you tick. Tick none to draw from "
        "all together.",
    )
    share = forms.ChoiceField(
        label="How the random part is spread",
        choices=PlanVersion.Share.choices,
        initial=PlanVersion.Share.PROPORTIONAL,
        widget=RadiosWithHints,
    )
    cycle_weeks = size_field(
        "Cover everybody within this many weeks",
        help_text="Somebody not sampled for so long has something drawn. Leave it empty to leave "
        "this out.",
    )
    cover_at_most = size_field("At most this many a week to cover people", help_text="Usually 2.")

    overruled_at_most = size_field(
        "At most this many letters a week in which a stop was overruled",
        help_text="Usually 3. Those not drawn stay on the list of overruled stops.",
    )

    def __init__(
        self, *arguments: Any, area: Area, subject: str, unit: Unit | None = None, **named: Any
    ) -> None:
        """Offer the Area's markers, and a size for each condition."""
        super().__init__(*arguments, **named)
        self.subject = subject
        people = User.objects.filter(area=area, is_active=True).select_related("unit")
        markers = [
            person for person in people
            if plans.reaches_to_mark(person, unit or person.unit, subject)
        ]  # fmt: skip
        groups = strata_of(subject)
        self.fields["strata"].choices = [  # type: ignore[attr-defined]
            (str(group), words) for group, words in groups.items()
        ]
        if subject == Subject.DISCLOSURE:
            del self.fields["overruled_at_most"]
        field = self.fields["marker"]
        field.choices = [  # type: ignore[attr-defined]
            ("", "Choose a person"),
            *((person.pk, f"{person.full_name}, {person.unit or area}") for person in markers),
        ]
        self.people = {person.pk: person for person in markers}
        for condition in Condition.of(subject):
            self.fields[f"target_{condition}"] = size_field(
                condition.words_for(subject), help_text=hint_of(condition, subject)
            )

    @property
    def target_fields(self) -> list[forms.BoundField]:
        """Return the boxes for the sizes of the targeted part."""
        return [self[f"target_{condition}"] for condition in Condition.of(self.subject)]

    def settings(self) -> PlanSettings:
        """Return the settings as the service takes them."""
        cleaned = self.cleaned_data
        none_given = 0 if self.subject == Subject.DISCLOSURE else 3
        overruled = cleaned.get("overruled_at_most")
        return PlanSettings(
            marker=self.people[cleaned["marker"]],
            subject=self.subject,
            random_size=cleaned["random_size"],
            strata=tuple(cleaned["strata"]),
            share=cleaned["share"],
            targeted=tuple(
                (str(condition), size)
                for condition in Condition.of(self.subject)
                if (size := cleaned.get(f"target_{condition}"))
            ),
            cycle_weeks=cleaned["cycle_weeks"] or None,
            cover_at_most=2 if cleaned["cover_at_most"] is None else cleaned["cover_at_most"],
            overruled_at_most=none_given if overruled is None else overruled,
        )


class PlanMakeForm(PlanSettingsForm):
    """A new plan: its name, whose letters, and its settings."""

    name = WrittenField(
        max_length=80,
        label="Name of the plan",
        help_text="For example, Crown Court letters, or Crown Court disclosure.",
        error_messages={"required": "Enter a name for the plan"},
    )
    unit = forms.TypedChoiceField(
        label="Whose work",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="The Victim Liaison Unit writes letters for every unit, so its plan is the whole "
        "Area.",
    )
    field_order = ["name", "unit", "marker", "random_size"]

    def __init__(self, *arguments: Any, area: Area, subject: str, **named: Any) -> None:
        """Offer the Area's units."""
        super().__init__(*arguments, area=area, subject=subject, **named)
        self.units = {unit.pk: unit for unit in area.case_units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", f"The whole of {area}"),
            *((unit.pk, unit.name) for unit in self.units.values()),
        ]

    def chosen_unit(self) -> Unit | None:
        """Return the unit, or None for the whole Area."""
        return self.units.get(self.cleaned_data["unit"])


class PlanChangeForm(PlanSettingsForm):
    """A new version of a plan, with the reason."""

    opened = opened_field()

    reason = ReasonField(
        label="Why the plan changes",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the plan changes"},
    )


class StopForm(forms.Form):
    """Why a plan is stopped."""

    reason = ReasonField(
        label="Why the plan is stopped",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, these letters are now in the plan of the whole Area. Everybody "
        "who sees the plan sees this.",
        error_messages={"required": "Enter why the plan is stopped"},
    )


def settings_initial(version: PlanVersion) -> dict[str, Any]:
    """Return a plan version as the form shows it."""
    initial = {
        "opened": str(version.number),
        "marker": version.marker_id,
        "random_size": version.random_size,
        "strata": version.strata,
        "share": version.share,
        "cycle_weeks": version.cycle_weeks,
        "cover_at_most": version.cover_at_most,
        "overruled_at_most": version.overruled_at_most,
    }
    return initial | {f"target_{name}": size for name, size in version.targeted}


class DrawForm(forms.Form):
    """The week to draw from."""

    week = WrittenField(
        label="Week",
        help_text="Year, W and week number, for example 2026-W40.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter the week to draw from, like 2026-W40"},
    )
    is_sure = forms.BooleanField(
        label="Yes, draw from this old week",
        required=False,
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        """Keep the day, to tell an old week by."""
        super().__init__(*arguments, **named)
        self.today = today
        # The weeks since an old week ended, where it is to be confirmed.
        self.weeks_ago = 0

    def clean(self) -> dict[str, Any]:
        """Ask before a week is drawn that ended long ago."""
        cleaned = super().clean() or {}
        week = cleaned.get("week")
        if week is not None and is_old(week, self.today):
            self.weeks_ago = weeks_since(week, self.today)
            if not cleaned.get("is_sure"):
                self.add_error("is_sure", f"Say whether to draw from the {week.short_words}.")
        return cleaned

    def clean_week(self) -> Week:
        """Return the week, or say how to write it."""
        try:
            return read_week(self.cleaned_data["week"])
        except NotAWeek as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class SubstituteForm(forms.Form):
    """Why a drawn letter cannot be marked."""

    reason = ReasonField(
        label="Why this cannot be marked",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example, a court has ordered that nobody may read it. Do not name any "
        "victim. Everybody who sees the sample sees this.",
        error_messages={"required": "Enter why this cannot be marked"},
        least=LEAST_WEIGHED,
    )


class MarkerForm(forms.Form):
    """Who marks one drawn letter."""

    marker = forms.TypedChoiceField(
        label="Who marks this",
        coerce=int,
        error_messages={"required": "Choose who marks this"},
    )

    def __init__(self, *arguments: Any, letter: DrawnLetter, hands: Hands, **named: Any) -> None:
        """Offer whoever may mark letters of its unit; nobody through whose hands it went."""
        super().__init__(*arguments, **named)
        people = plans.markers_for(letter.draw.area, letter.unit, letter.subject)
        self.people = {
            person.pk: person for person in people
            if person.pk != letter.draw.drawn_by_id and not hands.acts_of(person.pk)
        }  # fmt: skip
        self.fields["marker"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a person"),
            *((person.pk, person.full_name) for person in self.people.values()),
        ]


class LookedAtForm(forms.Form):
    """What a manager found who looked at an overruled stop."""

    reason = ReasonField(
        label="What you found",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was the stop overruled rightly? Do not name any victim.",
        error_messages={"required": "Enter what you found"},
    )
