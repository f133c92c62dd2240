"""Made-up recordings of cases that go on: some late, some ready, some proved, some sensitive."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Case, Defendant
from forthright.demo.loading import Loaded
from forthright.demo.names import AREAS, FAMILY, GIVEN
from forthright.hard_media.models import Hearing, MediaItem, Representation, ShareRecord
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.services import (
    carriers,
    ended,
    feedback,
    firms,
    hearings,
    items,
    settings,
    sharing,
    stock,
)
from forthright.hard_media.services.coming import Came
from forthright.hard_media.services.for_the_court import unused_to_decide
from forthright.hard_media.services.going_to import Hands
from forthright.rules import hearing_days
from forthright.rules.media_facts import Classification
from forthright.rules.media_hands import Receiver
from forthright.rules.words import local

K = Unit.Kind
CASES = ((K.CROWN_COURT, 24), (K.RASSO, 12), (K.CCU, 4))
OFFENCES = {K.CROWN_COURT: "Robbery", K.RASSO: "Rape", K.CCU: "Kidnapping"}
FIRMS = ("Hale & Partners LLP", "Rowe Ashdown", "Tarrant Law", "Bexley Moss Solicitors")
COURTS = ("Wrenford Crown Court", "Kingsbourne Crown Court")
# Kind, title, what it shows, length in seconds.
RECORDINGS = (
    ("CCTV", "Front of the shop",
     "A man in a dark jacket forces the shutter with a bar and leaves with two bags.", 840),
    ("BWV", "First officer at the scene",
     "The officer speaks to the witness, who points to the car park and names nobody.", 1260),
    ("CALL_999", "Call from the neighbour",
     "The caller describes shouting next door and a car that drives away quickly.", 214),
    ("ABE", "Interview of the witness",
     "The witness gives her account of the evening from eight until the police came.", 3720),
    ("INTERVIEW", "Interview of the suspect",
     "The suspect answers the first questions and makes no comment after that.", 2410),
    ("DASHCAM", "Taxi that drove past", "The taxi passes two people who struggle at the kerb.", 45),
    ("PHONE", "Messages and clips", "", None),
)  # fmt: skip
# How far the recordings of a case have come; one is chosen for each case.
STORIES = ("nothing", "expected", "received", "viewed", "partly", "ready", "ready", "proved",
           "proved", "proved")  # fmt: skip
FIRST_SERIAL = 90001


class Register:
    """Fills one Area's register; the same seed and day fill it alike."""

    def __init__(self, loaded: Loaded, chance: Random, until: datetime) -> None:
        """Keep what the register is made from."""
        self.loaded, self.chance, self.until = loaded, chance, until
        self.today: date = local(until).date()
        day = self.today - timedelta(days=24)
        self.sent_on = day - timedelta(days=max(0, day.weekday() - 4))  # courts do not sit then
        self.serial = FIRST_SERIAL
        self.force = f"{80 + AREAS.index(loaded.area.name)}"

    def ago(self, days: int) -> datetime:
        """Return a moment so many days before now."""
        return self.until - timedelta(days=days)

    def lawyer(self, unit: Unit) -> User:
        """Return a prosecutor of a unit."""
        return self.chance.choice(
            [each for each in self.loaded.people[Role.PROSECUTOR] if each.unit_id == unit.pk]
        )

    def add_case(self, kind: str) -> None:
        """Add a case whose recordings have come as far as one of the stories."""
        chance, unit = self.chance, self.loaded.units[kind]
        by = self.lawyer(unit)
        case = Case.objects.create(
            area=self.loaded.area, unit=unit, lead_offence=OFFENCES[K(kind)],
            urn=f"{self.force}{kind[:2]}{self.serial}{self.today:%y}", is_rasso=kind == K.RASSO,
        )  # fmt: skip
        self.serial += 1
        on = self.today + timedelta(days=chance.randint(-9, 35))
        while hearing_days.why_no_court(on, {}):
            on -= timedelta(days=1)
        is_listed = chance.random() > 0.1
        hearing = hearings.register_case(
            case,
            hearings.Listed(
                on=on if is_listed else None, sent_on=self.sent_on,
                court=chance.choice(COURTS),
            ),
            by=by, at=self.ago(20),
        )  # fmt: skip
        self.add_defendants(hearing, by)
        story = chance.choice(STORIES)
        if story != "nothing":
            self.tell(hearing, story, by)

    def add_defendants(self, hearing: Hearing, by: User) -> None:
        """Add one defendant or two, most of them represented by somebody."""
        for number in range(self.chance.choice((1, 1, 1, 2))):
            defendant = Defendant.objects.create(
                case=hearing.case, key=f"{number + 1}", given_names=self.chance.choice(GIVEN),
                family_name=self.chance.choice(FAMILY),
            )  # fmt: skip
            if self.chance.random() < 0.1:
                continue
            firm = self.chance.choice(FIRMS)
            new = firms.Firm(
                firm=firm, contact=self.chance.choice(FAMILY),
                email=f"{firm.split()[0].lower()}@solicitors.example",
                starts_on=self.today - timedelta(days=19),
            )  # fmt: skip
            firms.set_representation(hearing, defendant, new, by=by, at=self.ago(19))

    def tell(self, hearing: Hearing, story: str, by: User) -> None:
        """Bring the recordings of a case as far as its story goes."""
        chosen = self.chance.sample(RECORDINGS, self.chance.randint(1, 4))
        made = []
        for number, (kind, title, shows, seconds) in enumerate(chosen, start=1):
            words = items.ItemWords(
                exhibit=f"{by.full_name[0]}{by.full_name.split()[-1][0]}/{number}", kind=kind,
                named_in=self.chance.choice(("MG5", "MG11", "MG12", "PTPH")), title=title,
                shows=shows, seconds=seconds,
            )  # fmt: skip
            item = items.add_item(hearing, words, by=by, at=self.ago(18))
            made.append(self.bring(item, story, by))
        if story == "partly":
            items.request_item(made[0], reason="The link has expired", by=by, at=self.ago(2))
            return
        relied_on = [each for each in made if each.classification == Classification.RELIED_ON]
        if story in ("ready", "proved") and relied_on:
            self.share(hearing, relied_on, is_proved=story == "proved", by=by)

    def bring(self, item: MediaItem, story: str, by: User) -> MediaItem:
        """Bring one recording as far as its case has come."""
        if story == "expected":
            return items.request_item(item, by=by, at=self.ago(15))
        came = Came(
            source="DEMS", on=local(self.ago(12)).date(),
            link=f"https://evidence.police.example/{item.pk}",
            link_expires_on=self.today + timedelta(days=self.chance.randint(3, 90)),
        )  # fmt: skip
        item = items.receive_item(item, came, by=by, at=self.ago(12))
        if story == "received":
            return items.try_item(item, plays=self.chance.random() > 0.4, by=by, at=self.ago(11))
        item = items.view_item(item, how="All of it", by=by, at=self.ago(10))
        if story == "viewed":
            return item
        kind = self.chance.choices(
            ("RELIED_ON", "UNUSED", "SENSITIVE", "NOT_RELEVANT"), (70, 15, 10, 5)
        )[0]
        return items.classify_item(item, kind, by=by, at=self.ago(10))

    def share(
        self, hearing: Hearing, shared: list[MediaItem], *, is_proved: bool, by: User
    ) -> None:
        """Record recordings as shared with everybody, and perhaps as opened."""
        firms = Representation.objects.filter(defendant__case=hearing.case_id, ends_on__isnull=True)
        parties = [
            sharing.Party(kind="COURT"),
            *(sharing.Party(kind="DEFENCE", representation=each) for each in firms),
        ]
        sent = sharing.Sending(
            way="EGRESS", on=local(self.ago(10)).date(),
            link_expires_on=self.today + timedelta(days=60),
        )  # fmt: skip
        made = sharing.share_items(hearing, shared, parties, sent, by=by, at=self.ago(10))
        if is_proved:
            for share in ShareRecord.objects.filter(pk__in=[each.pk for each in made]):
                sharing.record_opened(
                    share, on=local(self.ago(10)).date(), known="RECEIPT", by=by,
                    at=self.ago(9),
                )  # fmt: skip

    def add_discs(self, kind: str) -> None:
        """Add the discs of a unit: one goes to court, one is missing, the others lie there."""
        unit = self.loaded.units[kind]
        by = self.lawyer(unit)
        on_it = MediaItem.objects.filter(unit=unit).order_by("pk")
        discs = [
            carriers.receive_carrier(
                unit,
                carriers.NewCarrier(
                    kind="DISC", written_on_it=f"Disc {number + 1}, shop front",
                    received_on=self.today - timedelta(days=30 - number),
                    received_from="Property store, Wrenford", location="Cupboard 2",
                ),
                by=by, at=self.ago(30 - number),
            )
            for number in range(6)
        ]  # fmt: skip
        for disc, item in zip(discs, on_it, strict=False):
            carriers.put_on_carrier(disc, [item], by=by, at=self.ago(14))
        because = "The police keep the original."
        court = Hands(Receiver.COURT, "Wrenford Crown Court", last_copy_because=because)
        held = {disc.pk: what_is_on(disc) for disc in discs}
        may_go = [
            disc for disc in discs
            if not held[disc.pk].why_not_to(court.kind)
            and not unused_to_decide(held[disc.pk].items, ())
        ]  # fmt: skip
        for disc in may_go[:1]:
            carriers.hand_over(disc, court, by=by, at=self.ago(5))
        stay = [disc for disc in discs if disc not in may_go[:1]]
        taken = stock.begin_stock_take(unit, "Cupboard 2", by=by, at=self.ago(3))
        for disc in stay[1:]:
            stock.scan(taken, disc.barcode, by=by, at=self.ago(3))
        stock.finish_stock_take(taken, by=by, at=self.ago(3))

    def tell_the_police(self) -> None:
        """Give the police a reason for each recording that does not play."""
        for item in MediaItem.objects.filter(area=self.loaded.area, is_readable=False):
            kind = item.kind if item.kind in ("BWV", "CCTV") else "Other"
            by = self.lawyer(item.unit)
            feedback.give_feedback(
                item, f"Multi-media {kind} not in playable format", by=by, at=self.ago(4)
            )

    def stop_one(self) -> None:
        """Let the last case that waits for the police end for everybody, before its hearing."""
        waiting = MediaItem.objects.filter(area=self.loaded.area, state="REQUESTED")
        to_come = Hearing.objects.filter(on__gt=self.today, case__in=waiting.values("case"))
        if (hearing := to_come.order_by("pk").last()) is None:
            return
        by, end = self.lawyer(hearing.unit), ended.End(self.today, "Discontinued by the prosecutor")
        for defendant in Defendant.objects.filter(case=hearing.case_id).order_by("pk"):
            ended.record_end(hearing, defendant, end, by=by, at=self.until)


@transaction.atomic
def register_recordings(loaded: Loaded, *, seed: int, until: datetime) -> None:
    """Fill the register of a made-up Area."""
    register = Register(loaded, Random(f"{seed} {loaded.area} recordings"), until)
    for officer in loaded.people[Role.POLICE_PARTNER]:
        settings.set_force(officer, register.force, by=None, at=register.ago(30))
    for kind, number in CASES:
        for _ in range(number):
            register.add_case(kind)
        register.add_discs(kind)
    register.tell_the_police()
    register.stop_one()
