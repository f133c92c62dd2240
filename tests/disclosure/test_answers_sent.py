"""What the defence is answered goes to it in a paper, and what went is kept."""

import io
import zipfile

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.disclosure.documents import evidence_files, pack_of
from forthright.disclosure.models import AnswersSending, DefenceRequest, SentAnswer
from forthright.disclosure.selectors.answers import to_send
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.promises import unsent_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.taken_back import recorded_of
from forthright.disclosure.services.answering import answer_request
from forthright.disclosure.services.sending import SendingRefused, Sent, send_answers
from forthright.disclosure.services.serving import serve
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.disclosure.services.taking_back import ask_to_take_back, take_back
from forthright.letter_files.reading import words_of_file
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db
PAPER = "answers-to-the-defence-statement.docx"
ONE, TWO = given.at("2026-10-06 10:00"), given.at("2026-10-07 10:00")
BEFORE, AFTER = given.at("2026-10-06 09:00"), given.at("2026-10-07 11:00")
NOT_HELD = "We hold no such zebra film."


def words(content: bytes) -> str:
    return words_of_file(io.BytesIO(content), PAPER)


def asked(duty, number):
    return DefenceRequest.objects.get(statement__duty=duty, number=number)


def answer(duty, number, outcome="NOT_HELD", said=NOT_HELD, *, items=(), at=ONE):
    by = duties.a_lawyer()
    return answer_request(asked(duty, number), outcome, answer=said, items=items, by=by, at=at)


def answered(said=NOT_HELD):
    """Return a duty whose two requests were answered."""
    duty = duties.stated()
    answer(duty, 1, said=said)
    answer(duty, 2, said="There are no notes but those served.")
    return duties.fresh(duty)


def by_post(at=TWO) -> Sent:
    return Sent(method="POST", proof="Receipt 4471", sent_at=at)


def serve_item_2(duty, *, at=TWO, before=None):
    """Serve one more item, as continuing disclosure."""
    line = next(x for x in lines_of(duty) if x.item.number == 2 and x.form == "MG6C")
    duties.endorse(duty, line.item, "D", reason="Now it helps", by=duties.a_lawyer())
    if before:
        before(line)
    duty = duties.approve_since(duty)
    return serve(duty, duties.a_service(duty, served_at=at), by=duties.a_lawyer(), at=at)


def test_the_pack_holds_each_answer_that_was_not_sent():
    duty = answered()

    files = pack_of(duty, by=None, at=ONE)

    said = words(files[PAPER])
    assert "The CCTV of the yard" in said
    assert f"Not held by the prosecution. {NOT_HELD}" in said
    assert "There are no notes but those served." in said
    assert "Notes of the first officer" in said
    assert PAPER not in pack_of(duty, duty.servings.get().pk, by=None, at=ONE)


def test_the_command_writes_the_answers_too(tmp_path, time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()

    told = CliRunner().invoke(
        run, ["disclosure", "pack", "--case", duty.case.urn, "--out", str(tmp_path)]
    )

    assert told.exit_code == 0, told.output
    assert NOT_HELD in words((tmp_path / "defendant-1" / PAPER).read_bytes())


@pytest.mark.parametrize("outcome", ["OPEN", "WITH_THE_POLICE"])
def test_what_was_asked_of_the_police_is_no_answer_and_is_told_later_without_it(outcome):
    duty = duties.stated("The CCTV of the yard")
    if outcome != "OPEN":
        answer(duty, 1, outcome, "Asked PC Walrus of the intelligence unit.")
    assert PAPER not in pack_of(duty, by=None, at=ONE)

    answer(duty, 1, at=TWO)

    said = words(pack_of(duty, by=None, at=TWO)[PAPER])
    assert NOT_HELD in said
    assert "Walrus" not in said
    assert outcome == "OPEN" or "Walrus" in asked(duty, 1).answer


def test_a_service_takes_the_answers_along_and_a_later_one_only_those_since():
    duty = duties.stated()
    answer(duty, 1)
    serving = serve_item_2(duty)

    with_it = pack_of(duty, serving.pk, by=None, at=TWO)
    assert NOT_HELD in words(with_it[PAPER])
    assert "Notes of the first officer" not in words(with_it[PAPER])
    assert "1 request of your defence statement" in words(with_it["covering-letter.docx"])
    assert [each.number for each in unsent_of(duty)] == []
    assert list(pack_of(duty, by=None, at=TWO)) == list(with_it)

    answer(duty, 2, said="There are no notes.", at=AFTER)
    now = pack_of(duty, by=None, at=AFTER)
    assert words(now[PAPER]) == words(with_it[PAPER])
    assert NOT_HELD not in words(now[f"further-{PAPER}"])
    assert "There are no notes." in words(now[f"further-{PAPER}"])
    event = Event.objects.get(name="answers.sent")
    assert event.detail["requests"] == [asked(duty, 1).pk]


def test_an_answer_of_after_a_service_did_not_go_with_it():
    duty = duties.stated()
    answer(duty, 1, at=AFTER)

    serve_item_2(duty, at=TWO)

    assert [each.number for each in unsent_of(duty)] == [1]


def test_the_items_of_an_answer_are_named_with_the_service_by_which_they_go():
    duty = duties.stated()

    def name_it(line):
        item_3 = next(x for x in lines_of(duty) if x.item.number == 3 and x.form == "MG6C")
        answer(duty, 1, "DISCLOSED", "Here it is.", items=[line.item.pk, item_3.item.pk])

    serving = serve_item_2(duty, before=name_it)

    said = words(pack_of(duty, serving.pk, by=None, at=TWO)[PAPER])
    assert "Disclosed. Here it is." in said
    assert "MG6C item 2: served with this" in said
    assert "MG6C item 3: served on Monday 5 October 2026" in said


def test_an_answer_that_promised_an_item_goes_again_with_the_item():
    duty = duties.stated()
    sent = []

    def promise(line):
        answer(duty, 1, "DISCLOSED", "It comes.", items=[line.item.pk])
        sent.append(send_answers(duty, by_post(ONE), by=duties.a_lawyer(), at=ONE))

    serving = serve_item_2(duty, before=promise)

    kept = AnswersSending.objects.get(pk=sent[0].pk)
    assert kept.papers["answers"][0]["items"] == ["MG6C item 2: to follow"]
    assert kept.papers["answers"][0]["outcome"] == "To be disclosed"
    said = words(pack_of(duty, serving.pk, by=None, at=TWO)[PAPER])
    assert "MG6C item 2: served with this" in said
    assert SentAnswer.objects.filter(request=asked(duty, 1)).count() == 2


def test_answers_sent_by_themselves_are_kept_as_they_went(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    browser = as_(duties.a_lawyer())
    page = browser.open(f"/disclosure/{duty.pk}/statement/").see("Not sent yet")
    assert "Record that they were sent" in page.links
    paper = browser.client.get(f"/disclosure/{duty.pk}/statement/answers/")
    assert NOT_HELD in words(paper.content)

    page = browser.open(f"/disclosure/{duty.pk}/statement/answers/send/").see(NOT_HELD).press(
        "Keep that they were sent", method="POST", proof="Receipt 88"
    )  # fmt: skip

    page.see("Sent 7 October 2026, 10am, post.").not_see("Not sent yet")
    kept = AnswersSending.objects.get()
    file = browser.client.get(f"/disclosure/{duty.pk}/statement/answers/{kept.pk}/")
    assert NOT_HELD in words(file.content)
    assert "Receipt 88" not in everything_in(file.content)
    assert PAPER not in pack_of(duty, by=None, at=TWO)
    assert browser.client.get(f"/disclosure/{duty.pk}/statement/answers/").status_code == 302
    browser.open(f"/disclosure/{duty.pk}/record/").see("Answers to the defence statement sent")


def test_the_page_and_the_overview_name_answers_that_were_not_sent(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    lawyer = duties.a_lawyer()
    as_(lawyer).open(f"/disclosure/{duty.pk}/").see("2 answers to the defence are not sent yet")
    assert duty in waiting_for(lawyer, TWO.date())

    send_answers(duty, by_post(), by=lawyer, at=TWO)

    as_(lawyer).open(f"/disclosure/{duty.pk}/").not_see("not sent yet")
    assert duty not in waiting_for(lawyer, TWO.date())


def test_the_page_of_service_says_which_answers_go_with_it(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    line = next(x for x in lines_of(duty) if x.item.number == 2 and x.form == "MG6C")
    duties.endorse(duty, line.item, "D", reason="Now it helps", by=duties.a_lawyer())
    duties.approve_since(duty)

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page.see("2 answers to the defence statement go with it: requests 1, 2")


def test_a_service_that_is_taken_back_took_no_answers_along():
    duty = answered()
    serving = serve_item_2(duty)
    taking = ask_to_take_back(
        duty, f"service-{serving.pk}", reason="It went to another", by=duties.a_lawyer(), at=AFTER
    )

    take_back(taking, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=AFTER)

    assert [each.number for each in unsent_of(duty)] == [1, 2]


def test_answers_that_were_not_sent_wait_again_once_two_people_say_so(time_machine):
    time_machine.move_to(AFTER, tick=False)
    duty = answered()
    lawyer, manager = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)
    kept = send_answers(duty, by_post(), by=lawyer, at=TWO)
    page = (
        as_(lawyer)
        .open(f"/disclosure/{duty.pk}/statement/")
        .follow("Take back that they were sent")
    )

    page.press("Ask to take it back", what=f"sending-{kept.pk}", reason="It lay in the tray")

    stood = "Answers to the defence statement: sent Wednesday 7 October 2026, 10am, Post"
    confirm = f"Confirm it, or leave it as it is: {stood}"
    assert not unsent_of(duty).exists()
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/").follow(confirm)
    page.see("You asked for this", "Receipt 4471").not_see("Confirm that it never happened")
    page = as_(manager).open(f"/disclosure/{duty.pk}/").follow(confirm)
    page = page.see("then wait to be sent").press("Confirm that it never happened")
    page.see(stood, "Why: It lay in the tray", "Receipt 4471")
    assert [each.number for each in unsent_of(duty)] == [1, 2]
    assert duty in waiting_for(lawyer, TWO.date())
    assert PAPER in pack_of(duty, by=None, at=AFTER)
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/statement/").see("Not sent yet")
    page.not_see("Answers sent by themselves", "Sent 7 October")


def test_a_sending_that_was_taken_back_is_kept_and_the_answers_go_anew():
    duty = answered()
    lawyer, manager = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)
    kept = send_answers(duty, by_post(), by=lawyer, at=TWO)
    why = "It lay in the tray"
    taking = ask_to_take_back(duty, f"sending-{kept.pk}", reason=why, by=lawyer, at=AFTER)
    take_back(taking, by=manager, at=AFTER)
    gone = as_(lawyer).client.get(f"/disclosure/{duty.pk}/statement/answers/{kept.pk}/")
    assert gone.status_code == 404
    as_(lawyer).open(f"/disclosure/{duty.pk}/record/").see("That answers were sent was taken back")
    again = send_answers(duty, by_post(AFTER), by=lawyer, at=AFTER)
    assert [each.request_id for each in again.answers.all()] == [
        asked(duty, 1).pk, asked(duty, 2).pk,
    ]  # fmt: skip
    assert AnswersSending.everything.get(pk=kept.pk).papers["answers"]
    assert "tray" not in str(Event.objects.get(name="answers.taken_back").detail)


def test_what_went_with_a_service_is_taken_back_with_it_and_not_by_itself():
    duty = answered()
    serve_item_2(duty)

    assert "SENDING" not in {each.what for each in recorded_of(duty)}


def test_no_verdict_ends_a_duty_whose_answers_did_not_go_to_the_defence():
    duty, lawyer = answered(), duties.a_lawyer()

    with pytest.raises(DutyRefused, match="2 answers to the defence that did not go yet"):
        close_duty(duty, reason="Found guilty", by=lawyer, at=TWO)

    send_answers(duty, by_post(), by=lawyer, at=TWO)
    assert (
        close_duty(duties.fresh(duty), reason="Found guilty", by=lawyer, at=TWO).state == "CLOSED"
    )


@pytest.mark.parametrize(("number", "waits"), [
    (0, ["2 requests of the defence not answered"]),
    (1, ["1 request of the defence not answered", "1 answer to the defence is not sent yet"]),
])  # fmt: skip
def test_what_the_defence_asked_and_was_never_told_is_not_called_done(time_machine, number, waits):
    time_machine.move_to(TWO, tick=False)
    duty, lawyer = duties.stated(), duties.a_lawyer()
    for each in range(1, number + 1):
        answer(duty, each)

    end_duty(duty, TWO.date(), reason="He died", by=lawyer, at=TWO)

    page = as_(lawyer).open(f"/disclosure/{duty.pk}/").see(*waits, "Not done")
    page.follow("Defence statement").see("The CCTV of the yard")
    record = as_(lawyer).open(f"/disclosure/{duty.pk}/record/")
    record.see("not answered", *(["1 answer to the defence not sent"] if number else []))
    assert duty not in waiting_for(lawyer, TWO.date())


def test_an_answer_that_tells_what_is_sensitive_is_sent_in_no_way_and_may_be_given_again():
    duty = answered()
    DefenceRequest.objects.filter(statement__duty=duty, number=1).update(
        newest=f"There is only the {duties.SECRET}."
    )

    said = everything_in(pack_of(duty, by=None, at=TWO)[PAPER])

    assert "Heronsgate" not in said
    assert "There are no notes but those served." in said
    send_answers(duty, by_post(), by=duties.a_lawyer(), at=TWO)
    assert [each.number for each in unsent_of(duty)] == [1]
    with pytest.raises(SendingRefused, match="given by then"):
        send_answers(duty, by_post(), by=duties.a_lawyer(), at=TWO)
    answer(duty, 1, said="Nothing more.", at=AFTER)
    assert [each.newest for each in to_send(duty, AFTER)] == ["Nothing more."]


def test_words_that_are_sensitive_since_are_read_by_nobody_else_in_what_went():
    duty = answered(said="It was filmed by Mrs Ashbourneton.")
    serve_item_2(duty)
    secret = "Address of Mrs Ashbourneton, who helps the police"
    duties.adequate(duty, mg6d_csv=duties.a_schedule(duties.SECRET, secret, form="MG6D"))
    inspector = given.a_person(Role.INSPECTOR)

    files = evidence_files(duties.fresh(duty), by=inspector, at=AFTER)

    assert "Ashbourneton" not in everything_in(files[f"service-2/{PAPER}"])
    assert "Ashbourneton" in everything_in(pack_of(duty, by=None, at=AFTER)[PAPER])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sent_at": AFTER}, "has not come"),
        ({"sent_at": BEFORE}, "given by then"),
        ({"proof": " "}, "Write what proves"),
        ({"method": "PIGEON"}, "Choose how"),
    ],
)
def test_a_sending_that_cannot_be_is_refused(wrong, says):
    duty = answered()
    sent = Sent(**({"method": "POST", "proof": "Receipt", "sent_at": TWO} | wrong))

    with pytest.raises(SendingRefused, match=says):
        send_answers(duty, sent, by=duties.a_lawyer(), at=TWO)

    assert not AnswersSending.objects.exists()


def test_an_answer_that_was_given_since_the_page_was_opened_is_read_first():
    duty = answered()

    with pytest.raises(ChangedMeanwhile, match="changed after you opened"):
        send_answers(duty, by_post(), by=duties.a_lawyer(), at=TWO, opened="other")


def test_nobody_else_opens_the_answers(time_machine):
    time_machine.move_to(TWO, tick=False)
    duty = answered()
    kept = send_answers(duty, by_post(), by=duties.a_lawyer(), at=TWO)
    inspector = as_(given.a_person(Role.INSPECTOR)).client

    for ending in ("", "send/", f"{kept.pk}/"):
        address = f"/disclosure/{duty.pk}/statement/answers/{ending}"
        assert inspector.get(address).status_code in {403, 404}
    other = duties.stated()
    lawyer = as_(duties.a_lawyer()).client
    address = f"/disclosure/{other.pk}/statement/answers/{kept.pk}/"
    assert lawyer.get(address).status_code == 404
    pack = lawyer.get(f"/disclosure/{duty.pk}/pack/")
    assert PAPER not in zipfile.ZipFile(io.BytesIO(pack.content)).namelist()
