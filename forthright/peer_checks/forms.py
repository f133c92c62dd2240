"""The forms of checks before a letter goes, of answers to them, and of the Area's rule."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.letters.models import Letter
from forthright.letters.services.checks import NewCheckRule
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.checking import Found, FoundOf
from forthright.rules.rubric import Level
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ClockField, DayField, ReasonField, WrittenField, if_not_kept

Outcome = PartTold.Outcome
LONGEST_TOLD, LONGEST_QUOTED = 1000, 4000


class GiveOnForm(forms.Form):
    """To whom a check goes, and why."""

    opened = opened_field()
    to = forms.ModelChoiceField(label="Who looks at it instead?", queryset=User.objects.none(),
                                empty_label="Choose somebody")  # fmt: skip
    reason = ReasonField(
        label="Why?", max_length=300, help_text="For example: away from noon today",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *arguments: Any, people: "QuerySet[User]", **named: Any) -> None:
        """Offer those who look at letters of the unit."""
        super().__init__(*arguments, **named)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What a reader of feedback answers."""

    text = WrittenField(
        label="Your reply", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever told you this can read it. It is said once and stays.",
    )  # fmt: skip


class DisputePartForm(forms.Form):
    """Why a reader disagrees."""

    reason = ReasonField(
        label="Why is this wrong?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecidePartForm(forms.Form):
    """What becomes of a dispute, and why."""

    outcome = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect,
        choices=[(Outcome.ACCEPTED.value, "Accept: it was no fault"),
                 (Outcome.REFUSED.value, "Refuse: what was found stands")],
    )  # fmt: skip
    reason = ReasonField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CheckRuleForm(forms.Form):
    """Which letters are looked at before they go, from which day, and by when."""

    opened = opened_field()
    in_force_from = DayField(label="From which day?")
    kinds = forms.MultipleChoiceField(
        label="Which letters?", choices=Letter.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    share_percent = forms.IntegerField(
        label="How many in a hundred?", min_value=1, max_value=100,
        help_text="Below 100 each is chosen by lot, which nobody can foretell or choose",
        error_messages={"min_value": "Enter a number from 1 to 100",
                        "max_value": "Enter a number from 1 to 100"},
    )  # fmt: skip
    is_required = forms.BooleanField(
        label="A letter may not go before a colleague has passed it", required=False
    )
    hours = forms.IntegerField(
        label="Within how many office hours?", min_value=1, max_value=40,
        help_text="9am to 5pm on working days",
        error_messages={"min_value": "Enter a number from 1 to 40",
                        "max_value": "Enter a number from 1 to 40"},
    )  # fmt: skip
    latest = ClockField(label="By what hour on the day a letter is due?", help_text="Like 3pm")
    source = WrittenField(
        label="Who decided this?", max_length=200, help_text="For example: Area board, 1 October"
    )
    reason = ReasonField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def rule(self) -> NewCheckRule:
        """Return what was chosen."""
        said = {name: said for name, said in self.cleaned_data.items() if name != "opened"}
        return NewCheckRule(**said)


def _whole_field(what: str) -> WrittenField:
    return WrittenField(
        label=what, required=False, max_length=LONGEST_TOLD,
        error_messages=if_not_kept(what, LONGEST_TOLD),
    )  # fmt: skip


class FoundForm(forms.Form):
    """What a checker says of a letter; every box may be left for later."""

    done_well = _whole_field("One thing done well")
    to_change = _whole_field("One thing to change")
    reasons_to_change = _whole_field("What to change in the reasons")

    def __init__(
        self, *arguments: Any, offered: Mapping[str, Collection[Level]], **named: Any
    ) -> None:
        """Add three boxes for each criterion, before those of the letter as a whole.

        :param offered: by the code of each criterion the levels to choose from
        """
        super().__init__(*arguments, **named)
        self.codes = list(offered)
        for code in self.codes:
            self._add_criterion(code, offered[code])
        self.order_fields(
            [f"{code}_{part}" for code in self.codes for part in ("level", "quotation", "note")]
        )

    def _add_criterion(self, code: str, offered: Collection[Level]) -> None:
        self.fields[f"{code}_level"] = forms.ChoiceField(
            required=False,
            choices=[("", "Nothing said yet"), *[(each.value, each.words) for each in offered]],
            error_messages={
                "invalid_choice": f"{code}: this cannot be said of it. Choose one of the answers"
            },
        )
        quoted, why = f"{code}, words of the letter", f"{code}, why"
        self.fields[f"{code}_quotation"] = forms.CharField(
            label=quoted, required=False, max_length=LONGEST_QUOTED,
            error_messages=if_not_kept(quoted, LONGEST_QUOTED),
        )  # fmt: skip
        self.fields[f"{code}_note"] = WrittenField(
            label=why, required=False, max_length=LONGEST_TOLD,
            error_messages=if_not_kept(why, LONGEST_TOLD),
        )  # fmt: skip

    def found(self) -> Found:
        """Return what was said; of a box with a fault, what is kept stays."""
        return Found(
            levels={
                code: FoundOf(
                    level=self._said(f"{code}_level"),
                    quotation=self._said(f"{code}_quotation"),
                    note=self._said(f"{code}_note"),
                )
                for code in self.codes
            },
            done_well=self._said("done_well"),
            to_change=self._said("to_change"),
            reasons_to_change=self._said("reasons_to_change"),
            opened=self.data.get("opened"),
        )

    def _said(self, name: str) -> str | None:
        return None if name in self.errors else self.cleaned_data[name]

    def problems(self) -> dict[str, str]:
        """Return what is wrong by the name of its box, in the order of the page."""
        return {name: str(self.errors[name][0]) for name in self.fields if name in self.errors}

    def written(self) -> list[tuple[str, str]]:
        """Return each text that was typed, with the words for its box; boxes left empty are not."""
        boxes = [
            (f"{code}_{part}", f"{code}: {words}")
            for code in self.codes
            for part, words in (("quotation", "words quoted"), ("note", "why"))
        ]
        boxes += [("done_well", "One thing done well"), ("to_change", "One thing to change"),
                  ("reasons_to_change", "What to change in the reasons")]  # fmt: skip
        return [
            (words, self.data[name]) for name, words in boxes if self.data.get(name, "").strip()
        ]
