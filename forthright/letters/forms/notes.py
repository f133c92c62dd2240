"""The prosecutor's reasons: facts, not paragraphs."""

from typing import Any

from django import forms

from forthright.letters.models import NoteMark, ReasonsNote
from forthright.letters.selectors.notes import Asks
from forthright.letters.services.notes import Reasons
from forthright.web.widgets import DayField, RadiosWithHints, ReasonField, WrittenField

LINES = forms.Textarea(attrs={"rows": 5})
CHARGES = ("from_charge", "to_charge")
OF_A_CHANGE = (*CHARGES, "from_most", "to_most")
FOR_A_CHILD = ("from_charge_in_plain_words", "to_charge_in_plain_words")
FEW_LINES = forms.Textarea(attrs={"rows": 3})


class ReasonsForm(forms.Form):
    """What was decided and the facts that decided it; only what fits the decision is asked."""

    decided = WrittenField(
        label="What was decided?", max_length=300,
        help_text="One line, for example: to stop the case of assault against Dean Hollis",
    )  # fmt: skip
    test = forms.ChoiceField(
        label="What did it turn on?", choices=ReasonsNote.Test.choices, widget=RadiosWithHints
    )
    facts = WrittenField(
        label="Which facts decided it?", widget=LINES,
        help_text="One fact a line. The person reads them as you write them, so write to them: "
        "The camera on Foundry Street was not recording that night.",
    )  # fmt: skip
    what_changed = WrittenField(
        label="What changed since they last heard from us?", required=False, max_length=500,
        help_text="One sentence, or leave it empty", widget=FEW_LINES,
    )  # fmt: skip
    must_not_say = WrittenField(
        label="What must the letter not say?", required=False, widget=FEW_LINES,
        help_text="One thing a line. A letter that says it in these words is stopped; one that "
        "seems to say it in other words is warned of, so read each letter for it yourself.",
    )  # fmt: skip
    offence_in_plain_words = WrittenField(
        label="The offence in plain words", required=False, max_length=200,
        help_text="As it reads inside a sentence: assault causing injury",
    )  # fmt: skip
    from_charge = WrittenField(label="The charge before", required=False, max_length=200)
    to_charge = WrittenField(label="The charge now", required=False, max_length=200)
    from_charge_in_plain_words = WrittenField(
        label="The charge before, in words for a child", max_length=200,
        help_text="A child reads this letter, and reads this in place of the charge’s name. As it "
        "follows “the charge was about”: being hurt very badly",
    )  # fmt: skip
    to_charge_in_plain_words = WrittenField(
        label="The charge now, in words for a child", max_length=200,
        help_text="As it follows “now it is about”: being hit",
    )  # fmt: skip
    from_most = WrittenField(
        label="The most that a court can give for the charge before", required=False, max_length=80,
        help_text="As it follows “for the old charge is”: five years in prison. Give it for the "
        "court that the case is in, and for both charges, or leave both empty.",
    )  # fmt: skip
    to_most = WrittenField(
        label="The most that a court can give for the charge now", required=False, max_length=80,
        help_text="The letter says both, and whether they are the same",
    )  # fmt: skip
    against = forms.MultipleChoiceField(
        label="Whom is the decision about?", widget=forms.CheckboxSelectMultiple,
        help_text="Choose all of them, if it is about all. The letter names nobody else.",
    )  # fmt: skip
    rest_goes_on = forms.BooleanField(
        label="Other charges, or the case against somebody else, go on", required=False
    )
    court_name = WrittenField(label="Court", required=False, max_length=120)
    hearing_on = DayField(label="Next hearing", required=False)
    no_meeting_because = ReasonField(
        label="If no meeting is offered, why not?", required=False, max_length=300,
        help_text="A meeting has to be offered in this case, unless you say why not",
    )  # fmt: skip

    def __init__(self, *arguments: Any, asks: Asks, **named: Any) -> None:
        """Ask only what fits: charges where they changed, and words for a child who reads it."""
        super().__init__(*arguments, **named)
        for name in CHARGES:
            self.fields[name].required = True
        if asks.is_for_child:
            offence = self.fields["offence_in_plain_words"]
            offence.required = True
            offence.help_text = "A child reads this letter. As it follows “about”: being hit"
        self.fields["against"].choices = [(each.pk, str(each)) for each in asks.accused]  # type: ignore[attr-defined]
        unasked = [
            *(OF_A_CHANGE if not asks.is_altered else ()),
            *(FOR_A_CHILD if not asks.is_altered_for_child else ()),
            *(("against",) if not asks.accused else ()),
            *(("no_meeting_because",) if not asks.is_meeting_due else ()),
        ]
        for name in unasked:
            del self.fields[name]

    def reasons(self) -> Reasons:
        """Return the reasons as they were written."""
        said = dict(self.cleaned_data)
        said["facts"] = tuple(said["facts"].splitlines())
        said["must_not_say"] = tuple(said["must_not_say"].splitlines())
        said["against"] = tuple(int(each) for each in said.get("against", ()))
        return Reasons(**said)


def known_of(note: ReasonsNote | None) -> dict[str, Any]:
    """Return what the newest reasons say, to begin a new version with."""
    if note is None:
        return {}
    known = {name: getattr(note, name) for name in ReasonsForm.base_fields}
    return {
        **known,
        "facts": "\n".join(note.facts),
        "must_not_say": "\n".join(note.must_not_say),
        "against": [each.pk for each in note.against.all()],
    }


class NoteMarkForm(forms.Form):
    """How good the reasons are to write a letter from."""

    level = forms.ChoiceField(
        label="Could a letter be written from these reasons?", choices=NoteMark.Level.choices,
        widget=RadiosWithHints,
    )  # fmt: skip
    comment = ReasonField(
        label="What was missing?", required=False, max_length=500, widget=FEW_LINES,
        help_text="Name nobody. The prosecutor reads it.",
    )  # fmt: skip
