"""Who is judged by a letter: whoever gave its reasons, wrote, approved, sent or marked it."""

from collections import defaultdict
from collections.abc import Sequence

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.calibration.models import RoundMark
from forthright.letters.models import Dispatch, LetterVersion, ReasonsNote
from forthright.letters.selectors.sent_words import all_words_sent
from forthright.panels.models import Alarm, AnonymisedLetter, PackLetter, PanelFinding
from forthright.panels.selectors.being_read import being_read
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import Review, SecondMarking
from forthright.samples.selectors.hands import hands_on
from forthright.schemes.models import Duty
from forthright.web import clock


def judged_by(letter: AnonymisedLetter) -> set[int]:
    """Return whose work the panel judges with a letter, and who marked it themselves."""
    return judged_by_each([letter])[letter.pk]


def judged_by_each(letters: Sequence[AnonymisedLetter]) -> dict[int, set[int]]:
    """Return the same of each letter, by its number, with whoever put its words down here."""
    found = judged_by_owed([each.duty for each in letters])
    added = {each.pk: each.version.added_by_id for each in letters}
    return {
        each.pk: found[each.duty_id] | ({by} if (by := added[each.pk]) is not None else set())
        for each in letters
    }


def judged_by_owed(duties: Sequence[Duty]) -> dict[int, set[int]]:
    """Return whose work the panel judges with a letter owed, whether it was anonymised or not.

    It is whoever decided, gave the reasons, drafted, wrote, approved, looked at, overruled or sent
    it, or marked it.
    """
    hands, given = hands_on(duties), _gave_reasons(duties)
    found = _marked_or_sent(duties)
    for duty in duties:
        through = hands[duty.pk]
        people = {
            duty.decision.made_by_id, through.drafter, *through.writers, *through.approvers,
            *through.overrulers, *through.passers, *through.waivers,
        }  # fmt: skip
        found[duty.pk] |= {person for person in people if person is not None}
        found[duty.pk] |= given[duty.decision_id]
    return found


def _gave_reasons(duties: Sequence[Duty]) -> dict[int, set[int]]:
    """Return by decision who wrote any version of its reasons: a letter tells them in their words.

    Of many letters the database is asked once.
    """
    rows = ReasonsNote.objects.filter(decision__in=[each.decision_id for each in duties])
    found: dict[int, set[int]] = defaultdict(set)
    for decision, person in rows.order_by().values_list("decision", "written_by").distinct():
        if person is not None:
            found[decision].add(person)
    return found


def _marked_or_sent(duties: Sequence[Duty]) -> dict[int, set[int]]:
    owed = [each.pk for each in duties]
    of_review = {"drawn_letter__duty__in": owed}
    reviews = Review.objects.filter(**of_review).values("pk")
    rows = (
        Dispatch.objects.filter(duty__in=owed).values_list("duty", "asked_by"),
        PeerCheck.objects.filter(letter__duty__in=owed).values_list("letter__duty", "checker"),
        Review.objects.filter(**of_review).values_list("drawn_letter__duty", "marker"),
        SecondMarking.objects.filter(review__in=reviews).values_list(
            "review__drawn_letter__duty", "marker"
        ),
        RoundMark.objects.filter(letter__review__in=reviews).values_list(
            "letter__review__drawn_letter__duty", "marker__person"
        ),
    )
    found: dict[int, set[int]] = {each: set() for each in owed}
    for duty, person in {each for row in rows for each in row if each[1] is not None}:
        found[duty].add(person)
    return found


def open_pack_with(letter: AnonymisedLetter) -> PackLetter | None:
    """Return the letter as it stands in a pack that members are reading, if it is in one."""
    rows = PackLetter.objects.filter(
        being_read(clock.today(), "meeting"), duty=letter.duty_id, left_out_because=""
    )
    return rows.select_related("meeting__area").first()


def others_who_keep(letter: AnonymisedLetter) -> list[User]:
    """Return who keeps the panel of a letter's Area and is not judged by it."""
    return _keepers_besides(letter.area_id, judged_by(letter))


def keepers_of(letter: AnonymisedLetter) -> list[User]:
    """Return who keeps the panel of a letter's Area, judged by it or not."""
    return _keepers_besides(letter.area_id, set())


def others_who_keep_drawn(letter: PackLetter) -> list[User]:
    """Return who keeps the panel that drew a letter and is not judged by it.

    The letter need not have been anonymised yet.
    """
    return others_who_keep_drawn_each([letter])[letter.pk]


def others_who_keep_drawn_each(letters: Sequence[PackLetter]) -> dict[int, list[User]]:
    """Return the same of each letter, by its number; the database is asked alike often."""
    judged = _judged_by_drawn(letters)
    areas = {each.meeting.area_id for each in letters}
    keepers = {each: _keepers_besides(each, set()) for each in areas}
    return {
        letter.pk: [e for e in keepers[letter.meeting.area_id] if e.pk not in judged[letter.pk]]
        for letter in letters
    }


def who_decides_instead(finding: PanelFinding, person: User) -> list[User]:
    """Return who decides what becomes of a finding instead of somebody who answers for it.

    Nobody does where somebody else answers for it, or nobody else keeps the panel.
    """
    if finding.manager_id != person.pk:
        return []
    return _keepers_besides(finding.area_id, {person.pk})


def keepers_besides(person: User) -> list[User]:
    """Return who else keeps the panel of somebody's Area."""
    return _keepers_besides(person.area_id, {person.pk}) if person.area_id is not None else []


def had_part_in(letter: PackLetter, person: User) -> bool:
    """Say whether somebody is judged by a letter that was drawn."""
    return person.pk in _judged_by_drawn([letter])[letter.pk]


def _judged_by_drawn(letters: Sequence[PackLetter]) -> dict[int, set[int]]:
    """Return by its number who is judged by each letter, with whoever added its words that went."""
    duties = [each.duty for each in letters]
    judged, sent = judged_by_owed(duties), all_words_sent(duties)
    versions = LetterVersion.objects.filter(pk__in=list(sent.values()))
    added = dict(versions.values_list("pk", "added_by"))
    by = {duty: {person} for duty, pk in sent.items() if (person := added[pk]) is not None}
    return {each.pk: judged[each.duty_id] | by.get(each.duty_id, set()) for each in letters}


def _keepers_besides(area: int, judged: set[int]) -> list[User]:
    rows = User.objects.filter(area=area, is_active=True)
    people = rows.exclude(pk__in=judged).order_by("full_name")
    return [each for each in people if has_permission(each, Permission.PANEL_KEEP)]


def alarms_unanswered(letter: AnonymisedLetter) -> list[Alarm]:
    """Return what was said against a letter of a pack, and not answered yet."""
    return alarms_unanswered_of_each([letter])[letter.pk]


def alarms_unanswered_of_each(letters: Sequence[AnonymisedLetter]) -> dict[int, list[Alarm]]:
    """Return the same of each letter, by its number; the database is asked once."""
    found: dict[int, list[Alarm]] = {each.pk: [] for each in letters}
    rows = Alarm.objects.filter(letter__in=found, answered_at=None)
    for each in rows.select_related("raised_by"):
        found[each.letter_id].append(each)
    return found
