"""Keeps what they said who were asked for what was taken back from them, or is in a bag."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import AskedBack, BagAnswer, Bagged, MediaItem, ShareRecord
from forthright.hard_media.selectors.bags import reasons_stamp, why_asked_for
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.written import reason_in
from forthright.web.meanwhile import ChangedMeanwhile


@transaction.atomic
def record_answer(
    share: ShareRecord, words: str, *, is_settled: bool, by: User | None, at: datetime
) -> AskedBack:  # fmt: skip
    """Record what a party said that was asked for what it has, or why nobody asks.

    What was recorded before stays; the last says whether it waits still.

    :param is_settled: nobody needs to ask any more
    :raises NotAllowed: if the recording is another unit's
    :raises ShareRefused: if it was not taken back, or nobody says what they said
    """
    policies.check_can_record(by, share.item)
    if share.revoked_at is None:
        raise ShareRefused("It is not taken back, so nobody is asked for it. Take it back first.")
    kept = AskedBack.objects.create(
        share=share, words=_said(words), is_settled=is_settled, at=at, by=by
    )  # fmt: skip
    audit.record("share.asked_back", share, by=by, at=at, answer=kept.pk, is_settled=is_settled)
    return kept


@transaction.atomic
def record_answer_of_bag(
    bagged: Bagged, words: str, *, is_settled: bool, opened: str | None = None, by: User | None,
    at: datetime,
) -> BagAnswer:  # fmt: skip
    """Record what whoever has a bag said of one recording in it, or why nobody asks.

    What was recorded before stays; the last says whether it waits still.

    :param is_settled: nobody needs to ask any more
    :param opened: the stamp of why it was asked for when the page was opened; None: from no page
    :raises NotAllowed: if the recording is another unit's
    :raises ShareRefused: if nobody says what they said
    :raises ChangedMeanwhile: if it is to be asked for why the page did not show
    """
    policies.check_can_record(by, bagged.item)
    # The recording first, as whoever decides on it does.
    MediaItem.objects.select_for_update().get(pk=bagged.item_id)
    if opened not in {None, stands := reasons_stamp(bagged)}:
        why = why_asked_for(bagged)
        raise ChangedMeanwhile(
            f"Something was recorded of it after you opened the page{f': {why}' if why else ''}. "
            "What they said before may not be said of that: ask them about it as well, then send "
            "what they said of all of it.",
            stands=stands,
        )
    kept = BagAnswer.objects.create(
        bagged=bagged, words=_said(words), is_settled=is_settled, at=at, by=by
    )
    audit.record("bag.asked_back", bagged, by=by, at=at, answer=kept.pk, is_settled=is_settled)
    return kept


def _said(words: str) -> str:
    if not (said := reason_in(words)):
        raise ShareRefused("Say what they said, such as: deleted, by their e-mail of 6 October.")
    return said
