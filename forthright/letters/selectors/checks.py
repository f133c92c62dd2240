"""Whether a colleague is to look at a letter before it goes, and whether one has."""

from datetime import date, datetime
from enum import Enum

from django.db.models import Case, F, When

from forthright.accounts.models import Area
from forthright.letters.models import CheckRule, Letter, LetterVersion, LookWaived
from forthright.letters.selectors.sent_words import until_sent, words_that_went
from forthright.rules.peer_check_settings import (
    PeerCheckSettings,
    published_peer_check_settings,
)
from forthright.rules.words import moment_words

WAY_OUT = "If no colleague can, a manager may let it go without, by name and with the reason."


def check_settings_of(area: Area | int, day: date) -> PeerCheckSettings:
    """Return what an Area has looked at on a day: by its own rule, or by the product's."""
    rule = CheckRule.objects.filter(area=area, in_force_from__lte=day).first()
    return settings_of(rule) if rule else published_peer_check_settings()


def newest_check_rule(area: Area | int) -> CheckRule | None:
    """Return the edition of an Area's rule that was kept last, whenever it begins."""
    return CheckRule.objects.filter(area=area).order_by("-version").first()


def rule_stamp(last: CheckRule | None) -> str:
    """Return the stamp of the edition that a page is made from."""
    return str(last.version) if last else "0"


def settings_of(rule: CheckRule) -> PeerCheckSettings:
    """Return one edition of an Area's rule as the rules read it."""
    return PeerCheckSettings(
        version=f"the Area’s rule, {rule}",
        in_force_from=rule.in_force_from,
        source=rule.source,
        is_confirmed=True,
        kinds=tuple(rule.kinds),
        share_percent=rule.share_percent,
        is_required=rule.is_required,
        hours=rule.hours,
        latest=rule.latest,
        seed=int(rule.seed),
    )


def check_reference(letter: Letter) -> str:
    """Return what the lot of a letter is worked out from; it names nobody."""
    return f"{letter.duty_id}/{letter.number}"


def check_words(letter: Letter, version_id: int | None) -> str:
    """Say whether a colleague has looked at a version, or that none was to; for pages."""
    if letter.check_asked_at is None:
        return ""
    if letter.checked_version_id is not None and letter.checked_version_id == version_id:
        by = f" by {letter.checked_by}" if letter.checked_by else ""
        return f"Looked at{by}, {moment_words(letter.checked_at or letter.check_asked_at)}"
    if waived := look_waived(letter, version_id):
        return (
            f"{waived.made_by} let it go without a look, {moment_words(waived.made_at)}: "
            f"{waived.reason}"
        )
    return _not_looked_at(letter, version_id)


def why_unchecked(letter: Letter, version_id: int | None) -> str:
    """Say why a letter may not go before a colleague has looked at it, or nothing if it may."""
    if letter.check_asked_at is None or not letter.check_is_required:
        return ""
    if letter.checked_version_id is not None and letter.checked_version_id == version_id:
        return ""
    if look_waived(letter, version_id):
        return ""
    because = f"It may not go before that: {letter.check_because}."
    return f"{_not_looked_at(letter, version_id)} {because} {WAY_OUT}"


def look_waived(letter: Letter, version_id: int | None) -> LookWaived | None:
    """Return by whom a version was let go without a look since it was put forward, if it was."""
    rows = LookWaived.objects.filter(
        letter=letter.pk, version=version_id, made_at__gte=letter.check_asked_at
    )
    return rows.select_related("made_by").last()


class Bound(Enum):
    """What became of a look that a letter had to have before it went."""

    LOOKED_AT = "looked at"
    LET_GO = "let go without, by name"
    ESCAPED = "neither"


def went_under_a_required_look(
    area: Area, *, first: datetime, end: datetime, known: datetime
) -> dict[int, Bound]:
    """Return the letters that went in a time and had to be looked at first, by number.

    Each with what became of the look at the words that went: a look that came after these had gone,
    or at others, is none, and nor is a leave for others. What was done from `known` on is not
    known. An extract, or whoever records a letter by hand, may say that one went of which neither
    is true.
    """
    went_at = Case(When(kind=Letter.Kind.DECISION, then=F("duty__sent_at")), default=F("sent_at"))
    rows = Letter.objects.filter(area=area, check_is_required=True, check_asked_at__lt=known)
    rows = rows.alias(went_at=went_at).filter(went_at__gte=first, went_at__lt=end)
    letters = {
        pk: (at, checked, checked_at)
        for pk, at, checked, checked_at in rows.order_by("pk").values_list(
            "pk", went_at, "checked_version", "checked_at"
        )
    }
    versions = words_that_went({pk: at for pk, (at, *_) in letters.items()})
    leave = set(
        LookWaived.objects.filter(
            letter__in=list(letters), made_at__gte=F("letter__check_asked_at"), made_at__lt=known
        ).values_list("letter", "version")
    )
    found = {}
    for pk, (at, checked, checked_at) in letters.items():
        version = versions.get(pk)
        is_of_these = version is not None and checked == version
        if is_of_these and checked_at is not None and checked_at < until_sent(at):
            found[pk] = Bound.LOOKED_AT
        else:
            found[pk] = Bound.LET_GO if (pk, version) in leave else Bound.ESCAPED
    return found


def _not_looked_at(letter: Letter, version_id: int | None) -> str:
    """Say that the words as they stand have not been looked at, and what was before them."""
    if letter.checked_version_id is None:
        return "A colleague is to look at this letter and has not passed it yet."
    before = LetterVersion.objects.get(pk=letter.checked_version_id)
    newest = LetterVersion.objects.filter(pk=version_id).first() if version_id else None
    now = f"version {newest.number}" if newest else "the letter as it is now"
    return (
        f"{letter.checked_by} looked at version {before.number}, "
        f"{moment_words(letter.checked_at or before.added_at)}. The letter was changed after that, "
        f"so the check no longer counts: a colleague is to look at {now}."
    )
