"""What the ladder asks of a person today."""

from dataclasses import dataclass
from datetime import date, timedelta

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_of_liaison_unit
from forthright.hard_media.models import MediaItem, ShareContent
from forthright.hard_media.selectors.damaged import with_damage
from forthright.hard_media.selectors.gave import holding_more
from forthright.hard_media.selectors.ladder import ladders
from forthright.hard_media.selectors.ladder_filters import LadderFilters
from forthright.hard_media.selectors.missing import missing_discs, with_secrets
from forthright.hard_media.selectors.out_of_place import out_of_place
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import carriers_visible_to
from forthright.hard_media.selectors.to_do import (
    CAME_AFTER,
    LINK_ENDS,
    TO_ASK_FOR,
    TO_CLASSIFY,
    TO_VIEW,
    is_asked_about,
    items_to_do,
    own_items,
)

HIGHER = (Role.SENIOR_MANAGER, Role.CHIEF_CROWN_PROSECUTOR)


@dataclass(frozen=True)
class Waiting:
    """How much waits, each a number that leads to its cases."""

    missed: int
    red: int
    amber: int
    # Cases of which a link ends before the hearing is over.
    links_ending: int
    # Cases of which an e-mail with a link has not gone for an hour.
    unsent: int
    # Cases of which wrong codes closed a link.
    links_guessed: int
    # Discs and sticks that must not be where they are.
    misplaced: int
    # Cases in which something is still to be done with a recording that is not here any more.
    gone: int
    # Discs and sticks that a stock-take missed: those with something sensitive on them, and others.
    missing_secret: int
    missing: int
    # Recordings of which a copy went out that was found to hold more than pictures and sound.
    shut_copies: list[MediaItem]
    # Recordings of which what is kept was found damaged.
    damaged: list[MediaItem]
    to_ask_for: int
    # Those to view that are here by a link alone which ends within a week.
    link_ends: int
    to_view: int
    to_classify: int
    # Recordings that came for a case after it was closed.
    came_after: int


# The Victim Liaison Unit has no part in recordings: it reaches none by any permission.
NOTHING = Waiting(
    missed=0, red=0, amber=0, links_ending=0, unsent=0, links_guessed=0, misplaced=0, gone=0,
    missing_secret=0, missing=0,
    shut_copies=[], damaged=[], to_ask_for=0, link_ends=0, to_view=0, to_classify=0, came_after=0,
)  # fmt: skip


def waiting_for(user: User, today: date) -> Waiting:
    """Return what waits for a person: cases near their hearing, and recordings to work on.

    Those above the units are told only of what nobody below has managed.
    """
    if is_of_liaison_unit(user):
        return NOTHING
    near = today + timedelta(days=periods_of(user.area)["amber_days"] + 1)
    found = [line.ladder for line in ladders(user, LadderFilters(before=near), today)]
    told = {role: sum(each.escalate_to == role for each in found) for role in Role}
    above = user.role in HIGHER
    secret, missing = _numbers_missing(user)
    return Waiting(
        missed=told[Role.SENIOR_MANAGER],
        red=0 if above else told[Role.LEGAL_MANAGER],
        amber=0 if above or user.role == Role.LEGAL_MANAGER else told[Role.LINE_MANAGER],
        links_ending=0 if above else len(ladders(user, LadderFilters(show="links"), today)),
        unsent=0 if above else len(ladders(user, LadderFilters(show="unsent"), today)),
        links_guessed=0 if above else len(ladders(user, LadderFilters(show="guessed"), today)),
        misplaced=0 if above else _number_misplaced(user, today),
        gone=0 if above else len(ladders(user, LadderFilters(show="gone"), today)),
        missing_secret=0 if above else secret,
        missing=0 if above else missing,
        shut_copies=[] if above else _with_shut_copies(user),
        damaged=[] if above else _damaged(user),
        to_ask_for=items_to_do(user, TO_ASK_FOR).count(),
        link_ends=items_to_do(user, LINK_ENDS).count(),
        to_view=items_to_do(user, TO_VIEW).count(),
        to_classify=items_to_do(user, TO_CLASSIFY).count(),
        came_after=items_to_do(user, CAME_AFTER).count(),
    )


def _number_misplaced(user: User, today: date) -> int:
    """Return how many discs are where they must not be; what is secret is long to ask."""
    discs = carriers_visible_to(user)
    return out_of_place(discs, user.area, today).count() if discs.exists() else 0


def _numbers_missing(user: User) -> tuple[int, int]:
    """Return how many discs with something sensitive are missing, and how many others."""
    discs = missing_discs(carriers_visible_to(user))
    if not (number := discs.count()):
        return 0, 0
    secret = with_secrets(discs, user.area).count()
    return secret, number - secret


def _with_shut_copies(user: User) -> list[MediaItem]:
    given = holding_more(ShareContent.objects.filter(share__revoked_at=None))
    rows = own_items(user, Permission.MEDIA_RECORD).filter(pk__in=given.values("share__item"))
    return list(rows.select_related("case").order_by("case__urn", "exhibit"))


def _damaged(user: User) -> list[MediaItem]:
    rows = with_damage(own_items(user, Permission.MEDIA_RECORD).filter(is_asked_about()))
    return list(rows.select_related("case").order_by("case__urn", "exhibit"))
