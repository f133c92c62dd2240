"""Of two who change one thing at once, the second is shown what stands, and overwrites nothing.

A form carries a stamp of what it was filled from. Where another stands by the time it comes in,
somebody kept something meanwhile, and the person chooses.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from forthright.accounts.models import User
from forthright.audit.models import DEPUTY_FOR, Event
from forthright.rules.words import date_words, list_words, moment_words, time_words


class ChangedMeanwhile(ValueError):
    """Somebody kept something since the page was opened; `stands` is the stamp of what it is."""

    def __init__(self, words: str, *, stands: str) -> None:
        """Keep the words for the person, and the stamp for the form."""
        self.stands = stands
        super().__init__(words)


def opened_field() -> forms.CharField:
    """Return the field that carries a stamp of what stood when the page was opened."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


def check_unchanged(opened: str | None, stands: str, who: Callable[[], str]) -> None:
    """Refuse to overwrite what was kept since the page was opened; None comes from no page.

    Who kept it is asked for only where something was kept.

    :raises ChangedMeanwhile: with who kept it, and how to choose
    """
    if opened not in {None, stands}:
        raise ChangedMeanwhile(
            f"This was changed after you opened the page{who()}. Beside each answer of yours that "
            "differs is what stands now. Send yours again to put it in its place, or leave the "
            "page to keep what is there.",
            stands=stands,
        )


def ask_anew(form: forms.Form, refusal: ChangedMeanwhile, **answers: Any) -> None:
    """Let a form that came in know what stands now, with some answers in place of what it had."""
    said = QueryDict(mutable=True)
    said.update(form.data)
    said["opened"] = refusal.stands
    for name, value in answers.items():
        said[name] = value
    form.data = said
    form.add_error(None, str(refusal))


def ask_beside(form: forms.Form, refusal: ChangedMeanwhile, now: Mapping[str, Any]) -> None:
    """Let a form that came in know what stands now, said beside each answer that differs."""
    said = {
        field.name: (
            _words(field.field, form.cleaned_data.get(field.name)),
            _words(field.field, now.get(field.name)),
        )
        for field in form.visible_fields()
        if field.name in now
    }
    ask_anew(form, refusal)
    for name, (mine, stands) in said.items():
        if mine != stands:
            form.add_error(name, f"{form[name].label}: now it says {stands}")


def newest_event(subject: Model, *names: str) -> Event | None:
    """Return the last event of these names about a thing."""
    events = Event.objects.filter(
        subject_kind=subject._meta.label, subject_id=str(subject.pk), name__in=names
    )
    return events.select_related("by").order_by("-sequence").first()


def who_did(event: Event | None) -> str:
    """Say who did something and when, to follow on a sentence: " by Ada Hill, Monday …"."""
    if event is None:
        return ""
    by = f" by {event.by}{_stood_for(event)}" if event.by else ""
    return f"{by}, {moment_words(event.at)}"


def _stood_for(event: Event) -> str:
    """Say for whom somebody did it as their deputy, if for anybody: " for Ada Hill"."""
    people = event.detail.get(DEPUTY_FOR)
    if not people:
        return ""
    names = User.objects.filter(pk__in=people).values_list("full_name", flat=True)
    return f" for {list_words(list(names))}"


def by_whom(subject: Model | None, *names: str) -> Callable[[], str]:
    """Return what says who did the last of these events to a thing, and when, once it is asked."""
    return lambda: who_did(newest_event(subject, *names) if subject else None)


def _words(field: forms.Field, value: Any) -> str:
    """Return an answer as the form shows it to be chosen or written."""
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return list_words([_words(field, each) for each in value]) or "nothing"
    if value in (None, ""):
        return "nothing"
    if isinstance(value, time):
        value = time_words(value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = date_words(value)
    if not isinstance(value, Model):
        choices = {str(key): label for key, label in getattr(field, "choices", [])}
        value = choices.get(str(value), value)
    return f"“{value}”"
