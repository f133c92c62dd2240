"""What a recording came by beside a disc that it is not on, and what stands of it then."""

from datetime import datetime

from forthright.accounts.models import User
from forthright.hard_media.models import Carrier, MediaItem, MediaStep, Playing, SentFile
from forthright.hard_media.selectors.discs import holds_copy_before
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.items import step
from forthright.hard_media.services.playing import EVENTS
from forthright.hard_media.services.receiving import found_wanting, why_no_answer
from forthright.rules.media_states import TRIED, MediaEvent, MediaState
from forthright.rules.words import moment_at


def receive_otherwise(
    item: MediaItem, came: MediaStep, why: str, by: User | None, at: datetime
) -> list[int]:
    """Let a recording have come by what else it came with, or wait for it.

    Return the files that answer no request once it is waited for.
    """
    if ways := other_ways(item):
        _stay_otherwise(item, came, why, by, at)
        item.received_at, item.source = min(ways)
        item.save()
        return []
    if item.state != MediaState.RECEIVED_PHYSICAL:
        has_file = item.files.filter(state=SentFile.State.KEPT, superseded_at=None).exists()
        because = (
            "the file that came for it is one that was found wanting before"
            if has_file
            else "what somebody tried may be what is on it"
        )
        raise CarrierRefused(
            f"{item} is {item.get_state_display().lower()} since, so it stays on this disc or "
            f"stick: {because}. If the copy that came is the wrong one, ask for it again on its "
            "page."
        )
    was_asked = came.before == MediaState.REQUESTED
    event = MediaEvent.NOT_THERE_AS_ASKED if was_asked else MediaEvent.NOT_THERE
    step(item, event, reason=why, by=by, at=at)
    item.received_at, item.source = None, ""
    item.save()
    return _give_refusals_back(item)


def _stay_otherwise(
    item: MediaItem, came: MediaStep, why: str, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Keep that a recording is here all the same; what was tried of that disc is tried anew."""
    files = _answers(item)
    has_moved = item.steps.filter(event=MediaEvent.UPLOAD, pk__gt=came.pk).exists()
    is_tried = item.state in TRIED and not has_moved
    if not is_tried and item.state != MediaState.RECEIVED_PHYSICAL:
        step(item, MediaEvent.HERE_OTHERWISE, reason=why, by=by, at=at)
        return
    if not files:
        event = MediaEvent.UNTRIED_THERE if is_tried else MediaEvent.HERE_OTHERWISE
        step(item, event, reason=why, by=by, at=at)
        item.is_readable = None
        return
    step(item, MediaEvent.HERE_AS_A_FILE, reason=why, by=by, at=at)
    item.is_readable = None
    known = [playing for each in files if (playing := getattr(each, "playing", None))]
    if known:
        best = max(known, key=lambda each: each.plays)
        step(item, EVENTS[Playing.How(best.how)], reason=best.words, by=by, at=at)
        item.is_readable = best.plays


def _give_refusals_back(item: MediaItem) -> list[int]:
    """Say of each file once more whether it answers a request; return those that do not.

    What came with the disc let it stand, and that is gone.
    """
    refused = []
    for each in item.files.filter(state=SentFile.State.KEPT, superseded_at=None):
        if refusal := why_no_answer(item, each.sha256):
            each.refusal = refusal
            each.save(update_fields=["refusal"])
            refused.append(each.pk)
    return refused


def _answers(item: MediaItem) -> list[SentFile]:
    """Return the files by which a recording has come: not those found wanting before."""
    kept = item.files.filter(state=SentFile.State.KEPT, superseded_at=None)
    over = found_wanting(item)
    return [each for each in kept.select_related("playing") if each.sha256 not in over]


def other_ways(item: MediaItem, *, but: Carrier | None = None) -> list[tuple[datetime, str]]:
    """Return when a recording came by its files that stand and by other discs, and as what."""
    upload = str(MediaItem.Source.UPLOAD)
    ways = [(each.kept_at, upload) for each in _answers(item) if each.kept_at]
    for each in item.carried.select_related("carrier"):
        disc = each.carrier
        if disc != but and not holds_copy_before(disc, item):
            ways.append((each.taken_at or moment_at(disc.received_on, None), source_of(disc)))
    return ways


def source_of(disc: Carrier) -> str:
    """Return as what something comes that is on a disc or stick."""
    is_stick = disc.kind == Carrier.Kind.USB
    return str(MediaItem.Source.USB if is_stick else MediaItem.Source.DISC)
