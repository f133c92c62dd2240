"""Which letters wait for this person, by what they wait for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.models import Decision
from forthright.letters.models import Dispatch, Letter, LetterFacts, LetterVersion, ReasonsNote
from forthright.letters.selectors.notes import duties_without_reasons, is_explained
from forthright.letters.selectors.sending import GONE_WRONG, UNDER_WAY
from forthright.schemes.models import Duty

P = Permission


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing letters wait for: its heading, the overview's line, and who does it."""

    heading: str
    one: str
    many: str
    permission: Permission


PROMISED, YOURS = "promised", "yours"
# What waits for a person because they are the drafter.
OWN = ("returned", YOURS)
KINDS = {
    PROMISED: Kind("Answers promised by a day that has come", "promised answer is due",
                   "promised answers are due", P.LETTER_SEND),
    "came-back": Kind("Letters that came back", "letter came back", "letters came back",
                      P.LETTER_SEND),
    "reasons": Kind("Decisions that wait for reasons", "decision waits for your reasons",
                    "decisions wait for your reasons", P.REASONS_WRITE),
    "returned": Kind("Letters returned to you", "letter was returned to you",
                     "letters were returned to you", P.LETTER_DRAFT),
    YOURS: Kind("Letters that are yours to draft", "letter is yours to draft",
                "letters are yours to draft", P.LETTER_DRAFT),
    "draft": Kind("Letters to draft", "letter can be drafted", "letters can be drafted",
                  P.LETTER_SEND),
    "approve": Kind("Letters to approve", "letter waits for your approval",
                    "letters wait for your approval", P.LETTER_APPROVE),
    "send": Kind("Letters to send", "approved letter is to be sent",
                 "approved letters are to be sent", P.LETTER_SEND),
    "unsure": Kind("Letters that may not have gone", "letter may not have gone",
                   "letters may not have gone", P.LETTER_SEND),
}  # fmt: skip


def waiting_for(user: User, what: str) -> "QuerySet[Duty]":
    """Return the letters that wait for one thing this person does, the most urgent first."""
    if what == "reasons":
        return _own_first(user, duties_without_reasons(user)).order_by("due_on", "pk")
    if what == PROMISED:
        return Duty.objects.none()
    rows = _owed_within_reach(user, KINDS[what].permission)
    return rows.filter(_condition(user, what, OWED)).order_by("due_on", "pk")


def _owed_within_reach(user: User, permission: Permission) -> "QuerySet[Duty]":
    rows = Duty.objects.filter(state=Duty.State.OPEN)
    return within_reach(user, permission, rows, own=Q(drafter=user.pk))


def others_waiting_for(user: User, what: str, today: date) -> "QuerySet[Letter]":
    """Return the letters that are not owed and wait for one thing, the first begun first."""
    if what == "reasons":
        return Letter.objects.none()
    duties = within_reach(user, KINDS[what].permission, Duty.objects.all(), own=Q(drafter=user.pk))
    # Asked of each of these few letters: a list of all that the Area owes would be made first.
    theirs = Exists(duties.filter(pk=OuterRef("duty")))
    rows = Letter.objects.filter(theirs, number__gt=1, given_up_at=None)
    if what == PROMISED:
        return _promises_not_kept(rows, today)
    return rows.filter(_condition(user, what, OTHER)).order_by("begun_at", "pk")


def _promises_not_kept(letters: "QuerySet[Letter]", today: date) -> "QuerySet[Letter]":
    """Return the holding letters whose day has come while no answer has gone since.

    Another holding letter promises another day. A letter that was begun since and ended is
    somebody's word that no answer is needed.
    """
    facts = LetterFacts.objects.filter(letter=OuterRef("pk")).order_by("-number")
    day = facts.annotate(day=KeyTextTransform("answer_by", "facts")).values("day")[:1]
    since = Letter.objects.filter(duty=OuterRef("duty")).exclude(kind=Letter.Kind.CORRECTION)
    answered = since.filter(
        Q(sent_at__gt=OuterRef("sent_at")) | Q(given_up_at__gt=OuterRef("sent_at"))
    )
    rows = letters.filter(kind=Letter.Kind.HOLDING, sent_at__isnull=False)
    rows = rows.annotate(promised=Subquery(day)).filter(promised__lte=today.isoformat())
    by_decision = Q(duty__sent_at__isnull=False, duty__sent_at__gt=F("sent_at"))
    return rows.exclude(by_decision).exclude(Exists(answered)).order_by("promised", "pk")


def counts_for(user: User, kinds: list[str], today: date) -> dict[str, int]:
    """Return how many letters wait for each of these."""
    # Mostly an Area has no letter besides those owed, and each kind need not ask for it.
    others = Letter.objects.filter(duty__area=user.area_id, number__gt=1, given_up_at=None)
    has_others = others.exists()
    own = _own_counts(user) if set(OWN) & set(kinds) else {}
    return {
        what: (own[what] if what in own else waiting_for(user, what).count())
        + (others_waiting_for(user, what, today).count() if has_others else 0)
        for what in kinds
    }


def _own_counts(user: User) -> dict[str, int]:
    """Count what waits for a person as the drafter, in one question for all of it."""
    rows = _owed_within_reach(user, P.LETTER_DRAFT).filter(drafter=user.pk)
    found = {what: Count("pk", filter=_condition(user, what, OWED)) for what in OWN}
    return rows.aggregate(**found)


# What leads from a row to its letter: from a duty to the one it owes, from a letter to itself.
OWED: dict[str, object] = {"duty": OuterRef("pk"), "number": 1}
OTHER: dict[str, object] = {"pk": OuterRef("pk")}


def _condition(user: User, what: str, own: dict[str, object]) -> Q:
    letter = Letter.objects.filter(**own)
    versions = LetterVersion.objects.filter(**{f"letter__{name}": own[name] for name in own})
    composed = versions.filter(composed__isnull=False)
    dispatched = Dispatch.objects.filter(**{f"version__letter__{name}": own[name] for name in own})
    is_known = is_explained() if own is OWED else Q()
    to_draft = is_known & Q(drafted_at=None, sent_at=None)
    was_returned = Q(Exists(letter.exclude(returned_because="")))
    is_theirs = Q(drafter=user.pk)
    not_sent = Q(sent_at=None)
    under_way = Q(Exists(dispatched.filter(state__in=UNDER_WAY)))
    # These are few among many open letters, so the database is to begin with them.
    link = "version__letter__duty" if own is OWED else "version__letter"
    gone = Dispatch.objects.filter(area=user.area_id)
    gone = gone.filter(version__letter__number=1) if own is OWED else gone
    return {
        "came-back": not_sent
        & Q(pk__in=gone.filter(state__in=GONE_WRONG).values(link))
        & ~under_way,
        "returned": is_theirs & was_returned,
        YOURS: is_theirs & to_draft & ~was_returned,
        "draft": ~is_theirs & to_draft & ~was_returned,
        "approve": Q(Exists(composed), drafted_at__isnull=False, approved_at=None, sent_at=None)
        & ~Q(drafter=user.pk) & (_reasons_not_by(user) if own is OWED else Q()),
        "send": Q(Exists(letter.filter(approved_version__isnull=False)))
        & not_sent
        & ~Q(Exists(dispatched.exclude(state=Dispatch.State.CANCELLED))),
        "unsure": Q(pk__in=gone.filter(state=Dispatch.State.UNSURE).values(link)),
    }[what]  # fmt: skip


def _reasons_not_by(user: User) -> Q:
    """Leave out the decisions whose newest reasons this person wrote: somebody else approves."""
    newest = ReasonsNote.objects.filter(decision=OuterRef("decision")).order_by("-number")
    theirs = ReasonsNote.objects.filter(
        decision=OuterRef("decision"), written_by=user.pk, pk=Subquery(newest.values("pk")[:1])
    )
    return ~Q(Exists(theirs))


def _own_first(user: User, rows: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """Return a prosecutor's own decisions and those that name nobody; others see the unit's."""
    theirs = Q(decision__made_by=user.pk)
    nobody = Q(decision__made_by=None)
    is_decider = Decision.objects.filter(made_by=user.pk).exists()
    return rows.filter(theirs | nobody) if is_decider else rows
