"""Two meetings of a made-up Area's panel: one that is over, with answers, and one being read."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from forthright.accounts.models import Role, User
from forthright.anonymiser.spans import Kind
from forthright.demo.loading import Loaded
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter, Place, Seat
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.whose import unsaid_places
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.findings import Ticked, answer_finding, give_finding
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import (
    Plan,
    close_marks,
    draw_letters,
    open_pack,
    plan_meeting,
    publish_note,
)
from forthright.panels.services.reading import declare, hand_in, keep_reading
from forthright.panels.services.releasing import confirm_letter, search_letter
from forthright.panels.services.saying_who import SaidWho, say_who
from forthright.panels.services.taking import Added, Decided, add_place, decide_place, take_letter
from forthright.panels.services.talking import keep_discussion
from forthright.rules.panel_questions import NO, NOT_SURE, RARE_FACT_KEYS, YES
from forthright.rules.words import LONDON, local

LETTERS, THEME_LETTERS = 4, 1
TWO_MONTHS = timedelta(days=61)
TRIES = 3
ANSWERED = "Read for it line by line; nothing that few people share stands in it."
FOUND = (
    ("Two letters give the decision in the third paragraph. The person reads on for it.",
     "All templates of the unit now say the decision in the first sentence."),
    ("One letter says “insufficient evidence” and gives no fact of the case.",
     "Raised with the prosecutors of the unit; the reasons now name the fact that decided it."),
)  # fmt: skip
SAID = (
    "Members were of one mind about kindness and apart about reasons: the words are kind, and "
    "they do not say enough."
)


@dataclass(frozen=True)
class Cast:
    """Who keeps the panel, who reads again, and who sits on it."""

    keeper: User
    second: User
    manager: User
    members: list[User]


def seat_a_panel(loaded: Loaded, *, seed: int, until: datetime) -> list[Meeting]:
    """Make a meeting two months ago, with findings answered, and a pack that is being read."""
    chance = Random(f"{seed} {loaded.area} panel")
    managers = loaded.people[Role.LEGAL_MANAGER]
    cast = Cast(
        managers[0], loaded.people[Role.SENIOR_MANAGER][0], managers[-1],
        loaded.people[Role.PANEL_MEMBER],
    )  # fmt: skip
    before = _meeting_over(cast, until - TWO_MONTHS, chance)
    now = _pack(cast, until, "", chance)
    _read(now.seats.order_by("number")[0], cast, chance, until, is_whole=False)
    return [before, now]


def _meeting_over(cast: Cast, at: datetime, chance: Random) -> Meeting:
    meeting = _pack(cast, at, "DOMESTIC_ABUSE", chance)
    for seat in meeting.seats.order_by("number"):
        _read(seat, cast, chance, at, is_whole=True)
    over = at + timedelta(days=10)
    close_marks(meeting, by=cast.keeper, at=over)
    keep_discussion(meeting, SAID, by=cast.keeper, at=over)
    for said, did in FOUND:
        finding = give_finding(
            meeting, said, cast.manager, ticked=Ticked(to_self=cast.manager == cast.keeper),
            by=cast.keeper, at=over,
        )  # fmt: skip
        answer_finding(finding, did, by=cast.manager, at=over + timedelta(days=6))
    return publish_note(meeting, by=cast.keeper, at=over + timedelta(days=7))


def _pack(cast: Cast, at: datetime, theme: str, chance: Random) -> Meeting:
    today = local(at).date()
    day = today + timedelta(days=10)
    plan = Plan(
        starts_at=datetime.combine(day, time(14), LONDON), place="Room 2, or join by telephone",
        theme=theme, sent_from=today - TWO_MONTHS, sent_until=today - timedelta(days=1),
        size=LETTERS, theme_size=THEME_LETTERS if theme else 0, pack_until=day,
    )  # fmt: skip
    meeting = plan_meeting(plan, by=cast.keeper, at=at)
    for letter in draw_letters(meeting, seed=chance.getrandbits(63), by=cast.keeper, at=at):
        if not _released(letter, cast, at):
            reason = "The gate went on finding something in it"
            leave_out(letter, reason, by=cast.keeper, at=at)
    open_pack(meeting, cast.members, by=cast.keeper, at=at)
    meeting.refresh_from_db()
    return meeting


def _released(drawn: PackLetter, cast: Cast, at: datetime) -> bool:
    """Anonymise and release one letter as two people would; say whether the gate let it through."""
    letter = take_letter(drawn.duty, by=cast.keeper, at=at)
    for place in letter.places.filter(state=Place.State.IN_DOUBT):
        decide_place(letter, Decided(place.pk, hide=True), opened=None, by=cast.keeper, at=at)
    for place in unsaid_places(letter):
        say_who(letter, SaidWho(place.pk, place.role), opened=None, by=cast.keeper, at=at)
    answer_facts(letter, dict.fromkeys(RARE_FACT_KEYS, ANSWERED), by=cast.keeper, at=at)
    if not _cleared(letter, cast, at):
        return False
    for person in (cast.keeper, cast.second):
        letter = AnonymisedLetter.objects.get(pk=letter.pk)
        confirm_letter(letter, text_stamp(letter), by=person, at=at)
    return True


def _cleared(letter: AnonymisedLetter, cast: Cast, at: datetime) -> bool:
    """Hide what the gate finds until it finds nothing."""
    for _ in range(TRIES):
        letter.refresh_from_db()
        search = search_letter(letter, by=cast.keeper, at=at)
        if search.is_clear:
            return True
        for words in {each["words"] for each in search.left}:
            if words and words in letter.given:
                added = Added(words, Kind.OTHER)
                add_place(letter, added, opened=None, by=cast.keeper, at=at)
    return False


def _read(seat: Seat, cast: Cast, chance: Random, at: datetime, *, is_whole: bool) -> None:
    """Let a member read all letters and hand in, or the first alone."""
    declare(seat, by=seat.member, at=at)
    letters = list(seat.meeting.letters.filter(left_out_because=""))
    for letter in letters if is_whole else letters[:1]:
        weights = (6, 3, 1)
        answers = {
            key: chance.choices((YES, NO, NOT_SURE), weights)[0]
            for key, _ in seat.meeting.questions
        }
        keep_reading(seat, letter, answers, "", by=seat.member, at=at)
    if is_whole:
        hand_in(seat, by=seat.member, at=at)
