"""The form by which the answers of a printed booklet are typed in."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from forthright.panels.models import Meeting, PackLetter, Reading
from forthright.panels.selectors.asked import answers_offered, questions_by_letter
from forthright.panels.selectors.booklets import Booklet, What
from forthright.panels.selectors.on_paper import Issue
from forthright.panels.services.booklets import Became, BookletRefused, Typed
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.paper import Written
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import ReasonField, WrittenField

Line = tuple[PackLetter, Reading | None]
# What became of a booklet, the stamp of what was said of it, and how that is known.
Said = tuple[forms.BoundField, forms.BoundField, forms.BoundField]
# Typed in from, it is one of these; that it does not come is said on its own page.
BECAME = [(What.BACK.value, "It is here"), (What.DESTROYED.value, "It was destroyed")]


class PaperForm(forms.Form):
    """For each letter of a pack a choice by question, and what else was written of it."""

    opened = opened_field()
    has_promised = forms.BooleanField(label="The promise is signed on the booklet", required=False)

    def __init__(
        self, *arguments: Any, meeting: Meeting, lines: Sequence[Line], asks_promise: bool,
        booklets: Sequence[Booklet] = (), **named: Any,
    ) -> None:  # fmt: skip
        """Make a field for each question of each letter, filled with what stands.

        Of each booklet of which nobody said so it is asked, too, whether it is here.
        """
        super().__init__(*arguments, **named)
        self.keys = [key for key, _ in meeting.questions]
        self.letters = [letter for letter, _ in lines]
        if not asks_promise:
            del self.fields["has_promised"]
        self.asked = {
            pk: {key for key, _ in asked}
            for pk, asked in questions_by_letter(meeting, self.letters).items()
        }
        said = {letter.position: reading for letter, reading in lines}
        for letter in self.letters:
            self._add(meeting, letter, said[letter.position])
        self.issues: list[int] = []
        for booklet in booklets:
            # Said meanwhile, it is asked still of whoever sends the page that asked.
            if booklet.is_unsaid or f"became-{booklet.number}" in self.data:
                self._ask_of(booklet)

    def _ask_of(self, booklet: Booklet) -> None:
        number = booklet.number
        self.issues.append(number)
        self.fields[f"became-{number}"] = forms.ChoiceField(
            label=f"Where is the booklet? {booklet.issue.words}", widget=forms.RadioSelect,
            choices=BECAME, required=False,
            help_text="If you choose nothing, its page asks for it later.",
        )  # fmt: skip
        self.fields[f"because-{number}"] = ReasonField(
            label=f"How do you know that issue {number} was destroyed?", max_length=300,
            required=False, help_text="Needed only if it was destroyed. It stands on the page of "
            "the meeting; do not write whom a letter is about.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        self.fields[f"stamp-{number}"] = opened_field()
        self.initial[f"stamp-{number}"] = booklet.stamp

    def _add(self, meeting: Meeting, letter: PackLetter, said: Reading | None) -> None:
        position = letter.position
        for number, key in enumerate(self.keys, 1):
            if key not in self.asked[letter.pk]:
                continue
            self.fields[f"answer-{position}-{key}"] = forms.ChoiceField(
                label=f"Letter {position}, question {number}",
                choices=[("", ""), *answers_offered(meeting, key)],
                required=False,
                initial=said.answers.get(key, "") if said else "",
            )
        self.fields[f"remark-{position}"] = WrittenField(
            label=f"Letter {position}, anything else",
            max_length=1000,
            required=False,
            initial=said.remark if said else "",
        )

    def rows(self) -> list[tuple[int, list[forms.BoundField | None], forms.BoundField]]:
        """Return for each letter its position, the boxes of its answers, and that of its remark.

        What a letter is not asked has no box.
        """
        return [
            (letter.position, self._boxes(letter), self[f"remark-{letter.position}"])
            for letter in self.letters
        ]

    def _boxes(self, letter: PackLetter) -> list[forms.BoundField | None]:
        asked, at = self.asked[letter.pk], letter.position
        return [self[f"answer-{at}-{key}"] if key in asked else None for key in self.keys]

    def said_of_booklets(self) -> list[Said]:
        """Return the boxes that say of each booklet what became of it."""
        return [
            (self[f"became-{each}"], self[f"stamp-{each}"], self[f"because-{each}"])
            for each in self.issues
        ]

    def refuse(self, refusal: PanelRefused) -> None:
        """Say what is refused; where it is of a booklet, beside what was said of that.

        What was said of one meanwhile stands then, and sent again, this counts beside it.
        """
        if not isinstance(refusal, BookletRefused):
            self.add_error(None, str(refusal))
        elif refusal.stands is None:
            self.add_error(f"because-{refusal.issue}", str(refusal))
        else:
            said = QueryDict(mutable=True)
            said.update(self.data)
            said[f"stamp-{refusal.issue}"] = refusal.stands
            self.data = said
            self.add_error(f"became-{refusal.issue}", str(refusal))

    def typed(self) -> Typed:
        """Return what was typed, and what was said of booklets beside it."""
        said = self.cleaned_data
        became = {
            each: Became(what, said[f"because-{each}"], opened=said[f"stamp-{each}"] or None)
            for each in self.issues
            if (what := said[f"became-{each}"])
        }
        return Typed(self.written(), became, has_promised=said.get("has_promised", False))

    def written(self) -> dict[int, Written]:
        """Return what was typed of each letter."""
        said = self.cleaned_data
        return {
            each.position: Written(
                {
                    key: said[f"answer-{each.position}-{key}"]
                    for key in self.keys
                    if said.get(f"answer-{each.position}-{key}")
                },
                said[f"remark-{each.position}"],
            )
            for each in self.letters
        }


class IssuesForm(forms.Form):
    """Which of a member's booklets came back with answers."""

    issues = forms.TypedMultipleChoiceField(
        label="Which booklets came back?", coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="The number and the hour stand at the foot of each page.",
        error_messages={"required": "Tick which booklet came back"},
    )  # fmt: skip

    def __init__(self, *arguments: Any, issues: Sequence[Issue], **named: Any) -> None:
        """Offer each booklet that was printed for the member."""
        super().__init__(*arguments, **named)
        field = cast("forms.TypedMultipleChoiceField", self.fields["issues"])
        field.choices = [(str(each.number), each.words) for each in issues]


class TakeOverForm(forms.Form):
    """That a member reads on paper from now on, and what becomes of their answers on the screen."""

    STAND, TAKEN_AWAY = "STAND", "TAKEN_AWAY"
    answers = forms.ChoiceField(
        label="What they answered on the screen",
        choices=[
            (STAND, "It stands, and they know that I see it: the paper goes on from it"),
            (TAKEN_AWAY, "It is taken away unseen: their booklet holds all of it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of what they answered on the screen"},
    )
    on_their_word = forms.BooleanField(
        label="They told me that they read on paper from now on",
        error_messages={"required": "Tick that they told you so"},
    )


class GiveBackForm(forms.Form):
    """Whose answers were typed in for a member who answers on the screen again."""

    THEIRS, ANOTHERS = "THEIRS", "ANOTHERS"
    whose = forms.ChoiceField(
        label="What was typed in for them",
        choices=[
            (THEIRS, "It is from their booklet: they go on from it"),
            (ANOTHERS, "Nothing, or it is from another’s booklet: take away what was typed"),
        ],
        widget=forms.RadioSelect,
    )
