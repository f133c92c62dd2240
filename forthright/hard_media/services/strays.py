"""Says of a file that came for a sensitive recording by mistake that it was never of it."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import MediaItem, SentFile, Stray
from forthright.hard_media.selectors.secrets import of_sensitive_copies, secret_among
from forthright.rules.media_states import MediaEvent
from forthright.rules.words import date_words, day_of
from forthright.rules.written import reason_in


class StrayRefused(ValueError):
    """A file cannot be said to be of another recording; the message says why."""


def others_with(sent: SentFile) -> list[MediaItem]:
    """Return the recordings of the Area that are not sensitive and have the very same file."""
    same = SentFile.objects.filter(
        area=sent.area_id, sha256=sent.sha256, state=SentFile.State.KEPT, superseded_at=None
    ).exclude(item=sent.item_id)
    rows = MediaItem.objects.filter(pk__in=same.values("item"), is_sensitive=False)
    return list(rows.select_related("case").order_by("pk"))


def why_not_stray(sent: SentFile) -> str:
    """Return why nobody can say that a file was never of its recording, or nothing."""
    is_sensitive = sent.item.is_sensitive
    if not is_sensitive and not of_sensitive_copies(sent.area).filter(pk=sent.pk).exists():
        return "This recording is not sensitive, so the file of it shuts no other."
    if sent.superseded_at is None or sent.kept_at is None:
        return (
            "This file stands for the recording now. If it is the wrong one, ask the police for "
            "the recording again first, and say so there."
        )
    last = sent.item.steps.filter(event=MediaEvent.CLASSIFY_SENSITIVE).order_by("at", "pk").last()
    # Where what came since was found otherwise, it was classified anew.
    if is_sensitive and last is not None and sent.kept_at <= last.at < sent.superseded_at:
        return (
            f"The recording was found sensitive on {date_words(day_of(last.at))}, while this file "
            "stood for it, so that may be said of this file. View what stands for the recording "
            "now and classify it anew first; then it is plain of which file that is said."
        )
    if not others_with(sent):
        return (
            "No recording that is not sensitive has this very file, so nobody can tell by it "
            "that it is of another."
        )
    return ""


@transaction.atomic
def say_stray(sent: SentFile, *, reason: str, by: User | None, at: datetime) -> Stray:
    """Say that a file was never of its recording; nothing follows before somebody else agrees.

    :raises NotAllowed: if this person is no lawyer of the unit
    :raises StrayRefused: if it cannot be so, it was said before, or nobody says why
    """
    policies.check_can_classify(by, sent.item)
    sent = _locked(sent)
    if Stray.objects.filter(file=sent).exists():
        raise StrayRefused("Somebody said so meanwhile.")
    if why := why_not_stray(sent):
        raise StrayRefused(why)
    if not (because := reason_in(reason)):
        raise StrayRefused("Say how you know that it is of another recording.")
    said = Stray.objects.create(file=sent, reason=because, said_at=at, said_by=by)
    audit.record(
        "file.said_stray", sent, by=by, at=at, sha256=sent.sha256,
        also_of=[each.pk for each in others_with(sent)],
    )  # fmt: skip
    return said


@transaction.atomic
def agree_stray(stray: Stray, *, by: User | None, at: datetime) -> Stray:
    """Agree, as somebody else, that a file was never of its recording.

    From then on its bytes are not taken for those of the sensitive recording.

    :raises NotAllowed: if this person is no lawyer of the unit, or said it
    :raises StrayRefused: if it cannot be so any more, or was agreed to before
    """
    policies.check_can_agree(by, stray)
    sent = _locked(stray.file)
    stray = Stray.objects.select_for_update().get(pk=stray.pk)
    if stray.agreed_at is not None:
        raise StrayRefused("Somebody agreed to it meanwhile.")
    if why := why_not_stray(sent):
        raise StrayRefused(why)
    stray.agreed_at, stray.agreed_by = at, by
    stray.save(update_fields=["agreed_at", "agreed_by"])
    is_shut_still = bool(secret_among({sent.sha256}, sent.area))
    audit.record(
        "file.agreed_stray", sent, by=by, at=at, sha256=sent.sha256, is_shut_still=is_shut_still
    )  # fmt: skip
    return stray


def _locked(sent: SentFile) -> SentFile:
    """Return a file with its recording, which nobody classifies meanwhile."""
    MediaItem.objects.select_for_update().get(pk=sent.item_id)
    rows = SentFile.objects.select_for_update(of=("self",)).select_related("item", "area")
    return rows.get(pk=sent.pk)
