"""Every form has the markup that works for all, and errors that say how to mend."""

from datetime import date, time

import pytest
from django import forms
from django.template.loader import render_to_string
from lxml import html

from forthright.web.widgets import ClockField, DateBoxes, DayField, RadiosWithHints, month_number
from tests.page_checks import faults_of, words_of

LEVELS = [("F", "Fully meeting"), ("N", "Not meeting")]


class EveryKind(forms.Form):
    words = forms.CharField(label="Name", help_text="As written on the letter", max_length=9)
    long_words = forms.CharField(label="Reason", widget=forms.Textarea)
    unit = forms.ChoiceField(label="Unit", choices=[("", "Choose"), ("c", "Crown Court")])
    level = forms.ChoiceField(
        label="How far is it met?", choices=LEVELS, widget=RadiosWithHints(hints={"F": "All of it"})
    )
    missing = forms.MultipleChoiceField(
        label="What is missing?", choices=LEVELS, widget=forms.CheckboxSelectMultiple
    )
    sent_on = DayField(label="Day sent", help_text="For example, 27 3 2026")
    sent_at = ClockField(label="Time sent")
    extract = forms.FileField(label="Extract")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    is_told = forms.BooleanField(label="The drafter was told")
    number = forms.IntegerField(label="How many?", min_value=1)
    email = forms.EmailField(label="Email address")


def a_page_with(form):
    body = '<h1>A form</h1><form method="post" novalidate><input name="csrfmiddlewaretoken" '
    summary = render_to_string("components/error_summary.html", {"form": form})
    title = "Error: A form" if form.errors else "A form"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>{summary}'
        f'{body}type="hidden">{form}<button>Save</button></form></body></html>'
    )


def errors_of(form):
    return [
        words_of(line)
        for line in html.fromstring(
            render_to_string("components/error_summary.html", {"form": form})
        ).iter("li")
    ]


@pytest.mark.parametrize(
    "form",
    [EveryKind(), EveryKind({}), EveryKind({"sent_on_day": "31", "sent_on_month": "2"})],
    ids=["fresh", "empty", "a part of a date"],
)
def test_every_kind_of_field_has_a_label_and_its_error_in_the_summary(form):
    assert faults_of(a_page_with(form)) == []


def test_an_answer_left_out_is_asked_for_by_name():
    assert errors_of(EveryKind({})) == [
        "Fill in “Name”",
        "Fill in “Reason”",
        "Choose an answer to “Unit”",
        "Choose an answer to “How far is it met?”",
        "Choose an answer to “What is missing?”",
        "Fill in “Day sent”",
        "Fill in “Time sent”",
        "Choose a file for “Extract”",
        "Fill in “Password”",
        "Tick “The drafter was told”",
        "Fill in “How many?”",
        "Fill in “Email address”",
    ]


def test_an_error_of_the_whole_form_stands_in_the_summary():
    form = EveryKind({})
    form.add_error(None, "The day sent is before the decision.")

    assert errors_of(form)[0] == "The day sent is before the decision."
    assert faults_of(a_page_with(form)) == []


def test_the_browser_never_refuses_in_its_own_words_or_cuts_a_paste():
    markup = str(EveryKind())

    assert " required" not in markup
    assert "maxlength" not in markup
    assert 'type="number"' not in markup


def test_a_box_is_described_by_its_hint_and_its_error():
    form = html.fromstring(f"<div>{EveryKind({})}</div>")
    box = form.get_element_by_id("id_words")

    assert box.get("aria-describedby") == "id_words_helptext id_words_error"
    assert "govuk-input--error" in box.classes
    assert words_of(form.get_element_by_id("id_words_helptext")) == "As written on the letter"


def test_a_choice_is_described_by_its_explanation():
    form = html.fromstring(f"<div>{EveryKind()}</div>")
    choice = form.get_element_by_id("id_level_0")

    assert words_of(form.get_element_by_id(choice.get("aria-describedby"))) == "All of it"


def test_hostile_words_in_a_field_stay_words():
    assert "<script>" not in str(EveryKind({"words": "<script>x()</script>"}))


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        pytest.param(["27", "3", "2026"], date(2026, 3, 27), id="numbers"),
        pytest.param([" 7 ", "March", "2026"], date(2026, 3, 7), id="a month by name"),
        pytest.param(["07", "sept", "2026"], date(2026, 9, 7), id="a short name"),
        pytest.param(["29", "02", "2028"], date(2028, 2, 29), id="a leap day"),
    ],
)
def test_a_day_is_read_as_people_write_it(parts, day):
    assert DayField(label="Day sent").clean(parts) == day


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        pytest.param(["", "3", "2026"], "Day sent must include a day", id="no day"),
        pytest.param(["27", "", ""], "must include a month and year", id="only a day"),
        pytest.param(["31", "2", "2026"], "must be a real date", id="31 February"),
        pytest.param(["1", "13", "2026"], "must be a real date", id="a thirteenth month"),
        pytest.param(["1", "ma", "2026"], "must be a real date", id="March or May"),
        pytest.param(["x", "1", "2026"], "must be a real date", id="a letter for a day"),
        pytest.param(["²", "1", "2026"], "must be a real date", id="an odd numeral"),
        pytest.param(["07700900461", "1", "2026"], "must be a real date", id="a telephone number"),
        pytest.param(["1", "9" * 5000, "2026"], "must be a real date", id="a very long number"),
        pytest.param(["1", "1", "26"], "a year of 4 numbers", id="a short year"),
        pytest.param(["1", "1", "0000"], "must be a real date", id="the year nought"),
        pytest.param(["", "", ""], "required", id="nothing"),
    ],
)
def test_a_day_that_is_none_is_refused_with_the_reason(parts, words):
    with pytest.raises(forms.ValidationError, match=words):
        DayField(label="Day sent").clean(parts)


def test_only_the_empty_boxes_of_a_day_are_marked():
    widget = DateBoxes()

    assert widget.wrong_boxes(["27", "", "2026"]) == {"month"}
    assert widget.wrong_boxes(["31", "2", "2026"]) == {"day", "month", "year"}


def test_a_day_already_known_is_shown_in_its_boxes():
    form = EveryKind(initial={"sent_on": date(2026, 4, 2), "sent_at": time(16, 55)})
    page = html.fromstring(f"<div>{form}</div>")
    boxes = [page.get_element_by_id(f"id_sent_on_{part}") for part in ("day", "month", "year")]

    assert [box.get("value") for box in boxes] == ["2", "4", "2026"]
    assert page.get_element_by_id("id_sent_at").get("value") == "4:55pm"


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("4:55pm", time(16, 55)),
        ("4.55 PM", time(16, 55)),
        ("16:55", time(16, 55)),
        ("1655", time(16, 55)),
        ("9am", time(9, 0)),
        ("midday", time(12, 0)),
        ("12:30am", time(0, 30)),
        ("midnight", time(0, 0)),
    ],
)
def test_a_time_is_read_as_people_write_it(written, clock):
    assert ClockField(label="Time sent").clean(written) == clock


@pytest.mark.parametrize("written", ["25:00", "13pm", "4", "tea time", "4:65pm", "0am"])
def test_a_time_that_is_none_is_refused(written):
    with pytest.raises(forms.ValidationError, match="must be a time"):
        ClockField(label="Time sent").clean(written)


@pytest.mark.parametrize(
    ("written", "month"), [("4", 4), ("04", 4), ("April", 4), ("apr", 4), ("ma", None), ("", None)]
)
def test_a_month_is_a_number_or_a_name(written, month):
    assert month_number(written) == month
