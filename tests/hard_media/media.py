"""Recordings, discs and hearings in the product's words; a state is reached by real services."""

from datetime import date, datetime, timedelta
from itertools import count

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Defendant
from forthright.hard_media.models import Carrier, Hearing, MediaItem, Representation, ShareRecord
from forthright.hard_media.services import carriers, firms, hearings, items, sharing
from forthright.rules.media_hands import Receiver
from tests import given

NOON = given.NOON
PTPH = date(2026, 10, 26)
SHOWS = "A man in a red coat breaks the window of the shop with an iron bar and runs."
_number = count(1)


def a_lawyer(**person: object) -> User:
    """Return a prosecutor of the Crown Court unit unless told otherwise."""
    return given.a_person(Role.PROSECUTOR, **person)


def a_hearing(
    *, on: date | None = PTPH, sent_on: date | None = None, unit: Unit | None = None,
    firms: tuple[str, ...] = ("Hale LLP",), odd_because: str = "", **case: object,
) -> Hearing:  # fmt: skip
    """Return the hearing of a case in the register, with a defendant for each firm."""
    new_case = given.a_case(unit=unit, **case)
    hearing = hearings.register_case(
        new_case,
        hearings.Listed(on=on, sent_on=sent_on, court="Worcester", odd_because=odd_because),
        by=None, at=NOON,
    )  # fmt: skip
    for firm in firms:
        defendant = a_defendant(hearing)
        represented(hearing, defendant, firm)
    return hearing


def a_defendant(hearing: Hearing) -> Defendant:
    """Return another defendant of a case."""
    number = next(_number)
    return Defendant.objects.create(
        case=hearing.case, key=f"{number}", given_names="Dean", family_name=f"Marsden{number}"
    )


def represented(
    hearing: Hearing,
    defendant: Defendant,
    firm: str,
    *,
    since: date = date(2026, 9, 1),
    odd_because: str = "",
) -> Representation:
    """Return the firm that represents a defendant now; with no name, nobody does."""
    new = firms.Firm(
        firm=firm,
        contact="Rosa Hale",
        email="rosa.hale@firm.example",
        starts_on=since,
        odd_because=odd_because,
        is_same=False,  # though all of them are written to at one domain here
    )
    return firms.set_representation(hearing, defendant, new, by=None, at=NOON)


def words(**fields: object) -> items.ItemWords:
    """Return what is known of a new recording."""
    fields = {
        "exhibit": f"DM/{next(_number)}", "kind": "CCTV", "named_in": "MG12",
        "title": "Foundry Street camera", "shows": SHOWS, **fields,
    }  # fmt: skip
    return items.ItemWords(**fields)


def an_expected_item(hearing: Hearing | None = None, **fields: object) -> MediaItem:
    """Return a recording that was named and is not held."""
    return items.add_item(hearing or a_hearing(), words(**fields), by=None, at=NOON)


def a_requested_item(hearing: Hearing | None = None, **fields: object) -> MediaItem:
    """Return a recording that the police were asked for."""
    return items.request_item(an_expected_item(hearing, **fields), by=None, at=NOON)


def a_received_item(hearing: Hearing | None = None, **fields: object) -> MediaItem:
    """Return a recording that came as a link."""
    came = items.Came(source="DEMS", on=NOON.date(), link="https://dems.example/a1b2c3")
    return items.receive_item(an_expected_item(hearing, **fields), came, by=None, at=NOON)


def a_viewed_item(hearing: Hearing | None = None, **fields: object) -> MediaItem:
    """Return a recording that a prosecutor has seen."""
    item = a_received_item(hearing, **fields)
    return items.view_item(item, how="All of it.", by=None, at=NOON)


def a_classified_item(
    hearing: Hearing | None = None, *, kind: str = "RELIED_ON", **fields: object
) -> MediaItem:
    """Return a recording that is relied on unless told otherwise."""
    item = a_viewed_item(hearing, **fields)
    return items.classify_item(item, kind, by=None, at=NOON)


def parties_of(hearing: Hearing) -> list[sharing.Party]:
    """Return the court and each firm of a case."""
    firms = Representation.objects.filter(
        defendant__case=hearing.case_id, ends_on=None, is_unrepresented=False
    )
    return [
        sharing.Party(kind="COURT"),
        *(sharing.Party(kind="DEFENCE", representation=each) for each in firms),
    ]


def shared(
    hearing: Hearing, *given_items: MediaItem, on: date | None = None,
    parties: list[sharing.Party] | None = None, at: datetime = NOON, **sending: object,
) -> list[ShareRecord]:  # fmt: skip
    """Record recordings as shared with everybody unless told otherwise."""
    out = sharing.Sending(way="EGRESS", on=on or NOON.date(), **sending)
    return sharing.share_items(
        hearing, given_items, parties or parties_of(hearing), out, by=None, at=at
    )


def a_ready_case(**fields: object) -> Hearing:
    """Return a case whose one recording was shared with everybody."""
    hearing = a_hearing(**fields)
    shared(hearing, a_classified_item(hearing))
    return hearing


def a_proved_case(**fields: object) -> Hearing:
    """Return a case whose one recording was opened by everybody."""
    hearing = a_ready_case(**fields)
    for share in ShareRecord.objects.filter(item__case=hearing.case_id):
        sharing.record_opened(share, on=NOON.date(), known="RECEIPT", by=None, at=NOON)
    return hearing


def comes_again(item: MediaItem, *, at: datetime) -> MediaItem:
    """Have a recording that was shared asked for again, come, be seen and found relied on."""
    lawyer = a_lawyer()
    item = items.request_item(item, reason="The sound is missing.", by=None, at=at)
    came = items.Came(source="DEMS", on=at.date(), link="https://dems.example/d4e5f6")
    item = items.receive_item(item, came, by=None, at=at)
    item = items.view_item(item, how="All of it.", by=lawyer, at=at)
    reason = "As before, now with sound."
    return items.classify_item(item, "RELIED_ON", reason=reason, by=lawyer, at=at)


def a_disc(*, unit: Unit | None = None, at: datetime = NOON, **fields: object) -> Carrier:
    """Return a disc that lies in the cupboard of the Crown Court unit unless told otherwise."""
    fields = {
        "kind": "DISC", "received_on": at.date() - timedelta(days=3),
        "received_from": "PC 2841, Malvern", "location": "Shelf 14",
        "written_on_it": "The yard of the Anchor", **fields,
    }  # fmt: skip
    new = carriers.NewCarrier(**fields)
    return carriers.receive_carrier(unit or given.a_unit(), new, by=None, at=at)


def to(
    name: str, kind: Receiver = Receiver.POLICE, *, hidden_too: bool = False
) -> carriers.Hands:  # fmt: skip
    """Return who gets a disc: the police unless told otherwise."""
    return carriers.Hands(kind, name, hidden_too=hidden_too)
