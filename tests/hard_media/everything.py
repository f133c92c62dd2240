"""A register in which every kind of thing exists, so that every page has something to show."""

from collections.abc import Sequence
from datetime import timedelta

from forthright.accounts.models import Role, User
from forthright.cases.models import Defendant
from forthright.hard_media.models import (
    Bagged,
    Carrier,
    CutCopy,
    Hearing,
    MediaItem,
    MediaMark,
    PoliceFeedback,
    Representation,
    SentFile,
    ShareContent,
    ShareLink,
    ShareRecord,
    StockTake,
)
from forthright.hard_media.selectors.links import content_given
from forthright.hard_media.services import (
    bags,
    carriers,
    cutting,
    ended,
    feedback,
    hearings,
    items,
    links,
    losses,
    marks,
    not_ended,
    settings,
    sharing,
    stock,
    taken_in_twice,
    write_offs,
)
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.hard_media import files, media

NOON = given.NOON


def register(people: Sequence[User]) -> None:
    """Make cases that are ready, proved and late, discs, a stock-take, and what police owe."""
    media.a_proved_case()
    a_case_that_ended()
    hearing = media.a_ready_case(firms=("Hale LLP", ""), urn="20AB7000126")
    hearings.move_hearing(
        hearing,
        hearings.NewDay(on=media.PTPH.replace(day=28), reason="Adjourned by the court"),
        by=None,
        at=NOON,
    )
    taken_back = media.shared(hearing, media.a_classified_item(hearing))[0]
    sharing.revoke_share(taken_back, reason="It went to the wrong firm.", by=None, at=NOON)
    secret = media.a_classified_item(
        hearing, kind="SENSITIVE", shows="His new address is heard in it."
    )
    bags.keep_bag(hearing, [secret], "b" * 64, for_whom="The court", by=None, at=NOON)
    asked = media.a_requested_item(hearing)
    told = feedback.give_feedback(
        asked, "Multi-media CCTV not provided", detail="The yard camera", by=None, at=NOON
    )
    feedback.record_answer(told, "ACCEPTED", words="The officer will bring it", by=None, at=NOON)
    right = feedback.Right("DISPUTE_REFUSED", "They sent it twice", "The wrong answer was chosen.")
    feedback.put_answer_right(told, right, by=None, at=NOON)
    feedback.give_feedback(asked, "Multi-media CCTV not clipped", by=None, at=NOON)
    items.withdraw_item(
        media.an_expected_item(hearing), reason="Entered twice by mistake.", by=None, at=NOON
    )
    discs_of_every_state(hearing)
    files_of_every_state(hearing, people)
    a_link_that_was_opened(hearing)
    officer = next(each for each in people if each.role == Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=NOON)
    new = settings.NewPeriods(values={"amber_days": 8}, source="The board", reason="So be it.")
    settings.change_periods(given.an_area(), new, by=None, at=NOON)


def discs_of_every_state(hearing: Hearing) -> None:
    """Make discs that are held, missing, written off and returned, and a stock-take."""
    disc = media.a_disc(is_encrypted=True, password_route="By telephone from PC 2841")
    carriers.put_on_carrier(disc, [media.an_expected_item(hearing)], by=None, at=NOON)
    ended = media.a_disc()
    carriers.end_carrier(
        ended, CarrierEvent.RETURN, to=media.to("PC 2841, Malvern"), on=NOON.date(), by=None,
        at=NOON,
    )  # fmt: skip
    kept = media.a_disc()
    carriers.end_carrier(
        kept, CarrierEvent.DESTROY, to=media.to("PC 2841, Malvern"), on=NOON.date(), by=None,
        at=NOON,
    )  # fmt: skip
    not_ended.undo_ending(kept, reason="The disc beside it was meant.", by=None, at=NOON)
    missing = media.a_disc(location="Shelf 20")
    carriers.put_on_carrier(missing, [media.an_expected_item(hearing)], by=None, at=NOON)
    missed = stock.begin_stock_take(missing.unit, "Shelf 20", by=None, at=NOON)
    stock.finish_stock_take(missed, by=None, at=NOON)
    lost = media.a_disc(location="Shelf 21")
    missed = stock.begin_stock_take(lost.unit, "Shelf 21", by=None, at=NOON)
    stock.finish_stock_take(missed, by=None, at=NOON)
    decision = write_offs.Decision(reason="It was looked for everywhere.", done=["POLICE"])
    manager = given.a_person(Role.LEGAL_MANAGER, unit=lost.unit)
    write_offs.write_off(lost, decision, by=manager, at=NOON)
    second = media.a_disc(location="Shelf 23")
    why = "Two people took in the same delivery."
    taken_in_twice.end_second_record(second, disc, reason=why, by=manager, at=NOON)
    gone = losses.Lost(
        noticed_on=NOON.date(), how_known="It was left in a taxi.", had_last="PC 2841"
    )
    losses.record_loss(media.a_disc(location="Shelf 22"), gone, by=None, at=NOON)
    taken = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=NOON)
    for barcode in (disc.barcode, "unknown-1"):
        stock.scan(taken, barcode, by=None, at=NOON)


def a_case_that_ended() -> None:
    """Make an unlisted case that ended for one of two defendants, said too early at first."""
    hearing = media.a_hearing(on=None, firms=("Hale LLP", "Rowe & Co"))
    first, _ = Defendant.objects.filter(case=hearing.case_id).order_by("pk")
    end = ended.End(NOON.date(), "Discontinued: no longer enough evidence.")
    ended.record_end(hearing, first, end, by=None, at=NOON)
    ended.undo_end(hearing, first, "It was not decided yet.", by=None, at=NOON)
    ended.record_end(hearing, first, end, by=None, at=NOON)


def files_of_every_state(hearing: Hearing, people: Sequence[User]) -> None:
    """Make a recording with files that are kept, refused and on their way."""
    item = media.a_requested_item(hearing)
    lawyer = next(each for each in people if each.role == Role.PROSECUTOR)
    files.a_begun_file(item, by=lawyer)
    files.a_whole_file(item, name="camera2.mp4")
    kept = files.a_kept_file(item, name="camera1.mp4")
    marks.mark_moment(kept, 12.5, "He opens the yard door with a key.", by=lawyer, at=NOON)
    cut = cutting.Cut(what="CLIP", start=1, end=2, reason="The blow itself.")
    cutting.ask_for_copy(kept, cut, by=lawyer, at=NOON)
    made = cutting.ask_for_copy(kept, cut, by=lawyer, at=NOON)
    CutCopy.objects.filter(pk=made.pk).update(
        state="MADE", made_at=NOON, sha256=kept.sha256, lineage={"shown": {"besides": []}}
    )
    a_file_sent_astray(hearing)


def a_link_that_was_opened(hearing: Hearing) -> None:
    """Make a recording that its firm got by a link, opened and took out."""
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, content=b"shared by a link", name="shared.mp4")
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    until = NOON.date() + timedelta(days=30)
    sending = sharing.Sending(way="LINK", on=NOON.date(), link_expires_on=until)
    firms = media.parties_of(hearing)[1:]
    links.share_by_link(hearing, [item], firms, sending, by=None, at=NOON)
    links.tell_party(ShareLink.objects.get(), address="https://here.example/", by=None, at=NOON)
    # Nobody has been told of this one yet.
    court = [sharing.Party(kind="COURT", email="list@court.example")]
    links.share_by_link(hearing, [item], court, sending, by=None, at=NOON)
    given_of_it = ShareContent.objects.get(share__item=item, share__party="DEFENCE")
    got = content_given(ShareLink.objects.get(party="DEFENCE"), given_of_it.pk)
    links.note_opened(got, by=None, at=NOON)
    links.note_taken_out(got, by=None, at=NOON)


def a_file_sent_astray(hearing: Hearing) -> None:
    """Make a sensitive recording for which the file of another was sent first."""
    content = b"sent for two recordings"
    files.a_kept_file(media.a_requested_item(hearing), content=content, name="yard.mp4")
    wrong = media.a_requested_item(hearing)
    files.a_kept_file(wrong, content=content, name="yard.mp4")
    items.request_item(wrong, reason="That is the yard.", by=None, at=NOON)
    files.a_kept_file(wrong, content=b"the right one", name="hall.mp4")
    items.view_item(wrong, how="All of it.", by=None, at=NOON)
    items.classify_item(wrong, "SENSITIVE", by=None, at=NOON)


def arguments() -> dict[str, list[object]]:
    """Return what each part of an address of the room may be filled with."""
    kinds = {
        "item_id": MediaItem, "share_id": ShareRecord, "disc_id": Carrier,
        "stock_take_id": StockTake, "police_feedback_id": PoliceFeedback,
        "file_id": SentFile, "link_id": ShareLink,
        "defendant_id": Defendant, "firm_id": Representation, "mark_id": MediaMark,
        "copy_id": CutCopy, "bagged_id": Bagged,
    }  # fmt: skip
    officers = User.objects.filter(role=Role.POLICE_PARTNER)
    return {
        "case_id": list(Hearing.objects.values_list("case", flat=True)),
        "partner_id": list(officers.values_list("pk", flat=True)[:1]),
        **{name: list(model.objects.values_list("pk", flat=True)) for name, model in kinds.items()},
    }
