"""What was decided and served of an item, where a new version writes it otherwise."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import ServedItem
from forthright.disclosure.selectors.answers import answers_facts
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.packs import pack_facts
from forthright.disclosure.selectors.promises import promises_of
from forthright.disclosure.selectors.standings import lines_of, standings_of, things_gone
from forthright.disclosure.services.answering import answer_request
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.deciding_anew import take_decision_back
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    endorse_obvious,
)
from forthright.disclosure.services.serving import serve
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.rules.disclosure_duty import owed
from forthright.rules.endorsements import Beside
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

LONGER = duties.OPEN_ITEMS[2] + " (2 pages)"
MORE = "Statement of the neighbour Mr Hall about the noise on 31 May 2026"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def rewritten(duty, *more, third=LONGER):
    """Return a duty once a new version stands that writes item 3 otherwise."""
    rows = duties.a_schedule(*duties.OPEN_ITEMS[:2], third, *more)
    return duties.adequate(duty, mg6c_csv=rows)


def line(duty, number=3, form="MG6C"):
    return next(each for each in lines_of(duty)
                if each.form == form and each.item.number == number)  # fmt: skip


def endorse(duty, code, *, number=3, reason="She saw two men there", beside=None, by=None):
    item = line(duty, number).item
    wish = Written(item_id=item.pk, code=code, reason=reason, beside=beside, is_same_reason=True)
    endorse_item(duty, wish, by=by or duties.a_lawyer(), at=given.NOON)
    return duties.fresh(duty)


@pytest.mark.parametrize("code", ["ND", "CND", "E"])
def test_what_was_served_in_other_words_stays_so(code):
    duty = rewritten(duties.court_told())

    with pytest.raises(EndorsementRefused, match="what was served stays so"):
        endorse(duty, code)
    with pytest.raises(EndorsementRefused, match="takes a decision of its own"):
        endorse_obvious(duty, [line(duty).item.pk], by=duties.a_lawyer(), at=given.NOON)


def test_endorsed_as_disclosed_it_goes_again_as_nobody_says_that_it_says_the_same():
    duty = endorse(rewritten(duties.court_told()), "D")

    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]
    assert not line(duty).is_served
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")
    page.see("It was served in other words. Nobody says that these say the same.")
    duty = duties.approve_since(duty)
    assert duty in waiting_for(duties.a_lawyer(), given.NOON.date())
    with pytest.raises(DutyRefused, match="in other words that say the same, say so on its page"):
        close_duty(duty, reason="Found not guilty", by=duties.a_lawyer(), at=given.NOON)
    serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=given.NOON)
    assert line(duty).is_served_so


def test_said_to_say_the_same_it_is_with_the_defence_and_does_not_go_again():
    duty = endorse(rewritten(duties.court_told()), "D", beside=Beside.SAME)

    assert owed(standings_of(duty)) == []
    assert line(duty).is_served
    assert not line(duty).is_served_so
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").not_see("not served yet")
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")
    page.see("The defence has it: it was served in other words, and does not go again")
    duty = duties.approve_since(duty)
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    assert duty not in waiting_for(manager, given.NOON.date())
    closed = close_duty(duty, reason="Found not guilty", by=duties.a_lawyer(), at=given.NOON)
    assert closed.state == "CLOSED"


def test_whoever_approves_reads_of_each_item_once():
    duty = endorse(rewritten(duties.court_told(), MORE), "D", beside=Beside.SAME)
    duty = endorse(duty, "D", number=4)

    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")

    page.see("With the defence already")
    assert [page.words.count(words) for words in (LONGER, MORE)] == [1, 1]


def test_so_they_do_of_what_is_set_aside_before_a_service():
    duty = duties.endorsed_around_an_item()

    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")

    assert [page.words.count(words) for words in duties.OPEN_ITEMS] == [1, 1, 1]


def test_the_papers_of_a_later_service_say_that_it_was_disclosed():
    duty = rewritten(duties.court_told(), MORE)
    duty = endorse(endorse(duty, "D", beside=Beside.SAME), "D", number=4)
    duty = duties.approve_since(duty)

    serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=given.NOON)

    rows = {each.number: each for each in pack_facts(duties.fresh(duty)).items}
    assert rows[3].decision == "D: disclose"
    assert not rows[3].is_in_this_service
    assert rows[4].is_in_this_service


def test_set_aside_the_papers_say_under_what_it_was_disclosed_before():
    duty = rewritten(duties.court_told(), MORE)
    her = duties.a_lawyer()
    duties.set_aside(duty, line(duty).item.pk, reason="The police say what is on page 2",
                     decide_by=date(2026, 10, 9), by=her, at=given.NOON)  # fmt: skip
    duty = duties.approve_since(endorse(duty, "D", number=4))

    serve(duty, duties.a_service(duty), by=her, at=given.NOON)

    [row] = [each for each in pack_facts(duties.fresh(duty)).items if each.number == 3]
    assert row.decision.startswith("D: disclose, as it was written before; as it is written now")


def test_where_there_is_more_in_it_a_person_says_so_and_it_goes_again():
    duty = rewritten(duties.court_told())
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{line(duty).item.pk}/")

    said = {"beside": "MORE", "code": "D", "reason": "Its second page is new"}
    said = {f"beside-{name}": words for name, words in said.items()}
    page = page.press("Keep what it is beside what was served", **said)

    page.see("Kept, with your name", "there is more in it: it goes again")
    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]
    duty = duties.approve_since(duty)
    assert duty in waiting_for(duties.a_lawyer(), given.NOON.date())
    serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=given.NOON)
    assert owed(standings_of(duty)) == []
    assert line(duty).is_served_so
    sheet = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    sheet.see("there is more in it", "Its second page is new")


def test_what_is_another_thing_is_decided_as_any_other_also_once_it_is_written_otherwise_again():
    duty = rewritten(duties.court_told())
    with pytest.raises(EndorsementRefused, match="Write why"):
        endorse(duty, "ND", reason="", beside=Beside.OTHER)
    duty = endorse(duty, "ND", reason="A second account, of another day", beside=Beside.OTHER)
    assert not line(duty).is_served
    endorse(duty, "CND", reason="It tells of another day")

    duty = rewritten(duty, third=LONGER.replace("2 pages", "2 pages and a plan"))

    assert line(duty).beside is Beside.OTHER
    assert not line(duty).is_served
    duty = endorse(duty, "D")
    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]
    duty = duties.approve_since(duty)
    assert duty in waiting_for(duties.a_lawyer(), given.NOON.date())


@pytest.mark.parametrize(("beside", "code"), [(Beside.MORE, "D"), (Beside.OTHER, "ND")])
def test_a_decision_taken_back_leaves_what_was_said_beside_it(beside, code):
    duty = endorse(rewritten(duties.court_told()), code, beside=beside)

    take_decision_back(duty, line(duty).item.pk, reason="It is to be read first",
                       by=duties.a_lawyer(), at=given.NOON)  # fmt: skip

    assert line(duty).beside is beside
    duty = endorse(duty, "D")
    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]


def test_more_in_it_that_waits_stays_owed_when_it_is_written_otherwise_again():
    duty = endorse(rewritten(duties.court_told()), "D", beside=Beside.MORE)

    duty = rewritten(duty, third=LONGER.replace("2 pages", "2 pages and a plan"))

    rows = as_(duties.a_lawyer()).client.get(f"/disclosure/{duty.pk}/endorse/items/").json()
    [before] = [each["before"] for each in rows["items"] if each["named"] == "MG6C item 3"]
    assert before.startswith("Before it was written otherwise: D")
    assert "It was served so" not in before
    duty = endorse(duty, "D")
    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]


def test_another_document_under_its_number_goes_by_one_decision():
    duty = rewritten(duties.court_told(), third="First account of Mr Bello to PC Khan of his car")

    duty = endorse(duty, "D")

    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]


def test_more_in_it_that_is_not_disclosable_is_told_where_to_say_so():
    duty = rewritten(duties.court_told())

    with pytest.raises(EndorsementRefused, match="of the latter that it says the same"):
        endorse(duty, "ND", reason="Page two tells of another day", beside=Beside.MORE)

    duty = endorse(duty, "D", reason="Page two tells of another day", beside=Beside.SAME)
    assert line(duty).is_served


def test_of_two_who_say_what_it_is_the_second_is_shown_the_first():
    duty = rewritten(duties.court_told())
    here = f"/disclosure/{duty.pk}/endorse/{line(duty).item.pk}/"
    page = as_(duties.a_lawyer()).open(here)
    endorse(duty, "ND", reason="A second account, of another day", beside=Beside.OTHER)

    said = {"beside": "SAME", "code": "D", "reason": "It says the same"}
    page = page.press("Keep what it is beside what was served",
                      **{f"beside-{name}": words for name, words in said.items()})  # fmt: skip

    assert line(duty).beside is Beside.OTHER
    page.see("It says the same")


def test_what_it_is_stays_typed_where_a_version_comes_meanwhile():
    duty = rewritten(duties.court_told())
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{line(duty).item.pk}/")
    duties.received(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:2], MORE))

    said = {"beside": "MORE", "code": "D", "reason": "Its second page is new"}
    page = page.press("Keep what it is beside what was served", status=409,
                      **{f"beside-{name}": words for name, words in said.items()})  # fmt: skip

    page.see("There is more in it than was served", "Its second page is new")


@pytest.mark.parametrize(("code", "beside"), [("ND", Beside.OTHER), ("D", None)])
def test_words_that_come_back_are_what_was_served(code, beside):
    duty = rewritten(duties.court_told())
    duty = endorse(duty, code, reason="Another account, of another day", beside=beside)

    duty = rewritten(duty, third=duties.OPEN_ITEMS[2])

    assert line(duty).is_served_so
    assert line(duty).endorsement.code == "D"
    assert owed(standings_of(duty)) == []
    with pytest.raises(EndorsementRefused, match="what was served stays so"):
        endorse(duty, "ND")
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/{line(duty).item.pk}/").see(
        "It was served.", "2 pages"
    )


def test_the_newest_word_of_a_line_is_what_holds():
    duty = rewritten(duties.court_told())
    endorse(duty, "ND", reason="Another account, of another day", beside=Beside.OTHER)
    duty = rewritten(duty, third=LONGER.replace("2 pages", "3 pages"))
    endorse(duty, "D", beside=Beside.MORE)

    duty = rewritten(duty, third=LONGER.replace("2 pages", "4 pages"))

    assert line(duty).beside is Beside.UNSAID
    with pytest.raises(EndorsementRefused, match="what was served stays"):
        endorse(duty, "ND")


def test_a_second_person_reads_that_it_is_said_to_be_another_thing():
    duty = rewritten(duties.court_told())
    duty = endorse(duty, "ND", reason="Another account, of another day", beside=Beside.OTHER)

    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")

    page.see("It is another thing than what was served before it was written otherwise.")


def test_what_was_not_served_in_other_words_is_beside_nothing():
    duty = rewritten(duties.reviewing())

    with pytest.raises(EndorsementRefused, match="was not served in other words"):
        endorse(duty, "D", beside=Beside.MORE)


def answered(duty):
    request = duty.statements.get().requests.get()
    answer_request(request, "DISCLOSED", answer="You have it, as item 3.",
                   items=[line(duty).item.pk], by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    [answer] = answers_facts(duty, at=given.NOON).answers
    return answer.items


@pytest.mark.parametrize(
    ("beside", "is_owed", "told"),
    [
        (Beside.SAME, False, "MG6C item 3: served on Monday 5 October 2026"),
        (None, True, "MG6C item 3: to follow"),
    ],
)
def test_an_answer_that_promised_it_is_kept_where_it_says_the_same(beside, is_owed, told):
    duty = rewritten(duties.stated("First account of Mrs Oduya"))
    endorse(duty, "D", beside=beside)

    assert answered(duty) == (told,)
    assert [each.is_owed for each in promises_of(duty)] == [is_owed]


def test_a_service_that_was_taken_back_leaves_it_owed():
    duty = endorse(rewritten(duties.court_told()), "D", beside=Beside.SAME)
    duty = duties.approve_since(duty)
    ServedItem.objects.all().delete()

    assert [each.named for each in owed(standings_of(duty))] == ["MG6C item 3"]


def test_what_was_to_be_disclosed_and_is_written_otherwise_twice_is_not_gone():
    duty = duties.endorse_all(duties.reviewing(), by=duties.a_lawyer())
    for third in (LONGER, LONGER.replace("2 pages", "3 pages")):
        duty = rewritten(duty, third=third)

    assert things_gone(duty) == []


def test_its_page_shows_what_was_decided_in_which_words_and_the_grid_offers_it():
    duty = duties.court_told()
    maker = line(duty).endorsement.made_by
    duty = rewritten(duty)
    browser = as_(duties.a_lawyer())

    page = browser.open(f"/disclosure/{duty.pk}/endorse/{line(duty).item.pk}/")
    page.see("Nothing since it was written otherwise", duties.OPEN_ITEMS[2], "D: disclose",
             str(maker), "Served in these words on Monday 5 October 2026")  # fmt: skip
    browser.open(f"/disclosure/{duty.pk}/endorse/?as=form").see(
        "Served in other words", f"Before it was written otherwise: D, She saw two men, by {maker}"
    )
    rows = browser.client.get(f"/disclosure/{duty.pk}/endorse/items/").json()["items"]
    [before] = [each["before"] for each in rows if each["named"] == "MG6C item 3"]
    assert before.endswith("It was served so.")


def test_a_second_person_is_asked_of_what_was_decided_in_other_words():
    duty = endorse(rewritten(duties.court_told()), "D")
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)

    approve_later(duty, by=manager, at=given.NOON)

    assert line(duty).is_approved


def test_before_it_is_taken_in_the_page_says_what_falls_away_and_what_the_defence_has():
    duty = duties.court_told()
    first = duties.OPEN_ITEMS[0].replace("hire", "hiring")
    rows = duties.a_schedule(first, duties.OPEN_ITEMS[1], LONGER)
    came = duties.checked(duty, mg6c_csv=rows.replace("Property store", "Exhibits room 2"))

    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{came.pk}/")

    page.see(
        "what was decided of 2 items falls away",
        f"MG6C item 1 (CND by {line(duty, 1).endorsement.made_by})",
        f"MG6C item 3 (D by {line(duty).endorsement.made_by})",
        "With the defence already: MG6C item 3.",
        "Endorsed as disclosed it goes again in its new words",
        "Only kept elsewhere, so that what was decided stays: MG6C item 2.",
    )


def test_what_falls_away_of_a_sensitive_item_is_not_said_to_others():
    duty = duties.court_told()
    secret = f"{duties.SECRET} from the yard"
    came = duties.checked(duty, mg6d_csv=duties.a_schedule(secret, form="MG6D"))

    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/deliveries/{came.pk}/")

    page.see("what was decided of 1 item falls away", "MG6D item 1").not_see("SN by", "source")
