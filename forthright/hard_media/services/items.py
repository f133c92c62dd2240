"""Adds recordings to the register and records each step of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import (
    Hearing,
    ItemChange,
    MediaItem,
    MediaStep,
    Playing,
    PlayingPart,
    SentFile,
)
from forthright.hard_media.selectors.registered import (
    asked_again_at,
    item_stamp,
    same_exhibit,
)
from forthright.hard_media.services.coming import Came, check_case_was_there, take_its_disc
from forthright.hard_media.services.taking_back import locked_with_shares, take_back_all, to_lock
from forthright.rules.exhibits import exhibit_key
from forthright.rules.media_facts import Classification
from forthright.rules.media_states import (
    MediaEvent,
    MediaState,
    ReasonMissing,
    can_happen,
    move_media,
)
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import date_words, day_of, list_words, moment_at
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


class ItemRefused(ValueError):
    """A recording cannot be kept so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class ItemWords:
    """What is known of a recording."""

    exhibit: str
    kind: str
    named_in: str
    title: str = ""
    shows: str = ""
    seconds: int | None = None


@transaction.atomic
def add_item(
    hearing: Hearing, words: ItemWords, *, named_words: str = "", by: User | None, at: datetime
) -> MediaItem:
    """Add a recording that was named somewhere; until it comes it is expected.

    :param named_words: the words of a form that name it, which this side alone reads
    :raises NotAllowed: if the case is another unit's
    :raises ItemRefused: if the case has the exhibit already
    """
    policies.check_can_record(by, hearing)
    if same := same_exhibit(hearing.case_id, words.exhibit):
        raise ItemRefused(_has_already(same))
    try:
        with transaction.atomic():
            item = MediaItem.objects.create(
                area=hearing.area, unit=hearing.unit, case=hearing.case, added_at=at,
                added_by=by, exhibit_key=exhibit_key(words.exhibit), named_words=named_words,
                **vars(words),
            )  # fmt: skip
    except IntegrityError:
        # Somebody else added it after this one was looked for.
        raise ItemRefused(f"This case has a recording {words.exhibit} already.") from None
    audit.record("media.added", item, by=by, at=at, kind=item.kind, named_in=item.named_in)
    return item


@transaction.atomic
def change_item(
    item: MediaItem, words: ItemWords, *, by: User | None, at: datetime, opened: str | None = None
) -> MediaItem:
    """Correct what is known of a recording; its state stays, and what it was called is kept.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if the recording is another unit's
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises ItemRefused: if another recording of the case has the reference
    """
    policies.check_can_record(by, item)
    item = _locked(item)
    check_unchanged(opened, item_stamp(item), by_whom(item, "media.changed"))
    changed = [name for name, value in vars(words).items() if getattr(item, name) != value]
    before = {name: getattr(item, name) for name in changed}
    for name in changed:
        setattr(item, name, getattr(words, name))
    saved = list(changed)
    # Where only other words change, one of two that were alike before keeps its reference.
    if "exhibit" in changed:
        if same := same_exhibit(item.case_id, words.exhibit, but=item):
            raise ItemRefused(_has_already(same))
        item.exhibit_key = exhibit_key(words.exhibit)
        saved.append("exhibit_key")
    try:
        with transaction.atomic():
            item.save(update_fields=saved)
    except IntegrityError:
        raise ItemRefused("Another recording of this case has that reference.") from None
    _keep_what_it_was_called(item, before, by=by, at=at)
    audit.record("media.changed", item, by=by, at=at, fields=changed)
    return item


@transaction.atomic
def request_item(item: MediaItem, *, reason: str = "", by: User | None, at: datetime) -> MediaItem:
    """Record that the police were asked for a recording, or for another copy of it.

    What anybody has of the copy before is taken back: its files are given to nobody any more. What
    comes is viewed and classified anew; what was sensitive goes to nobody until it is.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if it cannot be asked for now, or nobody says why again
    """
    policies.check_can_record(by, item)
    item = locked_with_shares(item)
    # Whoever wrote the reason was told that the police read it; before that was said, nobody was.
    step(item, MediaEvent.REQUEST, reason=reason, by=by, at=at, police_read=True)
    take_back_all(item, f"Asked for again: {cleaned(reason)}", by=by, at=at)
    item.requested_at = at
    _begin_anew(item, at)
    return item


@transaction.atomic
def receive_item(item: MediaItem, came: Came, *, by: User | None, at: datetime) -> MediaItem:
    """Record that a recording came.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if it is here already, or the day is still to come, before the case, or
        before it was asked for again
    :raises WhichDisc: if it may have come on a disc that was here before it was asked for again,
        and nobody says
    """
    policies.check_can_record(by, item)
    if came.on > day_of(at):
        raise MoveNotAllowed("That day is still to come. Enter the day on which it came.")
    check_case_was_there(item.case.urn, came.on)
    item = _locked(item)
    again = asked_again_at(item)
    if again is not None and came.on < (asked := day_of(again)):
        raise MoveNotAllowed(
            f"It was asked for again on {date_words(asked)}, so what came on {date_words(came.on)} "
            "is the copy before. Enter the day on which the next one came, or on which it was "
            "found among what is here."
        )
    take_its_disc(item, came, by=by, at=at)
    step(item, came.event, came=came, by=by, at=at)
    # Of an earlier day nobody recorded the hour.
    item.received_at = at if came.on == day_of(at) else moment_at(came.on, None)
    item.source = came.source
    for name, value in came.at_hand.items():
        setattr(item, name, value)
    item.save()
    let_all_stand(item)
    return item


@transaction.atomic
def try_item(
    item: MediaItem, *, plays: bool, reason: str = "", by: User | None, at: datetime
) -> MediaItem:
    """Record whether a recording plays here.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if it is not here, or played before and nobody says why it does not
    """
    policies.check_can_record(by, item)
    item = _locked(item)
    event = MediaEvent.PLAY if plays else MediaEvent.FAIL_TO_PLAY
    step(item, event, reason=reason, by=by, at=at)
    item.is_readable = plays
    item.save()
    return item


@transaction.atomic
def view_item(
    item: MediaItem, *, how: str = "", files: Collection[SentFile] | None = None,
    parts: Collection[PlayingPart] = (), by: User | None, at: datetime,
) -> MediaItem:  # fmt: skip
    """Record that this person saw or heard a recording, and how much; so it plays.

    :param files: those of its files that this person had before them; another that came
        meanwhile was not viewed. None, from no page: all that are kept
    :param parts: which cameras and sounds they saw or heard of files that hold several
    :raises NotAllowed: if this person is no lawyer of the unit
    :raises MoveNotAllowed: if it is not here, or was asked for again since they saw it
    """
    policies.check_can_classify(by, item)
    item = _locked(item)
    if any(each.superseded_at for each in files or ()):
        raise MoveNotAllowed(
            "This recording was asked for again since you opened the page. What you saw stands "
            "for it no longer: open the page anew, and view what came since."
        )
    kept = item.files.filter(state=SentFile.State.KEPT, superseded_at=None)
    seen = kept if files is None else kept.filter(pk__in=[each.pk for each in files])
    looked_at = list(seen.values_list("pk", flat=True))
    of_files = PlayingPart.objects.filter(playing__sent_file__in=looked_at)
    if files is not None:
        of_files.filter(pk__in=[each.pk for each in parts]).update(viewed_at=at, viewed_by=by)
    else:
        of_files.update(viewed_at=at, viewed_by=by)
    # Whoever saw one of two cameras has not seen the file.
    unseen = of_files.filter(viewed_at=None).exclude(how=Playing.How.NOT_AT_ALL)
    not_whole = set(unseen.values_list("playing__sent_file", flat=True))
    viewed = [each for each in looked_at if each not in not_whole]
    if can_happen(MediaState(item.state), MediaEvent.PLAY) and not item.is_readable:
        step(item, MediaEvent.PLAY, reason="Seen or heard.", by=by, at=at)
        item.is_readable = True
    named = [f"{each} of {each.playing.sent_file.file_name}" for each in parts]
    said = f"{list_words(named)}: {how}" if named else how
    step(item, MediaEvent.VIEW, reason=said, by=by, at=at, files=viewed)
    item.viewed_at, item.viewed_by = at, by
    item.save()
    # What comes after this, or came without being seen, was not viewed, and is not shared. Seen
    # once more, a file was viewed when it was first: that day is what counts beside a hearing.
    item.files.filter(pk__in=viewed, viewed_at=None).update(viewed_at=at)
    return item


@transaction.atomic
def classify_item(
    item: MediaItem, classification: str, *, reason: str = "", by: User | None, at: datetime,
    opened: str | None = None,
) -> MediaItem:  # fmt: skip
    """Decide what a recording is; one sensitive or not relevant is taken back from everybody.

    :raises NotAllowed: if this person is no lawyer of the unit
    :raises ChangedMeanwhile: if somebody classified it since the page was opened
    :raises MoveNotAllowed: if nobody viewed it, or it was decided before and nobody says why
    """
    policies.check_can_classify(by, item)
    item = locked_with_shares(item)
    check_unchanged(
        opened, item.classification, by_whom(item, "media.classify", "media.classify_sensitive")
    )
    kind = Classification(classification)
    before = Classification.SENSITIVE if item.is_sensitive else Classification(item.classification)
    if before is not Classification.NOT_ASSESSED and not reason_in(reason):
        raise ReasonMissing(
            f"This recording was classified as {before.words.lower()}. Say why that changes, or "
            "stays so for what came since."
        )
    is_secret = kind is Classification.SENSITIVE
    event = MediaEvent.CLASSIFY_SENSITIVE if is_secret else MediaEvent.CLASSIFY
    step(item, event, reason=reason, by=by, at=at, classification=kind.value)
    if kind.is_taken_back:
        why = f"Classified as {kind.words.lower()}: {cleaned(reason)}"
        take_back_all(item, why, by=by, at=at)
    item.classification, item.is_sensitive = kind, is_secret
    item.save()
    return item


@transaction.atomic
def withdraw_item(item: MediaItem, *, reason: str, by: User | None, at: datetime) -> MediaItem:
    """Take a recording that is no part of the case out of the ladder; it stays to be seen.

    It is taken back from everybody it was shared with.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if it is withdrawn, or nobody says why
    """
    policies.check_can_record(by, item)
    item = locked_with_shares(item)
    step(item, MediaEvent.WITHDRAW, reason=reason, by=by, at=at)
    take_back_all(item, f"Withdrawn: {cleaned(reason)}", by=by, at=at)
    item.save()
    return item


@transaction.atomic
def reinstate_item(item: MediaItem, *, by: User | None, at: datetime) -> MediaItem:
    """Take a withdrawn recording up again; it is expected and not assessed, as on its first day.

    What was sensitive goes to nobody until a lawyer has said what came.

    :raises NotAllowed: if the recording is another unit's
    :raises MoveNotAllowed: if it was not withdrawn
    """
    policies.check_can_record(by, item)
    item = _locked(item)
    step(item, MediaEvent.REINSTATE, by=by, at=at)
    _begin_anew(item, at)
    return item


@transaction.atomic
def step(
    item: MediaItem, event: MediaEvent, *, reason: str = "", came: Came | None = None,
    by: User | None, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Move a recording that is locked, and keep the step; whoever calls saves it.

    :raises MoveNotAllowed: if the event cannot happen now, or needs a reason
    """
    before = MediaState(item.state)
    item.state = move_media(before, event, reason=reason)
    how = came.at_hand if came else {}
    MediaStep.objects.create(
        item=item, event=event, before=before, after=item.state, reason=cleaned(reason), at=at,
        by=by, **how,
    )  # fmt: skip
    name = f"media.{event.lower()}"
    audit.record(name, item, by=by, at=at, before=before, after=item.state, **detail)


def _keep_what_it_was_called(
    item: MediaItem, before: dict[str, Any], *, by: User | None, at: datetime
) -> None:
    exhibit, title = before.get("exhibit", ""), before.get("title", "")
    if exhibit or title:
        ItemChange.objects.create(
            item=item, old_exhibit=exhibit, new_exhibit=item.exhibit if exhibit else "",
            old_title=title, changed_at=at, changed_by=by,
        )  # fmt: skip


def _has_already(same: MediaItem) -> str:
    """Say which recording has a reference, and what to do."""
    if same.state == MediaState.WITHDRAWN:
        return (
            f"This case has a recording {same.exhibit} already, which was withdrawn. Take that "
            "one up again on its page, or give this one another reference."
        )
    return (
        f"This case has a recording {same.exhibit} already. Give this one the reference that the "
        "exhibit list gives it."
    )


def let_all_stand(item: MediaItem) -> None:
    """Let what was said to answer no request stand with what has come."""
    rows = item.files.filter(state=SentFile.State.KEPT, superseded_at=None)
    rows.exclude(refusal="").update(refusal="")


def _locked(item: MediaItem) -> MediaItem:
    return to_lock().get(pk=item.pk)


def _begin_anew(item: MediaItem, at: datetime) -> None:
    """Wait for a recording once more; what came of it before stands for it no longer.

    Whether it is sensitive stays, so that nothing of it goes to anybody before it is looked at. The
    step with which it came keeps its link, and the digest that was declared of it.
    """
    item.classification = Classification.NOT_ASSESSED
    item.received_at = item.is_readable = item.viewed_at = item.viewed_by = None
    item.link = item.declared_hash = ""
    item.link_expires_on = item.second_asked_at = None
    item.save()
    item.files.filter(state=SentFile.State.KEPT, superseded_at=None).update(superseded_at=at)
