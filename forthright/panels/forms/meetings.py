"""The forms of planning a meeting, of what it found, and of what a manager answers."""

from datetime import date, time
from typing import Any

from django import forms

from forthright.accounts.models import Area, User
from forthright.panels.models import Meeting
from forthright.panels.models.meetings import THEMES
from forthright.panels.selectors.odd_days import odd_about
from forthright.rules.panel_questions import NAME_NOBODY
from forthright.rules.written import LEAST_WEIGHED
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import (
    ClockField,
    DayField,
    RadiosWithHints,
    ReasonField,
    WrittenField,
    with_real_hour,
)

OFFERED = [("", "No theme: every kind of letter"), *THEMES]
# Not in any guidance we know: what an Area begins with, to be changed at each meeting.
FIRST_SIZE, FIRST_REPLY_DAYS = 25, 10


class AsksOfDay(forms.Form):
    """When a panel meets, asked about once where few people meet on that day or at that hour."""

    # Whether it is asked of a day and an hour only that are other than those the form began with.
    asks_if_changed = False

    def __init__(self, *arguments: Any, area: Area, **named: Any) -> None:
        """Know whose bank holidays count."""
        super().__init__(*arguments, **named)
        self._area = area

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that there was not on that day, and ask whether an odd one is meant."""
        said = with_real_hour(self, super().clean() or {})
        day, hour = said.get("day"), said.get("hour")
        if day and hour is not None and not self._stands_so(day, hour):
            self._ask(odd_about(self._area, day, hour))
        return said

    def _stands_so(self, day: date, hour: time) -> bool:
        if not self.asks_if_changed:
            return False
        return (day, hour) == (self.initial["day"], self.fields["hour"].clean(self.initial["hour"]))

    def _ask(self, odd: str) -> None:
        if not odd:
            return
        # What is ticked is what was asked: for another day it is asked anew.
        self.fields["meant"] = forms.MultipleChoiceField(
            label="Is that meant?", required=False, choices=[(odd, f"Yes, {odd}")],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        if self["meant"].value() != [odd]:
            self.add_error(
                "meant",
                f"The panel would meet {odd}. Tick that this is meant, or choose another day or "
                "hour",
            )


class PlanForm(AsksOfDay):
    """When and where the panel meets, and which letters it reads."""

    day = DayField(label="Day of the meeting")
    hour = ClockField(label="Begins at", help_text="Like 2pm or 14:00")
    place = WrittenField(
        label="Where, or how to join",
        max_length=200,
        help_text="It stands in the invitation. Name nobody in it.",
    )
    theme = forms.ChoiceField(label="Theme", choices=OFFERED, required=False)
    scoring = forms.ChoiceField(
        label="What is asked of each letter",
        choices=Meeting.Scoring.choices,
        widget=RadiosWithHints(
            hints={
                Meeting.Scoring.QUESTIONS: "Four that stand at every meeting and two on the theme.",
                Meeting.Scoring.RUBRIC: "Takes longer; can be laid beside line managers’ marks.",
            }
        ),
        initial=Meeting.Scoring.QUESTIONS,
    )
    sent_from = DayField(label="Letters sent from")
    sent_until = DayField(label="Letters sent until")
    size = forms.IntegerField(
        label="Letters in the pack", min_value=1, max_value=60, initial=FIRST_SIZE,
        help_text="Below 25 drawn by lot, only counts are told and no rate.",
    )  # fmt: skip
    theme_size = forms.IntegerField(
        label="How many of them for the theme", min_value=0, max_value=60, initial=0
    )
    pack_until = DayField(label="The pack stays open until")
    may_download = forms.BooleanField(
        label="Members may download their pack as a file", required=False,
        help_text="Each file bears the member’s name on every page.",
    )  # fmt: skip
    reply_working_days = forms.IntegerField(
        label="Working days for a legal manager to answer a finding", min_value=1, max_value=60,
        initial=FIRST_REPLY_DAYS,
        help_text="No source fixes this: it is the Area’s to decide.",
    )  # fmt: skip


class MoveForm(AsksOfDay):
    """When and where a meeting is instead."""

    asks_if_changed = True
    opened = opened_field()
    day = DayField(label="Day of the meeting")
    hour = ClockField(label="Begins at", help_text="Like 2pm or 14:00")
    place = WrittenField(
        label="Where, or how to join", max_length=200,
        help_text="It stands in the invitation. Name nobody in it.",
    )  # fmt: skip
    pack_until = DayField(label="The pack stays open until")


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = ReasonField(
        label="Why is the meeting called off?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    """How it was that a panel met though nobody had handed in."""

    reason = ReasonField(
        label="Nobody handed in. How did the panel meet all the same?",
        help_text="It stands on this page. The note says that no marks were handed in. If the "
        "panel did not meet, call the meeting off instead.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MembersForm(forms.Form):
    """Who is given the pack."""

    members = forms.ModelMultipleChoiceField(
        label="Members who are given the pack",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, members: list[User], **named: Any) -> None:
        """Offer the members of the Area."""
        super().__init__(*arguments, **named)
        people = User.objects.filter(pk__in=[each.pk for each in members]).order_by("full_name")
        self.fields["members"].queryset = people  # type: ignore[attr-defined]


class OwnField(forms.BooleanField):
    """That whoever keeps the panel answers for a finding themself."""

    def __init__(self) -> None:
        """Ask it of nobody who chose somebody else."""
        super().__init__(
            required=False,
            label="If I chose myself: I keep this panel, and answer for this finding myself",
        )


class NamesNobodyField(forms.BooleanField):
    """That what looks like a name names nobody; asked once something does."""

    def __init__(self) -> None:
        """Keep it out of sight until then."""
        super().__init__(
            required=False, widget=forms.HiddenInput,
            label="I looked: it names nobody, and no place or day by which a letter could be known",
        )  # fmt: skip


class AsksOfNames(forms.Form):
    """A form with words that may have to be looked at for names."""

    names_nobody = NamesNobodyField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Keep in sight what was ticked."""
        super().__init__(*arguments, **named)
        if self.data.get("names_nobody"):
            self._show()

    def ask_to_look(self, words: str) -> None:
        """Ask whoever wrote it to look, and to say that it names nobody."""
        self._show()
        self.add_error("names_nobody", words)

    def _show(self) -> None:
        self.fields["names_nobody"].widget = forms.CheckboxInput()


class DiscussionForm(AsksOfNames):
    """What was said at the meeting."""

    opened = opened_field()
    discussion = WrittenField(
        label="What was said",
        help_text="No names, numbers or days of a case.",
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    field_order = ("opened", "discussion", "names_nobody")


class LeaveOutForm(AsksOfNames):
    """Why a drawn letter is not in the pack."""

    reason = ReasonField(
        label="Why is it left out?",
        help_text="No names, numbers or days of a case: it is said in the published note.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("reason", "names_nobody")


class FindingForm(AsksOfNames):
    """One thing the panel found, and who answers for it."""

    said = ReasonField(
        label="What the panel found",
        max_length=1000,
        help_text="No names, numbers or days of a case: members and everybody who reads the note "
        "see it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    manager = forms.ModelChoiceField(
        label="Legal manager who answers", queryset=User.objects.none()
    )
    to_self = OwnField()
    field_order: tuple[str, ...] = ("said", "names_nobody")

    def __init__(self, *arguments: Any, managers: Any, **named: Any) -> None:
        """Offer the legal managers of the Area."""
        super().__init__(*arguments, **named)
        self.fields["manager"].queryset = managers  # type: ignore[attr-defined]


class CorrectForm(FindingForm):
    """A finding as it was meant, and what was wrong with it."""

    opened = opened_field()
    reply_by = DayField(label="To be answered by")
    because = ReasonField(
        label="What was wrong with it?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="You and the manager read it, with what stood before. The panel and its note say "
        "only that it was put right, and when.",
    )  # fmt: skip
    field_order = ("said", "names_nobody", "manager", "to_self", "reply_by", "because")


class HoldBackForm(forms.Form):
    """Why words are shown to nobody else any more."""

    opened = opened_field()
    because = ReasonField(
        label="Why is it held back?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only who keeps the panel reads this.",
    )  # fmt: skip


class ShowAgainForm(AsksOfNames):
    """Why words that were held back are shown again."""

    opened = opened_field()
    because = ReasonField(
        label="Why are they shown again?", max_length=300, least=LEAST_WEIGHED,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="Only who keeps the panel reads this.",
    )  # fmt: skip
    field_order = ("opened", "because", "names_nobody")


class GiveOnForm(forms.Form):
    """Who answers for a finding instead."""

    opened = opened_field()
    manager = forms.ModelChoiceField(
        label="Legal manager who answers instead", queryset=User.objects.none()
    )
    to_self = OwnField()

    def __init__(self, *arguments: Any, managers: Any, **named: Any) -> None:
        """Offer the legal managers of the Area."""
        super().__init__(*arguments, **named)
        self.fields["manager"].queryset = managers  # type: ignore[attr-defined]


class AnswerForm(AsksOfNames):
    """What a legal manager did about a finding."""

    did = ReasonField(
        label="What you did, or will do and by when",
        help_text="It is read out at the beginning of the next meeting, to people who may not know "
        "whom a letter is about: no names, numbers or days of a case.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("did",)


class RemarkForm(forms.Form):
    """What a member says of a letter beside their answers."""

    opened = opened_field()
    remark = WrittenField(
        label="Anything else about this letter",
        help_text=f"{NAME_NOBODY} If you think you know whom the letter is about, use the link "
        "below the letter instead.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
