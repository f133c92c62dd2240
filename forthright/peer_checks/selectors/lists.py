"""The doors to checks, and what of them waits for a person."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.covering import away_until
from forthright.accounts.models import User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import within_reach
from forthright.letters.models import Letter
from forthright.peer_checks.models import PeerCheck
from forthright.rules.marking import said_stamp
from forthright.schemes.models import Duty

SHOWN = ("letter__duty__case", "letter__duty__person", "letter__duty__unit", "letter__drafter",
         "version__added_by", "edition", "checker", "drafter", "unit", "area")  # fmt: skip
A = PeerCheck.Answer


def checks_visible_to(user: User) -> QuerySet[PeerCheck]:
    """Return the checks within a person's reach, for whoever looks after them in a unit."""
    return within_reach(user, Permission.CHECKS_SEE, PeerCheck.objects.select_related(*SHOWN))


def checks_given_on_by(user: User) -> QuerySet[PeerCheck]:
    """Return the checks that a person may give to another in a unit, a deputy there among them."""
    return within_reach(user, Permission.CHECKS_GIVE, PeerCheck.objects.select_related(*SHOWN))


def with_somebody_away(user: User, today: date) -> QuerySet[PeerCheck]:
    """Return the looks that a person may give on and that wait with somebody else who is away."""
    away = set(away_until(user.area_id, today)) - {user.pk}
    rows = checks_given_on_by(user).filter(answer="", checker__in=away)
    return rows.order_by("due_at", "pk")


def check_for(user: User, check_id: int) -> PeerCheck:
    """Return a check that is or was this person's, or that they see or may give on.

    Whoever had it keeps a way to it, so that what they are told of it is not "no such page".

    :raises Http404: if there is none, or it is hidden from them
    """
    own = Q(area=user.area_id) & (Q(checker=user.pk) | Q(given_on__was=user.pk))
    reached = Q(pk__in=checks_visible_to(user).order_by().values("pk"))
    reached |= Q(pk__in=checks_given_on_by(user).order_by().values("pk"))
    rows = PeerCheck.objects.filter(own | reached, pk=check_id).select_related(*SHOWN)
    check = rows.first()
    if check is None:
        raise Http404("No such check")
    return check


def given_stamp(check: PeerCheck) -> str:
    """Return the stamp of who has a check, and since when, as a page shows it."""
    return said_stamp(str(check.checker_id), check.given_at.isoformat() if check.given_at else "")


def checks_to_do(user: User) -> QuerySet[PeerCheck]:
    """Return the letters that wait for this person's look, the most urgent first."""
    rows = PeerCheck.objects.filter(area=user.area_id, checker=user.pk, answer="")
    return rows.select_related(*SHOWN).order_by("due_at", "pk")


def done_by(user: User) -> QuerySet[PeerCheck]:
    """Return what this person has looked at, the newest first."""
    rows = PeerCheck.objects.filter(area=user.area_id, checker=user.pk).exclude(answer="")
    return rows.select_related(*SHOWN).order_by("-answered_at", "-pk")


def still_to_go(letter: str = "") -> Q:
    """Return which letters are still to go: owed or begun, and neither sent nor given up.

    :param letter: what leads to the letter, as "letter__"
    """
    owed = {"number": 1, "duty__state": Duty.State.OPEN, "duty__sent_at": None}
    other = {"number__gt": 1, "sent_at": None, "given_up_at": None}
    return Q(**{f"{letter}{name}": value for name, value in owed.items()}) | Q(
        **{f"{letter}{name}": value for name, value in other.items()}
    )


def came_back_to(user: User) -> QuerySet[PeerCheck]:
    """Return the checks by which letters came back that this person writes, not mended yet.

    What was handed over since is its new drafter's; what is not to go any more, or has gone, is
    nobody's, and neither is one of a unit whose letters they cannot open any more.
    """
    theirs = Q(letter__number=1, letter__duty__drafter=user.pk, letter__duty__drafted_at=None)
    theirs |= Q(letter__number__gt=1, letter__drafter=user.pk, letter__drafted_at=None)
    owed = Duty.objects.filter(pk=OuterRef("letter__duty"))
    reached = Exists(within_reach(user, Permission.LETTER_DRAFT, owed))
    rows = PeerCheck.objects.filter(
        theirs, still_to_go("letter__"), reached, area=user.area_id,
        answer__in=[A.CHANGES, A.RETURNED], letter__returned_at=F("answered_at"),
        letter__returned_by=F("checker"),
    )  # fmt: skip
    return rows.exclude(letter__returned_because="").select_related(*SHOWN).order_by("answered_at")


def waiting_for_nobody(user: User) -> QuerySet[PeerCheck]:
    """Return the checks within reach that nobody may be given, or that are late."""
    return checks_visible_to(user).filter(answer="", checker=None).order_by("due_at", "pk")


def checks_of_letter(letter: Letter) -> QuerySet[PeerCheck]:
    """Return every check of a letter that somebody has come in by, the newest first."""
    rows = PeerCheck.objects.filter(letter=letter.pk).select_related(*SHOWN)
    return rows.prefetch_related(
        "levels__criterion",
        "due_changes",
        "left__levels__criterion",
        "parts__recipient",
        "given_on__was",
        "given_on__now",
        "given_on__given_by",
    ).order_by("-put_forward_at", "-pk")


def may_see_findings(user: User, check: PeerCheck) -> bool:
    """Return whether a person may see what was found, and by whom.

    It is there for learning: for the drafter, the checker, and whoever looks after the unit; and
    for whom the letter was handed over to since, who is to change it.
    """
    if user.pk in {check.drafter_id, check.checker_id, check.letter.steps.drafter_id}:
        return True
    if reach_of(user.role, Permission.CHECKS_SEE) is not Reach.UNIT:
        return False
    return checks_visible_to(user).filter(pk=check.pk).exists()
