from itertools import pairwise

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.anonymiser.letters import read_plainly
from forthright.panels.models import AnonymisedLetter, Correction, Place
from forthright.panels.selectors.drawing import NOT_ENGLISH, letters_sent
from forthright.panels.services.taking import (
    Added,
    CannotAnonymise,
    Decided,
    add_place,
    decide_place,
    take_letter,
)
from forthright.samples.selectors.frames import reference_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db

WELSH = """Annwyl Ms {family}

Ysgrifennaf atoch i roi gwybod i chi am y penderfyniad yn eich achos.

Rwyf wedi penderfynu rhoi’r gorau i’r achos yn erbyn Mr {accused}. Nid oedd digon o dystiolaeth i’r
llys ei gael yn euog. Gwn y bydd hyn yn siom fawr i chi, ac mae’n ddrwg gennyf.

Os nad ydych yn cytuno â’r penderfyniad hwn, gallwch ofyn i ni edrych arno eto. Rhowch wybod i ni o
fewn deg diwrnod gwaith.

Yn gywir
"""


def place_of(letter, words):
    return next(p for p in letter.places.all() if letter.given[p.start : p.end] == words)


def test_a_letter_is_taken_with_every_known_name_hidden():
    letter = made.taken()

    for name in ("Osei", "Marsden", "Quarry", "Hale", "4412", "Worcester"):
        assert name not in letter.text
    assert "[the defendant]" in letter.text
    assert {"RECORD", "PATTERN"} & set(letter.places.values_list("layer", flat=True))


def test_a_letter_taken_twice_is_one():
    letter = made.taken()

    again = take_letter(letter.duty, by=made.a_keeper(), at=given.NOON)

    assert again == letter
    assert AnonymisedLetter.objects.count() == 1


def test_a_letter_that_has_not_gone_out_is_not_taken():
    duty = given.a_letter_to_write()

    with pytest.raises(NotAllowed, match="has not gone out"):
        take_letter(duty, by=made.a_keeper(), at=given.NOON)


def test_a_letter_in_welsh_is_not_taken_and_the_page_says_why():
    duty = made.a_sent_letter(words=WELSH)

    with pytest.raises(CannotAnonymise, match=r"is in Welsh\. Only English is anonymised"):
        take_letter(duty, by=made.a_keeper(), at=given.NOON)

    assert not AnonymisedLetter.objects.exists()


def test_a_letter_in_welsh_is_left_out_of_a_drawing_with_the_reason():
    duty = made.a_sent_letter(words=WELSH)
    other = made.a_sent_letter("Quill", "Pikes")
    meeting = sittings.planned()

    rows = {each.reference: each.excluded_because for each in letters_sent(meeting)}

    assert rows[reference_of(duty.pk)] == NOT_ENGLISH
    assert rows[reference_of(other.pk)] == ""


def test_words_left_to_stand_everywhere_stand_again_and_each_decision_is_kept():
    letter = made.taken()
    place = place_of(letter, "Marsden")

    moved = decide_place(
        letter, Decided(place.pk, hide=False, everywhere=True), opened=None, by=letter.taken_by,
        at=given.NOON,
    )  # fmt: skip

    letter.refresh_from_db()
    kept = Correction.objects.filter(what="LEAVE")
    assert moved == kept.count() >= 1
    assert "Marsden" in letter.text
    assert {each.layer for each in kept} == {"RECORD"}
    assert kept.filter(is_repeat=False).count() == 1


def test_words_that_no_layer_saw_are_hidden_wherever_they_stand():
    letter = made.taken()

    new = add_place(
        letter, Added("broke the window", "DESCRIPTION"), opened=None, by=letter.taken_by,
        at=given.NOON,
    )  # fmt: skip

    letter.refresh_from_db()
    assert new == 1
    assert "broke the window" not in letter.text
    assert Correction.objects.get().layer == ""


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("under the Victims' Right to Review", "under the Victims’  Right to Review"),
        ("a '67 Jaguar - red", "a ’67 Jaguar – red"),
        ('the\tso-called  "Moor Gang"', "the so‑called “Moor Gang”"),
    ],
)
@pytest.mark.parametrize("is_pointed_at", [False, True])
def test_words_typed_as_a_keyboard_has_them_are_hidden_as_they_stand(typed, stands, is_pointed_at):
    letter = made.taken(words=f"Dear Ms {{family}}\n\nYou wrote of {stands} to us.")
    start = letter.given.index(" of ") + 4 if is_pointed_at else None
    added = Added(typed, "OTHER", not is_pointed_at, start)

    add_place(letter, added, opened=None, by=letter.taken_by, at=given.NOON)

    letter.refresh_from_db()
    assert stands.split()[-1] not in letter.text
    words = Correction.objects.exclude(layer="RECORD").values_list("words", flat=True)
    assert read_plainly(stands) in words


def test_words_that_do_not_stand_there_are_refused_in_words():
    letter = made.taken()

    with pytest.raises(CannotAnonymise, match="does not stand in the letter"):
        add_place(letter, Added("a purple van", "OTHER"), opened=None, by=letter.taken_by,
                  at=given.NOON)  # fmt: skip


def test_a_place_put_over_another_brings_nothing_to_light():
    letter = made.taken()
    name = place_of(letter, "Marsden")
    around = letter.given[name.start - 3 : name.end + 9]

    add_place(letter, Added(around, "OTHER", everywhere=False), opened=None, by=letter.taken_by,
              at=given.NOON)  # fmt: skip

    letter.refresh_from_db()
    spans = list(letter.places.values_list("start", "end"))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert around not in letter.text


def test_of_two_who_decide_at_once_the_second_is_told_who_was_first():
    letter = made.taken()
    place = letter.places.first()
    decide_place(letter, Decided(place.pk, hide=False), opened="0", by=letter.taken_by,
                 at=given.NOON)  # fmt: skip

    with pytest.raises(ChangedMeanwhile, match=letter.taken_by.full_name):
        decide_place(letter, Decided(place.pk, hide=True), opened="0", by=made.a_keeper(),
                     at=given.NOON)  # fmt: skip


def test_the_page_shows_each_place_with_its_layer_and_reason():
    letter = made.taken()

    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")

    page.see("Seen by the case record", "Instead: [the defendant]", "name")


def test_a_place_is_left_and_hidden_again_by_buttons():
    letter = made.taken()
    browser = as_(letter.taken_by)
    place = place_of(letter, "Marsden")
    number = list(letter.places.values_list("pk", flat=True)).index(place.pk) + 1

    page = browser.open(f"/anonymised/{letter.pk}/").press(f"Leave place {number}")
    place.refresh_from_db()
    assert place.state == Place.State.LEFT
    page.press(f"Hide place {number}").see("hid “Marsden”")

    place.refresh_from_db()
    assert place.state == Place.State.HIDDEN


def test_words_are_added_on_the_page():
    letter = made.taken()

    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    answers = {"words": "the street", "kind": "PLACE", "everywhere": "on", "opened": "0"}
    page = page.browser.post(f"/anonymised/{letter.pk}/add/", **answers)

    page.see("1 place more hidden")


def test_the_page_offers_letters_that_went_out_and_takes_one():
    duty = made.a_sent_letter()
    keeper = made.a_keeper()

    page = as_(keeper).open("/anonymised/choose/", urn=duty.case.urn)
    page.press(f"Take {duty.reference}").see("Each place, with what saw it")

    as_(keeper).open("/anonymised/").see(duty.reference, "Being anonymised")


ADDRESSES = ["", "release/", "withdraw/"]


@pytest.mark.parametrize("rest", ADDRESSES)
def test_who_may_not_anonymise_opens_no_page(rest):
    letter = made.taken()
    member = given.a_person(Role.PANEL_MEMBER)

    assert as_(member).try_("GET", f"/anonymised/{letter.pk}/{rest}") == 403


@pytest.mark.parametrize("rest", ADDRESSES)
def test_a_letter_of_another_unit_is_not_there(rest):
    letter = made.taken()
    spoc = given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.RASSO))

    assert as_(spoc).try_("GET", f"/anonymised/{letter.pk}/{rest}") == 404


@pytest.mark.parametrize("rest", ["add/", "facts/", "search/"])
def test_a_button_is_no_page(rest):
    letter = made.taken()

    assert as_(letter.taken_by).try_("GET", f"/anonymised/{letter.pk}/{rest}") == 405


def test_the_list_asks_the_database_no_more_for_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made.taken()
    keeper = made.a_keeper()
    browser = as_(keeper)
    browser.open("/anonymised/")
    with CaptureQueriesContext(connection) as one:
        browser.open("/anonymised/")
    for name in ("Ashby", "Farrow"):
        made.taken(family=name)

    with django_assert_num_queries(len(one)):
        browser.open("/anonymised/")


LIGATURES = """Dear Ms {family}

Our oﬃce is sorry that the ﬁnal oﬀer did not reﬂect what you told us; the oﬃcer at {street} in
Worcester wrote to Mr {accused}. He said that the cold tea stood there, at the Große Straße.

It was cold tea with milk.

Yours sincerely
Ruth Lane"""


@pytest.mark.parametrize("everywhere", [True, False])
def test_words_are_hidden_where_they_stand_whatever_ligatures_stand_before(everywhere):
    letter = made.taken(words=LIGATURES)
    places = letter.places.count()
    start = letter.given.index("cold tea")

    added = Added("cold tea", "OTHER", everywhere, start)
    hidden = add_place(letter, added, opened=None, by=letter.taken_by, at=given.NOON)

    letter.refresh_from_db()
    assert hidden == (2 if everywhere else 1)
    assert letter.places.count() == places + hidden
    assert "cold tea stood" not in letter.text
    assert {letter.given[p.start : p.end].lower() for p in letter.places.filter(layer="")} == {
        "cold tea"
    }


def test_all_the_same_are_decided_in_capitals_and_ligatures_alike():
    words = made.WORDS.replace("{accused} was seen", "MARSDEN was seen")
    letter = made.taken(words=words.replace("nobody saw", "nobody but {accused} saw"))
    place = place_of(letter, "Marsden")

    moved = decide_place(
        letter, Decided(place.pk, hide=False, everywhere=True), opened=None, by=letter.taken_by,
        at=given.NOON,
    )  # fmt: skip

    assert moved == 2


def test_different_days_are_never_told_as_one():
    days = "on 4 May 2025, on 4 May 2026, on 2026-05-04 and by 26 May 2026"
    letter = made.taken(words=made.WORDS.replace("on 3 May 2026", days))

    said = {letter.given[p.start : p.end]: p.replacement for p in letter.places.filter(kind="DATE")}

    assert said["4 May 2026"] == said["2026-05-04"]
    assert len(set(said.values())) == 3
