"""The hearing ladder: how far each recording of a case has come, and what the case still lacks.

Ready means that every recording relied on was shared with the court and with every represented
defendant before the hearing. Proved means that each of them opened it before the hearing too.
How a case stood by a hearing that is over is reckoned from what was so at the end of its day;
what is owed now, such as to a firm that came since, is said beside that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forthright.rules.media_disclosed import ToDisclose, notes_to_disclose, other_step, to_disclose
from forthright.rules.media_facts import CaseFacts, Classification, ItemFacts
from forthright.rules.media_notes import notes_of, notes_of_items, notes_since
from forthright.rules.media_parties import (
    closed_by_guesses,
    ending_early,
    is_open,
    required_parties,
    told_beside,
)
from forthright.rules.media_periods import MediaPeriods
from forthright.rules.media_reach import reached
from forthright.rules.media_rungs import (
    ESCALATION,
    NOT_YET,
    WHOSE,
    Colour,
    Rung,
    Standing,
    Step,
    Whose,
)
from forthright.rules.media_steps import steps_to_classified
from forthright.rules.words import count_words, list_words

CLOSED_WORDS = "Closed: not ready by the hearing"
CLOSED_UNLISTED = "Closed: not ready, and the hearing was never listed"
CLOSED_NEXT = "Nothing, unless the case is opened again"
ENDED_NEXT = "Nothing: the case has ended for every defendant"
ENDED_MISSED = "The case has ended: not ready by the hearing"
ENDED_STEP = "The case has ended for every defendant: nothing more is asked for."
NOT_WITH_THE_NEXT = "not shared with the next firm"
DAY_PASSED = "Not ready, and the expected day has passed: list the hearing"
OWED_SINCE = "by the hearing, and something is owed since"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLadder:
    item: ItemFacts
    steps: tuple[Step, ...]
    is_ready: bool
    is_proved: bool
    # Whether something is still to be done before everybody has it, in time or too late.
    is_owed: bool = False
    # Unused, and which firms do not have it that followed one which was given it.
    to_disclose: tuple[ToDisclose, ...] = ()

    @property
    def next_step(self) -> Step | None:
        """Return the lowest rung that is not reached."""
        return next((step for step in self.steps if step.reached is False), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLadder:
    """How a case stands on a day."""

    case: CaseFacts
    items: tuple[ItemLadder, ...]
    standing: Standing
    days_left: int | None
    next_rung: Rung | None
    next_words: str
    whose: Whose
    colour: Colour
    colour_words: str
    escalate_to: str
    notes: tuple[str, ...] = ()
    # Whether a link that a party holds ends before the hearing is over.
    has_links_ending: bool = False
    # Whether wrong codes closed the link of a party, and nothing took its place.
    has_links_guessed: bool = False
    # Whether something that is still to be done with a recording waits for it to come once more.
    has_gone: bool = False
    # Whether it was not missed, and something came up since that is still to be done.
    is_owed_since: bool = False

    @property
    def is_ready(self) -> bool:
        """Say whether everything relied on was shared with everybody before the hearing."""
        return self.standing in (Standing.READY, Standing.PROVED)

    @property
    def has_to_disclose(self) -> bool:
        """Say whether an unused recording went to a firm, and not to the next."""
        return not self.case.is_closed and any(each.to_disclose for each in self.items)

    @property
    def is_proved(self) -> bool:
        """Say whether it was opened by everybody too."""
        return self.standing is Standing.PROVED

    @property
    def is_missed(self) -> bool:
        """Say whether the hearing came before the case was ready, and nobody has closed it.

        A day that is only counted from sending is no hearing: none was missed on it.
        """
        return self._is_open_since(0) and not self.case.is_estimated

    @property
    def is_to_list(self) -> bool:
        """Say whether the day that was expected has passed, so that one is to be listed."""
        return self._is_open_since(1) and self.case.is_estimated

    def _is_open_since(self, days: int) -> bool:
        past = self.days_left is not None and self.days_left <= -days
        is_over = self.case.is_closed or self.case.has_ended
        return past and self.standing is Standing.NOT_READY and not is_over

    @property
    def is_to_close(self) -> bool:
        """Say whether it stays listed, however long the hearing is over, until it is closed.

        One whose hearing was never listed is closed where none will be, such as after its end.
        """
        return self.is_missed or self.is_owed_since or self.is_to_list

    @property
    def is_closed(self) -> bool:
        """Say whether it was not ready by the hearing, or is not, and somebody has closed it."""
        return self.standing is Standing.NOT_READY and self.case.is_closed


def case_ladder(case: CaseFacts, *, today: date, periods: MediaPeriods) -> CaseLadder:
    """Return how far a case has come on a day."""
    items = tuple(item_ladder(item, case, today=today) for item in case.items)
    counted = [each for each in items if each.item.is_waited_for]
    now = _stands(case, items)
    standing = _standing_by_hearing(case) or now
    days_left = (case.hearing_on - today).days if case.hearing_on else None
    next_rung, words = _next(items, counted, standing)
    whose = _whose(next_rung, counted)
    if case.is_closed:
        next_rung, words, whose = None, CLOSED_NEXT, Whose.NOBODY
    if case.has_ended:
        next_rung, words, whose = None, ENDED_NEXT, Whose.NOBODY
    is_closed = case.is_closed and standing is Standing.NOT_READY
    is_owed_since = (
        case.then is not None
        and not case.is_closed
        and standing is not Standing.NOT_READY
        and any(each.is_owed for each in items)
    )
    colour, level = _colour(standing, days_left, periods)
    if level == "missed" and case.is_estimated:
        # Nobody missed a hearing that the court has not listed.
        level = "red"
    is_over = is_closed or (case.has_ended and standing not in (Standing.READY, Standing.PROVED))
    if is_over or is_owed_since:
        colour, level = Colour.GREY if is_over else Colour.BLUE, ""
    if is_over:
        colour_words = _over_words(case, standing)
    else:
        colour_words = _colour_words(standing, days_left, level)
    return CaseLadder(
        case=case,
        items=items,
        standing=standing,
        days_left=days_left,
        next_rung=next_rung,
        next_words=words,
        whose=whose,
        colour=colour,
        colour_words=f"{colour_words} {OWED_SINCE}" if is_owed_since else colour_words,
        escalate_to=ESCALATION.get(level, ""),
        notes=(
            *notes_of(case, today),
            *notes_since(case, standing, now, today),
            *notes_of_items([each.item for each in counted], case, today),
            *notes_to_disclose([each.item for each in items], case, today),
        ),
        has_links_ending=any(ending_early(each.item, case, today) for each in counted),
        has_links_guessed=any(closed_by_guesses(each.item, case, today) for each in counted),
        has_gone=not case.is_closed and any(_is_gone(each) for each in counted),
        is_owed_since=is_owed_since,
    )


def _is_gone(ladder: ItemLadder) -> bool:
    return bool(ladder.item.gone) and ladder.steps[0].reached is False


def _over_words(case: CaseFacts, standing: Standing) -> str:
    """Say how a case stands of which nothing is asked any more."""
    if case.has_ended:
        return ENDED_MISSED if standing is Standing.NOT_READY else Standing.ENDED.words
    return CLOSED_UNLISTED if case.is_estimated else CLOSED_WORDS


def item_ladder(item: ItemFacts, case: CaseFacts, *, today: date) -> ItemLadder:
    """Return how far one recording has come on a day."""
    required = _required(case)
    hearing = None if case.is_estimated else case.hearing_on
    is_secret = item.classification is Classification.SENSITIVE
    everybody = reached(
        () if is_secret else item.shares, [key for key, _ in required],
        unviewed=item.unviewed, today=today, hearing_on=hearing,
    )  # fmt: skip
    shared = _reach(required, everybody.had, hearing)
    opened = _reach(required, everybody.opened, hearing)
    lacking = to_disclose(item, case, today)
    is_with_all = (
        item.classification is Classification.RELIED_ON
        and item.is_received
        and everybody.shared_on is not None
    )
    steps = (
        *steps_to_classified(item, is_with_all=is_with_all),
        _with_parties(
            item, Rung.SHARED, shared, still_with=_still_with(item, case, today),
            beside=told_beside(item, case, today), lacking=lacking,
        ),
        _with_parties(item, Rung.OPENED, opened),
    )  # fmt: skip
    if case.has_ended:
        steps = tuple(
            replace(each, reached=None, why=ENDED_STEP) if each.reached is False else each
            for each in steps
        )
    return ItemLadder(
        item=item,
        steps=steps,
        is_ready=is_with_all and _is_before(everybody.shared_on, hearing),
        is_proved=is_with_all and _is_before(everybody.opened_on, hearing),
        is_owed=bool(lacking) or (item.is_waited_for and not is_with_all and not case.has_ended),
        to_disclose=lacking,
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a recording has not reached, and whom it reached too late."""

    lacking: tuple[str, ...]
    late: tuple[str, ...]


def _required(case: CaseFacts) -> tuple[tuple[str, str], ...]:
    """Return who must have what is relied on in a case, each by its key with its words."""
    required = required_parties(case.defendants)
    if not case.defendants:
        return (*required, ("", "the defence: no defendant is recorded"))
    return required


def _is_before(day: date | None, hearing: date | None) -> bool:
    """Say whether a day has come, and before a hearing where there is one."""
    return day is not None and (hearing is None or day < hearing)


def _reach(
    required: Sequence[tuple[str, str]], days: Mapping[str, date | None], hearing: date | None
) -> Reach:
    lacking = tuple(words for key, words in required if not key or days[key] is None)
    late = tuple(
        words
        for key, words in required
        if key and (on := days[key]) is not None and hearing is not None and on >= hearing
    )
    return Reach(lacking, late)


def _still_with(item: ItemFacts, case: CaseFacts, today: date) -> tuple[str, ...]:
    """Return who has a recording now, each once."""
    hearing = None if case.is_estimated else case.hearing_on
    return tuple(dict.fromkeys(each.to for each in item.shares if is_open(each, today, hearing)))


def _with_parties(
    item: ItemFacts, rung: Rung, reach: Reach, *, still_with: Sequence[str] = (),
    beside: Sequence[str] = (), lacking: Sequence[ToDisclose] = (),
) -> Step:  # fmt: skip
    """Return the rung of sharing or opening, with what is to be known beside it."""
    if not item.is_waited_for:
        return other_step(item, rung, still_with=still_with, lacking=lacking)
    if reach.lacking:
        verb = "Not shared with" if rung is Rung.SHARED else "Not known to be opened by"
        why = f"{verb} {list_words(reach.lacking)}."
        return Step(rung=rung, reached=False, why=" ".join((why, *beside)))
    if reach.late:
        verb = _given_words(item) if rung is Rung.SHARED else "opened by"
        late = f"Too late: {verb} {list_words(reach.late)} on the day of the hearing or after it."
        return Step(rung=rung, reached=True, why=" ".join((late, *beside)))
    why = " ".join(("By everybody before the hearing.", *beside))
    return Step(rung=rung, reached=True, why=why)


def _given_words(item: ItemFacts) -> str:
    """Say how it came to somebody: one shared before all of it was viewed counts from that."""
    is_by_viewing = any(each.counts_on > each.shared_on for each in item.shares)
    return "viewed whole, and shared with" if is_by_viewing else "shared with"


def _standing(items: Sequence[ItemLadder], counted: Sequence[ItemLadder]) -> Standing:
    if not items:
        return Standing.NOTHING_REGISTERED
    if not counted:
        return Standing.NOTHING_RELIED_ON
    if not all(each.is_ready for each in counted):
        return Standing.NOT_READY
    return Standing.PROVED if all(each.is_proved for each in counted) else Standing.READY


def _standing_by_hearing(case: CaseFacts) -> Standing | None:
    """Return how a case stood at the end of the day of its hearing, where it changed since."""
    return standing_on_its_day(case.then) if case.then else None


def standing_on_its_day(case: CaseFacts) -> Standing | None:
    """Return how a case stood at the end of the day of its hearing, from what was so then."""
    if case.hearing_on is None:
        return None
    items = [item_ladder(item, case, today=case.hearing_on) for item in case.items]
    return _stands(case, items)


def _stands(case: CaseFacts, items: Sequence[ItemLadder]) -> Standing:
    if case.has_ended:
        return Standing.ENDED
    return _standing(items, [each for each in items if each.item.is_waited_for])


def _next(
    items: Sequence[ItemLadder], counted: Sequence[ItemLadder], standing: Standing
) -> tuple[Rung | None, str]:
    """Return the lowest rung that a recording of the case has not reached, in words."""
    if not items:
        return None, "Check that there is no recording, or add what there is"
    waiting = Counter(step.rung for each in counted if (step := each.next_step))
    if not waiting and (anew := sum(bool(each.to_disclose) for each in items)):
        return Rung.SHARED, f"{count_words(anew, 'unused recording')} {NOT_WITH_THE_NEXT}"
    if not waiting:
        late = counted and standing is Standing.NOT_READY
        return None, "Shared too late: nothing more can be done" if late else "Nothing more"
    rung = min(waiting, key=list(Rung).index)
    return rung, f"{waiting[rung]} of {count_words(len(counted), 'recording')} {NOT_YET[rung]}"


def _whose(rung: Rung | None, counted: Sequence[ItemLadder]) -> Whose:
    if rung is None:
        return Whose.UNIT if not counted else Whose.NOBODY
    untried = [
        each for each in counted if each.next_step and each.next_step.rung is rung
        and each.item.is_readable is None
    ]  # fmt: skip
    # Whether a copy plays is tried here first; only one that does not is the police's to mend.
    return Whose.UNIT if rung is Rung.READABLE and untried else WHOSE[rung]


def _colour(standing: Standing, days_left: int | None, periods: MediaPeriods) -> tuple[Colour, str]:
    """Return how pressing a case is, and how far up that is told."""
    if standing in (Standing.READY, Standing.PROVED):
        return Colour.GREEN, ""
    if standing is not Standing.NOT_READY:
        return Colour.GREY, ""
    if days_left is None or days_left > periods["amber_days"]:
        return Colour.BLUE, ""
    if days_left > periods["red_days"]:
        return Colour.AMBER, "amber"
    return Colour.RED, "red" if days_left > 0 else "missed"


def _colour_words(standing: Standing, days_left: int | None, level: str) -> str:
    """Say how a case stands beside its hearing, so that nothing is told by colour alone."""
    if days_left is None:
        return f"{standing.words}, no hearing date"
    if standing is not Standing.NOT_READY:
        return standing.words
    if level == "missed":
        return "Not ready by the hearing"
    if level == "red" and days_left < 0:
        return DAY_PASSED
    return f"Not ready: {level}" if level else "Not ready"


def urgency(ladder: CaseLadder) -> tuple[int, int]:
    """Return what a list is sorted by, the worst first."""
    far = 10**6
    return (
        list(Colour).index(ladder.colour),
        ladder.days_left if ladder.days_left is not None else far,
    )
