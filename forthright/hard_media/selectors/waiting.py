"""What the ladder asks of a person today."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from forthright.accounts.models import Area, Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import is_of_liaison_unit
from forthright.hard_media.models import Carrier, HandOver, Hearing, MediaItem, ShareContent
from forthright.hard_media.selectors.asked_back import items_to_ask_for
from forthright.hard_media.selectors.bags import items_in_bags_to_ask_for
from forthright.hard_media.selectors.damaged import damages, with_damage
from forthright.hard_media.selectors.gave import holding_more
from forthright.hard_media.selectors.ladder import CaseLine, ladders, standing
from forthright.hard_media.selectors.ladder_filters import LadderFilters
from forthright.hard_media.selectors.links import late_links
from forthright.hard_media.selectors.missing import is_missing, missing_discs, with_secrets
from forthright.hard_media.selectors.out_of_place import out_of_place
from forthright.hard_media.selectors.passed_on import is_passed_on_to
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.registered import carriers_visible_to
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.hard_media.selectors.to_do import (
    CAME_AFTER,
    LINK_ENDS,
    TO_CLASSIFY,
    TO_VIEW,
    is_asked_about,
    items_to_do,
    numbers_to_ask_for,
    own_items,
)
from forthright.rules.media_states import CarrierState
from forthright.web import clock

# How a case may stand that is told of however far off its hearing is.
BESIDES = ("links", "guessed", "gone", "disclose", "unsent")
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
    # Cases of which an unused recording was disclosed, and not to the next firm.
    to_disclose: int
    # Discs and sticks that are missing or lost: those with something sensitive on them, and others.
    missing_secret: int
    missing: int
    # Discs and sticks that another unit handed over to theirs, and that nobody there has seen.
    passed_on: int
    # Recordings of which a copy went out that was found to hold more than pictures and sound.
    shut_copies: list[MediaItem]
    # Recordings of which what is kept was found damaged.
    damaged: list[MediaItem]
    # Recordings that were taken back and may still be with whoever had them.
    to_ask_back: Sequence[MediaItem]
    # Recordings in a bag that left which whoever has that is to have no more.
    in_bags: Sequence[MediaItem]
    to_ask_for: int
    # Those that the police were last asked for a week ago or longer.
    to_chase: int
    # Those to view that are here by a link alone which ends within a week.
    link_ends: int
    to_view: int
    to_classify: int
    # Recordings that came for a case after it was closed.
    came_after: int


# The Victim Liaison Unit has no part in recordings: it reaches none by any permission.
NOTHING = Waiting(
    missed=0, red=0, amber=0, links_ending=0, unsent=0, links_guessed=0, misplaced=0, gone=0,
    to_disclose=0, missing_secret=0, missing=0, passed_on=0,
    shut_copies=[], damaged=[], to_ask_back=(), in_bags=(),
    to_ask_for=0, to_chase=0, link_ends=0, to_view=0, to_classify=0, came_after=0,
)  # fmt: skip


def waiting_for(user: User, today: date) -> Waiting:
    """Return what waits for a person: cases near their hearing, and recordings to work on.

    Those above the units are told only of what nobody below has managed.
    """
    if is_of_liaison_unit(user) or not _has_register(user.area):
        return NOTHING
    near = today + timedelta(days=periods_of(user.area)["amber_days"] + 1)
    above = user.role in HIGHER
    secret = secrets_of(user.area)
    # Each case is worked out once, in however many of the numbers it is.
    besides = () if above else BESIDES
    lines = ladders(user, LadderFilters(before=near, besides=besides), today, secret)
    told = Counter(each.ladder.escalate_to for each in lines if _is_before(each, near))
    missing_secret, missing, passed_on = (0, 0, 0) if above else _numbers_of_discs(user, secret)
    to_view = items_to_do(user, TO_VIEW).count()
    to_ask_for, to_chase = numbers_to_ask_for(user)
    return Waiting(
        missed=told[Role.SENIOR_MANAGER],
        red=0 if above else told[Role.LEGAL_MANAGER],
        amber=0 if above or user.role == Role.LEGAL_MANAGER else told[Role.LINE_MANAGER],
        links_ending=0 if above else len(standing(lines, "links")),
        unsent=0 if above else _number_unsent(lines),
        links_guessed=0 if above else len(standing(lines, "guessed")),
        misplaced=0 if above else _number_misplaced(user, today, secret),
        gone=0 if above else len(standing(lines, "gone")),
        to_disclose=0 if above else len(standing(lines, "disclose")),
        missing_secret=missing_secret,
        missing=missing,
        passed_on=passed_on,
        shut_copies=[] if above else _with_shut_copies(user),
        damaged=[] if above else _damaged(user),
        to_ask_back=() if above else items_to_ask_for(user),
        in_bags=() if above else items_in_bags_to_ask_for(user),
        to_ask_for=to_ask_for,
        to_chase=to_chase,
        # They are among those to view.
        link_ends=items_to_do(user, LINK_ENDS).count() if to_view else 0,
        to_view=to_view,
        to_classify=items_to_do(user, TO_CLASSIFY).count(),
        came_after=items_to_do(user, CAME_AFTER).count(),
    )


def _has_register(area: Area) -> bool:
    """Say whether an Area has begun to register recordings; what waits of them is long to ask."""
    kept: tuple[type[Hearing | MediaItem | Carrier], ...] = (Hearing, MediaItem, Carrier)
    return any(each._default_manager.filter(area=area).exists() for each in kept)


def _is_before(line: CaseLine, day: date) -> bool:
    on = line.ladder.case.hearing_on
    return on is None or on < day


def _number_unsent(lines: Sequence[CaseLine]) -> int:
    """Return in how many of some cases an e-mail with a link has not gone for an hour."""
    cases = [each.hearing.pk for each in lines]
    late = late_links(clock.now()).filter(hearing__in=cases)
    return len(set(late.values_list("hearing", flat=True))) if cases else 0


def _number_misplaced(user: User, today: date, secret: Collection[str]) -> int:
    """Return how many discs are where they must not be; only one that was handed over can be."""
    discs = carriers_visible_to(user)
    if not HandOver.objects.filter(carrier__in=discs.order_by().values("pk")).exists():
        return 0
    return out_of_place(discs, user.area, today, secret).count()


def _numbers_of_discs(user: User, secret: Collection[str]) -> tuple[int, int, int]:
    """Return how many discs with something sensitive are missing, how many others, and passed on.

    The last are those that another unit handed over to this person's.
    """
    discs = carriers_visible_to(user)
    found = discs.filter(Q(state=CarrierState.MISSING) | Q(passed_on_at__isnull=False)).aggregate(
        missing=Count("pk", filter=is_missing()),
        passed_on=Count("pk", filter=is_passed_on_to(user)),
    )
    number, passed_on = found["missing"], found["passed_on"]
    holding = with_secrets(missing_discs(discs), user.area, secret).count() if number else 0
    return holding, number - holding, passed_on


def _with_shut_copies(user: User) -> list[MediaItem]:
    given = holding_more(ShareContent.objects.filter(share__revoked_at=None))
    rows = own_items(user, Permission.MEDIA_RECORD).filter(pk__in=given.values("share__item"))
    return list(rows.select_related("case").order_by("case__urn", "exhibit"))


def _damaged(user: User) -> list[MediaItem]:
    if not damages().exists():
        return []
    rows = with_damage(own_items(user, Permission.MEDIA_RECORD).filter(is_asked_about()))
    return list(rows.select_related("case").order_by("case__urn", "exhibit"))
