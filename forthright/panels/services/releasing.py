"""Releases an anonymised letter once its files hold nothing known, and takes it back if they do."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.anonymiser.colleagues import lettered, with_letters
from forthright.anonymiser.gate import NOTHING, left_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.spans import Found
from forthright.audit import services as audit
from forthright.letter_files.reading import FileRefused
from forthright.panels import policies
from forthright.panels.models import (
    AnonymisedLetter,
    Confirmation,
    GateSearch,
    Recognition,
    Release,
)
from forthright.panels.selectors.corrected import Corrected, corrected, taken_away
from forthright.panels.selectors.finished import files_of, read_whole, why_unread
from forthright.panels.selectors.hidden import BESIDE, hidden_in_packs, read_beside
from forthright.panels.selectors.known import (
    all_known_ever,
    known_as_kept,
    known_ever,
    known_stamp,
)
from forthright.panels.selectors.letters import (
    RELATED,
    are_facts_answered,
    are_facts_of_other_words,
    clear_by,
    confirmers_of,
    facts_standing,
    is_what_went,
    newest_search,
    number_in_doubt,
    text_stamp,
    those_that_went,
    withdrawn_as_they_stand,
    withdrawn_words,
)
from forthright.panels.selectors.whose import unsaid_places
from forthright.panels.selectors.within_words import hidden_within_words, said_within
from forthright.panels.services.alarming import ask_keeper
from forthright.panels.services.asking import ask_about, not_asked, said_of
from forthright.panels.services.withdrawing import NotReleased, withdraw_letter
from forthright.rules.words import count_words, list_words, moment_words

# Who withdraws gives a reason; when the gate does, this is it.
NEVER_SENT = "Its words are not those that were sent"
WITHIN_WORDS = "Something is hidden in it within a longer word, so that it can be read off"
KNOWN_LATER = "More is known of its case now, and the gate found {} of it in this letter"
HIDDEN_LATER = (
    "More is hidden in its pack now: the gate found {} in this letter that another letter of the "
    "pack hides"
)
MAY_BE_A_NAME = (
    "The gate asks: a word may be a name that another letter of the pack hides, or a name of the "
    "case with a slip. The page of its release says which. Withdraw the letter if it is the name; "
    "if it is a plain word or the name of somebody else, let it stay."
)
ANSWER_ANEW = (
    "Hide more of it, or answer each question about rare facts anew and say why the same words may "
    "be read all the same."
)
BESIDE_SAID = "another letter of its pack hides it"
LEFT_SHOWN = 200
# So many letters are looked at together: of more, too much of the record would be held at once.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Searched:
    """What the gate found in the finished files, by everything that is known."""

    known: Known
    beside: Known
    digests: dict[str, str]
    remains: list[dict[str, Any]]
    not_asked: list[Found]


def searched(letter: AnonymisedLetter) -> Searched:
    """Make the finished files and search each whole, with its properties; write nothing."""
    known, beside = known_ever(letter), hidden_in_packs([letter])[letter.pk]
    digests, left = {}, []
    for name, content in files_of(letter).items():
        digests[name] = hashlib.sha256(content).hexdigest()
        left += left_in_file(name, content, known, beside, text=letter.text)
    doubts = not_asked(letter, known)
    left += said_of(letter, doubts)
    return Searched(known, beside, digests, _shown_of(left), doubts)


def _shown_of(left: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many places as are shown, in their order.

    Before any other come those that stop the letter, so that it is clear by those that are shown
    only where it is by all, and then each word once of those that a person is asked about.
    """
    sure: list[int] = []
    first: dict[str, int] = {}
    again: list[int] = []
    for number, each in enumerate(left):
        if not each.get("is_asked"):
            sure.append(number)
        elif first.setdefault(each["words"], number) != number:
            again.append(number)
    shown = [*sure, *first.values(), *again][:LEFT_SHOWN]
    return [left[number] for number in sorted(shown)]


def left_in_file(
    name: str, content: bytes, known: Known, beside: Known = NOTHING, *, text: str = "",
) -> list[dict[str, Any]]:  # fmt: skip
    """Return what is left in one finished file; a file that nobody can search holds everything."""
    try:
        parts = read_whole(content, name)
    except FileRefused as refusal:
        because = why_unread(str(refusal), text)
        return [{"file": name, "where": "the file", "words": "", "because": because}]
    found = left_in([(each.where, each.words) for each in parts], known, beside=beside)
    return [
        {"file": name, "where": f"{each.where}, line {each.line}", "words": each.words,
         "because": BESIDE_SAID if each.found.role == BESIDE else each.found.because,
         "is_beside": each.found.role == BESIDE, "is_asked": each.is_asked}
        for each in found
    ]  # fmt: skip


def search_letter(letter: AnonymisedLetter, *, by: User | None, at: datetime) -> GateSearch:
    """Search the finished files of a letter, and keep what was found and in what.

    :raises NotReleased: if somebody changed the letter while it was being searched
    """
    found = searched(letter)
    return _keep_search(letter, found, by=by, at=at)


@transaction.atomic
def _keep_search(
    letter: AnonymisedLetter, found: Searched, *, by: User | None, at: datetime
) -> GateSearch:
    locked = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.changes != letter.changes:
        raise NotReleased(
            "Somebody changed what is hidden while the files were being searched. Look at the "
            "letter as it is now, and search again."
        )
    known, became = lettered(found.known, [each.role for each in found.not_asked])
    ask_about(locked, with_letters(found.not_asked, became), by=by, at=at)
    locked.known = known_as_kept(known)
    locked.save(update_fields=["known"])
    search = GateSearch.objects.create(
        letter=locked, by=by, at=at, files=found.digests,
        known_stamp=known_stamp(known, found.beside), left=found.remains,
        is_clear=all(each.get("is_asked") for each in found.remains),
    )  # fmt: skip
    audit.record("letter.gate_searched", locked, by=by, at=at, area=locked.area,
                 found=len(found.remains), digests=found.digests)  # fmt: skip
    return search


def confirm_letter(
    letter: AnonymisedLetter, read: str, *, by: User, at: datetime
) -> AnonymisedLetter:
    """Confirm that the words read name nobody; the second who does so releases the letter.

    `read` is the stamp of the words that stood on the page. The finished files are searched
    again at each confirmation, by all that the record knows at that minute.

    :raises NotAllowed: if this person may not confirm it
    :raises NotReleased: if the gate finds anything, or something is not decided or answered
    """
    policies.check_can_confirm(by, letter)
    _check_is_whole(letter, read)
    before = _asked_of(newest_search(letter))
    search = search_letter(letter, by=by, at=at)
    if not search.is_clear:
        _check_is_decided(letter)
        raise NotReleased(
            f"Not confirmed: the gate found {count_words(len(search.left), 'place')} in the "
            "finished files that say who it is about. They are listed below. Hide them first."
        )
    if new := sorted(_asked_of(search) - before):
        quoted = list_words([f"“{each}”" for each in new])
        raise NotReleased(
            f"Not confirmed yet: {quoted} may be a name here, one that another letter of the pack "
            "hides or one of the case with a slip; or it is a plain word, or somebody else is "
            "called so. Where it is listed below, read it. If it is the name, go back and hide it; "
            "if it is not, confirm once more."
        )
    confirmed = _confirm(letter, read, search, by=by, at=at)
    if confirmed.state == AnonymisedLetter.State.RELEASED:
        # What is hidden in it may stand in letters that were released before it.
        those_still_clear(read_beside(confirmed), at=at)
    return confirmed


@transaction.atomic
def _confirm(
    letter: AnonymisedLetter, read: str, search: GateSearch, *, by: User, at: datetime
) -> AnonymisedLetter:
    locked = AnonymisedLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    policies.check_can_confirm(by, locked)
    _check_is_whole(locked, read)
    Confirmation.objects.create(letter=locked, sha256=read, confirmed_at=at, confirmed_by=by)
    audit.record("letter.anonymity_confirmed", locked, by=by, at=at, sha256=read,
                 search=search.pk)  # fmt: skip
    if len(confirmers_of(locked)) >= policies.CONFIRMED_BY:
        locked.state, locked.released_at = AnonymisedLetter.State.RELEASED, at
        locked.save(update_fields=["state", "released_at"])
        Release.objects.create(letter=locked, sha256=read, released_at=at)
        audit.record("letter.released", locked, by=by, at=at, sha256=read)
    return locked


def _asked_of(search: GateSearch | None) -> set[str]:
    """Return the words that a search asked about: they may be names or plain words."""
    return {each["words"] for each in search.left if each.get("is_asked")} if search else set()


def _check_is_whole(letter: AnonymisedLetter, read: str) -> None:
    _check_may_be_read(letter)
    if not is_what_went(letter):
        raise NotReleased(
            "These words are not those that were sent, so they are no letter for the panel. Take "
            "the words that went out instead: the way to them stands on the letter’s page."
        )
    if read != text_stamp(letter):
        raise NotReleased(
            "What is hidden was changed after you opened this page. Read the letter as it is now; "
            "a confirmation holds for the words that were read."
        )
    _check_is_decided(letter)
    if within := hidden_within_words([letter]):
        raise NotReleased(said_within(within[letter.pk]))
    if are_facts_of_other_words(letter):
        raise NotReleased(
            "What is hidden was changed after the questions about rare facts were answered. Read "
            "the letter as it is now and keep each answer again, or change it."
        )
    if not are_facts_answered(letter):
        _check_withdrawal_is_answered(letter)
        raise NotReleased(
            "Answer the questions about rare facts first, each in words, and whether such a fact "
            "stands in the letter."
        )
    if standing := facts_standing(letter):
        asked = list_words([f"“{each.words}”" for each in standing])
        raise NotReleased(
            f"Somebody said that the letter tells such a fact: {asked} Hide the words that tell "
            "it, then answer anew."
        )


def _check_withdrawal_is_answered(letter: AnonymisedLetter) -> None:
    """Refuse the very words that a person withdrew, until it is said why they may be read.

    :raises NotReleased: with who withdrew them, when and why
    """
    if withdrawn := withdrawn_as_they_stand(letter):
        raise NotReleased(f"{withdrawn_words(withdrawn)} {ANSWER_ANEW}")


def _check_is_decided(letter: AnonymisedLetter) -> None:
    """Refuse a letter of which a place still waits for somebody to say what it is."""
    if waiting := number_in_doubt(letter):
        verb = "waits" if waiting == 1 else "wait"
        raise NotReleased(
            f"{count_words(waiting, 'place')} still {verb} for somebody to say whether it is to "
            "be hidden. Go back to the letter and decide."
        )
    if unsaid := unsaid_places(letter):
        raise NotReleased(
            f"Of {count_words(len(unsaid), 'hidden name')} nobody has said who is meant: several "
            "people of the case have it, or it is not theirs alone. Go back to the letter and "
            "choose who it is, or that nobody can tell."
        )


def _check_may_be_read(letter: AnonymisedLetter) -> None:
    """Refuse words of which somebody decided that nobody reads them.

    :raises NotReleased: with who decided so, when and why
    """
    if gone := taken_away(letter):
        raise NotReleased(
            f"A member of the panel may know whom this letter is about, and {_decider(gone)} that "
            f"nobody reads it any more: {gone.reason} It is not released again."
        )
    if against := next((each for each in corrected(letter) if each.stands_against), None):
        raise NotReleased(
            "A member of the panel may know whom this letter is about, and "
            f"{_decider(against.decision)} that nobody reads it until more of it is hidden: "
            f"{against.decision.reason} {_hidden_too_little(against)}"
        )


def _decider(decision: Recognition) -> str:
    at = f" {moment_words(decision.decided_at)}" if decision.decided_at else ""
    return f"{decision.decided_by} decided{at}"


def _hidden_too_little(against: Corrected) -> str:
    if against.are_read_words:
        return "These are the very words that were read. Hide more of it first."
    if against.shown_again:
        quoted = list_words([f"“{each}”" for each in against.shown_again])
        verb = "was" if len(against.shown_again) == 1 else "were"
        return f"{quoted} {verb} hidden then and can be read now. Hide that again, and more."
    return "Nothing more of it is hidden than was then. Hide more of it first."


def still_clear(letter: AnonymisedLetter, *, at: datetime) -> bool:
    """Say whether a released letter may be shown; search it again where the record knows more.

    What no longer passes, or was never sent, is withdrawn on the spot, so that no reader is the
    last to see it.
    """
    return letter.pk in those_still_clear([letter], at=at)


def those_still_clear(letters: Iterable[AnonymisedLetter], *, at: datetime) -> dict[int, Known]:
    """Return which letters may be shown, each by its number with what is known of its case.

    Each is searched again where the record knows more. What no longer passes, was never sent, or
    hides something within a longer word is withdrawn on the spot. Of many letters the database is
    asked as often as of one.
    """
    released = [each for each in letters if each.state == AnonymisedLetter.State.RELEASED]
    went = those_that_went(released)
    against = dict.fromkeys(hidden_within_words(released), WITHIN_WORDS)
    against |= {each.pk: NEVER_SENT for each in released if each.pk not in went}
    for each in released:
        if each.pk in against:
            withdraw_letter(each, against[each.pk], by=None, at=at)
    sent = [each for each in released if each.pk not in against]
    known, beside, clear = all_known_ever(sent), hidden_in_packs(sent), clear_by(sent)
    stamps = {each.pk: known_stamp(known[each.pk], beside[each.pk]) for each in sent}
    return {
        each.pk: known[each.pk]
        for each in sent
        if clear.get(each.pk) == stamps[each.pk] or _is_clear_again(each, at=at)
    }


def _is_clear_again(letter: AnonymisedLetter, *, at: datetime) -> bool:
    """Say whether a letter passes by what the record knows now; withdraw it if it does not.

    A word that may be none of the names that are looked for withdraws nothing: whoever keeps the
    panel is asked about it, once.
    """
    before = _asked_of(newest_search(letter))
    search = search_letter(letter, by=None, at=at)
    if search.is_clear:
        if _asked_of(search) - before:
            ask_keeper(letter, MAY_BE_A_NAME, by=None, at=at)
        return True
    sure = [each for each in search.left if not each.get("is_asked")]
    why = HIDDEN_LATER if all(each.get("is_beside") for each in sure) else KNOWN_LATER
    withdraw_letter(letter, why.format(count_words(len(sure), "place")), by=None, at=at)
    return False


def search_released_again(area: Area, *, at: datetime) -> list[int]:
    """Search every released letter of which the record knows more; return those withdrawn."""
    rows = AnonymisedLetter.objects.filter(area=area, state=AnonymisedLetter.State.RELEASED)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    gone: list[int] = []
    for first in range(0, len(keys), AT_ONCE):
        some = rows.filter(pk__in=keys[first : first + AT_ONCE]).select_related(*RELATED)
        letters = list(some.order_by("pk"))
        clear = those_still_clear(letters, at=at)
        gone += [each.pk for each in letters if each.pk not in clear]
    return gone
