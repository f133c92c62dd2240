"""Anonymised letters as a person may see them, the door to one, and its places as they stand."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.sent_words import all_words_sent
from forthright.panels.models import (
    AnonymisedLetter,
    Correction,
    GateSearch,
    Place,
    RareFact,
    Release,
)
from forthright.panels.selectors.whose import is_unsaid, may_be_said
from forthright.rules.panel_questions import AGAIN, RARE_FACTS, RareFactAsked
from forthright.rules.words import moment_words
from forthright.schemes.models import Duty

MOST_FOUND = 25
LAYERS = {
    Layer.RECORD: "the case record",
    Layer.PATTERN: "a known shape",
    Layer.TITLE: "the words around it",
    Layer.MODEL: "the model",
    Layer.SAME: "the same words elsewhere",
    "": "a person",
}
KINDS = {
    Kind.PERSON: "name", Kind.ADDRESS: "address", Kind.PLACE: "place", Kind.POSTCODE: "postcode",
    Kind.ORGANISATION: "organisation", Kind.DATE: "date", Kind.AGE: "age", Kind.PHONE: "telephone",
    Kind.EMAIL: "e-mail", Kind.WEB: "web address", Kind.URN: "case number", Kind.OTHER: "detail",
    Kind.DESCRIPTION: "description", Kind.QUANTITY: "quantity", Kind.NUMBER: "number",
}  # fmt: skip
RELATED_OF_DUTY = ("area", "unit", "case", "person", "decision__made_by", "decision__defendant",
                   "drafter", "rule_set")  # fmt: skip
RELATED = ("area", "unit", *(f"duty__{each}" for each in RELATED_OF_DUTY),
           "version__added_by", "version__letter", "taken_by", "withdrawn_by")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """One place with its number on the page, the words in it and why a layer saw it."""

    place: Place
    number: int
    words: str
    # Several people of the case may be meant, and nobody has said who.
    is_unsaid: bool = False
    may_be_said: bool = False

    @property
    def kind(self) -> str:
        """Say what the place holds."""
        return KINDS.get(Kind(self.place.kind), self.place.kind.lower().replace("_", " "))

    @property
    def layer(self) -> str:
        """Say who saw it."""
        return LAYERS[self.place.layer]

    @property
    def look(self) -> str:
        """Return the name of the colour in which it stands."""
        return {"HIDDEN": "hidden", "IN_DOUBT": "doubt", "LEFT": "left"}[self.place.state]

    @property
    def colour(self) -> str:
        """Return the colour of its tag."""
        return {"HIDDEN": "blue", "IN_DOUBT": "yellow", "LEFT": "grey"}[self.place.state]

    @property
    def sureness(self) -> str:
        """Say how sure the model is, where it was the model."""
        return f"{self.place.score:.0%} sure" if self.place.layer == Layer.MODEL else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the letter, in a place or between two."""

    words: str
    shown: PlaceShown | None
    start: int


def letters_visible_to(user: User) -> "QuerySet[AnonymisedLetter]":
    """Return the anonymised letters whose writing this person may see."""
    return within_reach(user, Permission.LETTER_ANONYMISE, AnonymisedLetter.objects.all())


def anonymised_for(user: User, letter_id: int) -> AnonymisedLetter:
    """Return one anonymised letter with its case.

    :raises Http404: if there is none, or it is hidden from this person
    """
    rows = letters_visible_to(user).select_related(*RELATED)
    if (letter := rows.filter(pk=letter_id).first()) is None:
        raise Http404
    return letter


def letters_to_take(user: User, asked: str) -> list[Duty]:
    """Return letters that went out with their words kept and that nobody has taken yet."""
    sent = within_reach(user, Permission.LETTER_ANONYMISE, Duty.objects.all())
    sent = sent.filter(sent_at__isnull=False).select_related("case", "person", "unit")
    words = LetterVersion.objects.filter(letter__number=1)
    taken = AnonymisedLetter.objects.values("duty")
    sent = sent.filter(pk__in=words.values("letter__duty")).exclude(pk__in=taken)
    if asked:
        sent = sent.filter(Q(case__urn__icontains=asked.strip()))
    return list(sent.order_by("-sent_at", "-pk")[:MOST_FOUND])


def duty_to_take(user: User, duty_id: int) -> Duty:
    """Return a letter owed that this person may anonymise.

    :raises Http404: if there is none, or it is hidden from them
    """
    rows = within_reach(user, Permission.LETTER_ANONYMISE, Duty.objects.all())
    if (duty := rows.select_related(*RELATED_OF_DUTY).filter(pk=duty_id).first()) is None:
        raise Http404
    return duty


def places_shown(letter: AnonymisedLetter) -> list[PlaceShown]:
    """Return the places of a letter in its order, numbered as on the page."""
    return [
        PlaceShown(each, number, letter.given[each.start : each.end], is_unsaid(each),
                   may_be_said(each))
        for number, each in enumerate(letter.places.order_by("start", "end"), 1)
    ]  # fmt: skip


def pieces_of(letter: AnonymisedLetter, shown: list[PlaceShown]) -> list[Piece]:
    """Return the whole letter cut at its places."""
    return list(_pieces(letter.given, shown))


def _pieces(text: str, shown: list[PlaceShown]) -> Iterator[Piece]:
    told = 0
    for each in shown:
        if each.place.start > told:
            yield Piece(text[told : each.place.start], None, told)
        yield Piece(each.words, each, each.place.start)
        told = each.place.end
    if told < len(text):
        yield Piece(text[told:], None, told)


def hidden_places(letter: AnonymisedLetter) -> list[Found]:
    """Return the places that are hidden, as the anonymiser reads them."""
    return [
        Found(each.start, each.end, Kind(each.kind), Layer(each.layer or Layer.TITLE), each.score,
              role=each.role, because=each.because)
        for each in letter.places.filter(state=Place.State.HIDDEN).order_by("start")
    ]  # fmt: skip


def is_what_went(letter: AnonymisedLetter) -> bool:
    """Say whether these are the words that the person was sent."""
    return letter.pk in those_that_went([letter])


def those_that_went(letters: Sequence[AnonymisedLetter]) -> set[int]:
    """Return which letters are in the words that their person was sent."""
    sent = all_words_sent([each.duty for each in letters])
    return {each.pk for each in letters if sent.get(each.duty_id) == each.version_id}


def number_in_doubt(letter: AnonymisedLetter) -> int:
    """Return how many places nobody has decided on."""
    return letter.places.filter(state=Place.State.IN_DOUBT).count()


def text_stamp(letter: AnonymisedLetter) -> str:
    """Return the SHA-256 of the words as they would go out; a confirmation holds for these."""
    return hashlib.sha256(letter.text.encode()).hexdigest()


def confirmers_of(letter: AnonymisedLetter) -> list[User]:
    """Return who confirmed the words as they stand now, since they were last withdrawn."""
    rows = letter.confirmations.filter(sha256=text_stamp(letter)).select_related("confirmed_by")
    if letter.withdrawn_at is not None:
        rows = rows.filter(confirmed_at__gt=letter.withdrawn_at)
    return [each.confirmed_by for each in rows]


def preparers_of(letter: AnonymisedLetter) -> set[int]:
    """Return who had a hand in the words as they stand."""
    return preparers_of_each([letter])[letter.pk]


def preparers_of_each(letters: Iterable[AnonymisedLetter]) -> dict[int, set[int]]:
    """Return who had a hand in the words of each letter as they stand, by its number."""
    found = {each.pk: {each.taken_by_id} for each in letters}
    changed = Correction.objects.filter(letter__in=found).order_by()
    for letter, person in changed.values_list("letter", "made_by").distinct():
        found[letter].add(person)
    return found


def facts_asked(letter: AnonymisedLetter) -> list[tuple[RareFactAsked, RareFact | None]]:
    """Return each question about rare facts with its newest answer, if there is one.

    Of words that a person withdrew it is asked, too, why they may be read all the same.
    """
    given = {
        each.question: each for each in letter.facts.select_related("answered_by").order_by("pk")
    }
    asked = (*RARE_FACTS, AGAIN) if withdrawn_as_they_stand(letter) else RARE_FACTS
    return [(each, given.get(each.key)) for each in asked]


def withdrawn_as_they_stand(letter: AnonymisedLetter) -> Release | None:
    """Return the last time that a person withdrew the very words that stand, if any did."""
    rows = Release.objects.filter(
        letter__duty=letter.duty_id, sha256=text_stamp(letter), withdrawn_by__isnull=False,
        withdrawn_at__isnull=False,
    )  # fmt: skip
    return rows.select_related("withdrawn_by").order_by("-withdrawn_at", "-pk").first()


def withdrawn_words(withdrawn: Release) -> str:
    """Say who withdrew the words that stand, when and why."""
    at = moment_words(withdrawn.withdrawn_at) if withdrawn.withdrawn_at else ""
    why = withdrawn.withdrawn_because.rstrip(".")
    return f"{withdrawn.withdrawn_by} withdrew these very words {at}: “{why}.”"


def is_from_before(answer: RareFact, withdrawn: Release | None) -> bool:
    """Say whether a question was answered before the words were withdrawn, so that it is again."""
    if withdrawn is None or withdrawn.withdrawn_at is None:
        return False
    return answer.answered_at <= withdrawn.withdrawn_at


def facts_before(letter: AnonymisedLetter) -> list[tuple[RareFactAsked, RareFact]]:
    """Return what was answered about rare facts and then answered anew, the oldest first."""
    counts = {answer.pk for _, answer in facts_asked(letter) if answer}
    asked = {each.key: each for each in (*RARE_FACTS, AGAIN)}
    rows = letter.facts.exclude(pk__in=counts).select_related("answered_by").order_by("pk")
    return [(asked[each.question], each) for each in rows if each.question in asked]


def facts_stamp(letter: AnonymisedLetter) -> str:
    """Return what is another once somebody answered about rare facts."""
    return str(letter.facts.order_by("-pk").values_list("pk", flat=True).first() or 0)


def are_facts_answered(letter: AnonymisedLetter) -> bool:
    """Say whether each question is answered of the words as they stand, since their withdrawal."""
    words, withdrawn = text_stamp(letter), withdrawn_as_they_stand(letter)
    return all(
        answer
        and answer.stands is not None
        and answer.sha256 == words
        and not is_from_before(answer, withdrawn)
        for _, answer in facts_asked(letter)
    )


def are_facts_of_other_words(letter: AnonymisedLetter) -> bool:
    """Say whether the questions were answered, and something hidden was changed since."""
    words = text_stamp(letter)
    return any(answer and answer.sha256 != words for _, answer in facts_asked(letter))


def facts_standing(letter: AnonymisedLetter) -> list[RareFactAsked]:
    """Return the questions of which somebody said that such a fact stands in the letter."""
    return [asked for asked, answer in facts_asked(letter) if answer and answer.stands]


def withdrawn_before(letter: AnonymisedLetter) -> "QuerySet[Release]":
    """Return each time that a letter was withdrawn, with who did it and why, the newest first."""
    rows = letter.releases.filter(withdrawn_at__isnull=False).select_related("withdrawn_by")
    return rows.order_by("-withdrawn_at", "-pk")


def newest_search(letter: AnonymisedLetter) -> GateSearch | None:
    """Return the last search of the finished files."""
    return letter.searches.select_related("by").first()


def clear_by(letters: Iterable[AnonymisedLetter]) -> dict[int, str]:
    """Return the stamp of what was known, of each letter whose last search found nothing."""
    rows = GateSearch.objects.filter(letter__in=[each.pk for each in letters])
    newest = {
        letter: stamp if is_clear else None
        for letter, stamp, is_clear in rows.order_by("at", "pk").values_list(
            "letter", "known_stamp", "is_clear"
        )
    }
    return {letter: stamp for letter, stamp in newest.items() if stamp is not None}


def changes_of(letter: AnonymisedLetter) -> "QuerySet[Correction]":
    """Return what people decided about the places of a letter, the newest first."""
    return letter.corrections.select_related("made_by")


@dataclass(frozen=True, slots=True)
class LayerScore:
    """How often people agreed with what a layer proposed."""

    layer: str
    kept: int
    left: int
    added: int


def layer_scores(user: User) -> list[LayerScore]:
    """Return by layer how many of its places were kept, and how many people had to add.

    Counted over the letters that were released: in the others not everything is decided.
    """
    letters = letters_visible_to(user).filter(released_at__isnull=False)
    places = Place.objects.filter(letter__in=letters).values_list("layer", "took_in", "state")
    rows = [(each, state) for layer, more, state in places for each in (layer, *more)]
    return [
        LayerScore(
            LAYERS[layer],
            kept=sum(each == (layer, Place.State.HIDDEN) for each in rows) if layer else 0,
            left=sum(each == (layer, Place.State.LEFT) for each in rows),
            added=sum(each == ("", Place.State.HIDDEN) for each in rows) if not layer else 0,
        )
        for layer in LAYERS
    ]
