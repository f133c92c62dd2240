"""Back-tests of proposed rules: which letters are tried, and what came out, letter by letter."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.letters.models import BackTest, BackTestLetter, LetterVersion
from forthright.letters.selectors.checking import composed_of
from forthright.schemes.models import Duty
from forthright.standards.models import CheckSet
from forthright.standards.selectors import CheckRules

# Some hours of work at most; the newest letters tell most.
MOST_LETTERS = 10_000
AT_A_TIME = 100
DUTY = ("letter__duty__area", "letter__duty__case", "letter__duty__unit", "letter__duty__drafter",
        "letter__duty__decision", "letter__duty__person")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundWords:
    """One finding that only one of two sets makes, with the words it is about."""

    rule: str
    title: str
    level: str
    words: str


@dataclass(frozen=True, slots=True)
class LetterTried:
    """One letter that two sets treat differently."""

    letter: BackTestLetter
    gained: list[FoundWords]
    lost: list[FoundWords]

    @property
    def duty(self) -> Duty:
        """Return the letter owed."""
        return self.letter.version.letter.duty


@dataclass(frozen=True, slots=True)
class Totals:
    """How many letters were tried, and what the two sets make of them in all."""

    tried: int
    different: int
    was_stopped: int
    is_stopped: int
    by_rule: list[tuple[str, int, int]]


def batches_to_try(area: Area) -> list[list[int]]:
    """Return the newest words of every letter that was sent, the newest first, in batches."""
    sent = LetterVersion.objects.filter(
        letter__area=area, letter__number=1, letter__duty__sent_at__isnull=False
    )
    newest = sent.values("letter").annotate(last=Max("pk")).values_list("last", flat=True)
    ids = list(
        LetterVersion.objects.filter(pk__in=newest)
        .order_by("-letter__duty__sent_at", "-pk")
        .values_list("pk", flat=True)[:MOST_LETTERS]
    )
    return [ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME)]


def back_test_of(check_set: CheckSet) -> BackTest | None:
    """Return the back-test of a set."""
    return BackTest.objects.filter(check_set=check_set).select_related("area").first()


def done_of(test: BackTest) -> tuple[int, int]:
    """Return how many letters of a back-test under way are checked, and of how many.

    Those of which the record is too thin are counted when it is over.
    """
    return test.letters.count(), sum(len(each) for each in batches_to_try(test.area))


def totals_of(test: BackTest) -> Totals:
    """Return how many letters were tried and what the two sets make of them."""
    counts = test.letters.aggregate(
        tried=Count("pk"),
        different=Count("pk", filter=Q(is_different=True)),
        was=Count("pk", filter=Q(was_stopped=True)),
        now=Count("pk", filter=Q(is_stopped=True)),
    )
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    rows = test.letters.filter(is_different=True).values_list("gained", "lost")
    for more, fewer in rows.iterator():
        gained.update(each[0] for each in more)
        lost.update(each[0] for each in fewer)
    by_rule = [(rule, gained[rule], lost[rule]) for rule in sorted({*gained, *lost})]
    return Totals(counts["tried"], counts["different"], counts["was"], counts["now"], by_rule)


def differences_visible_to(user: User, test: BackTest) -> QuerySet[BackTestLetter]:
    """Return the letters treated differently that this person may open."""
    reached = within_reach(user, Permission.DUTY_SEE, Duty.objects.all())
    rows = test.letters.filter(is_different=True, version__letter__duty__in=reached.values("pk"))
    return rows.select_related("version__letter__duty__case", "version__letter__duty__unit")


def number_hidden_from(user: User, test: BackTest) -> int:
    """Return how many of the letters treated differently this person may not open."""
    different = test.letters.filter(is_different=True).count()
    return different - differences_visible_to(user, test).count()


def in_words(letter: BackTestLetter, before: CheckRules, after: CheckRules) -> LetterTried:
    """Return a letter with the words that only one of the sets finds."""
    text = composed_of(letter.version).plain()

    def said(rows: list[tuple[str, str, int, int]], rules: CheckRules) -> list[FoundWords]:
        return [
            FoundWords(rule, rules.title_of(rule), level, text[start:end])
            for rule, level, start, end in rows
        ]

    return LetterTried(letter, said(letter.gained, after), said(letter.lost, before))
