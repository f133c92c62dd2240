"""Made-up cases, people to tell, decisions, and how each letter went."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from forthright.accounts.models import Area, Unit, User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.demo.names import AREAS, FAMILY, GIVEN, STREETS, TOWNS, WOMEN
from forthright.demo.people import CASE_UNITS, email_of
from forthright.rules.words import LONDON, moment_at
from forthright.web.writing import insert_many

K = Decision.Kind
KINDS = ((K.DISCONTINUED, 34), (K.NO_EVIDENCE_OFFERED, 22), (K.NO_FURTHER_ACTION, 24),
         (K.ALTERED_DECREASED, 12), (K.ALTERED_INCREASED, 3), (K.LEFT_ON_FILE, 5))  # fmt: skip
SHARE_OF_UNIT = {"MAGISTRATES": 46, "CROWN_COURT": 28, "RASSO": 17, "CCU": 5, "FRAUD": 4}
OFFENCES = {
    "MAGISTRATES": ("Common assault", "Criminal damage", "Theft from a shop", "Harassment",
                    "Assault occasioning actual bodily harm"),
    "CROWN_COURT": ("Robbery", "Burglary of a dwelling", "Wounding with intent", "Stalking",
                    "Causing death by careless driving"),
    "RASSO": ("Rape", "Sexual assault", "Controlling or coercive behaviour"),
    "CCU": ("Conspiracy to supply drugs", "Modern slavery", "Kidnapping"),
    "FRAUD": ("Fraud by false representation", "Fraud by abuse of position"),
}  # fmt: skip
# Fewer decisions in August and around Christmas, when courts sit less.
SEASON = {1: 0.9, 8: 0.75, 12: 0.7}


@dataclass
class Week:
    """One week's cases before they are written."""

    cases: list[Case] = field(default_factory=list)
    defendants: list[Defendant] = field(default_factory=list)
    people: list[PersonToTell] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


class Casework:
    """Makes one Area's cases week by week; the same seed and days make the same cases."""

    def __init__(
        self, area: Area, units: dict[str, Unit], prosecutors: list[User], chance: Random
    ) -> None:
        """Keep what cases are made from."""
        self.area, self.units, self.prosecutors, self.chance = area, units, prosecutors, chance
        self.serial = 0
        self.force = f"{80 + AREAS.index(area.name)}"

    def week(self, monday: date, cases: int, *, until: datetime) -> Week:
        """Return a week's cases, with none decided after `until`."""
        week = Week()
        for _ in range(round(cases * SEASON.get(monday.month, 1.06))):
            self.add_case(week, monday, until)
        return week

    def add_case(self, week: Week, monday: date, until: datetime) -> None:
        """Add one case with its defendant, people to tell and decision."""
        chance = self.chance
        kind = chance.choices(CASE_UNITS, [SHARE_OF_UNIT[each] for each in CASE_UNITS])[0]
        decided = self.moment_in(monday)
        if decided > until:
            return
        offence = chance.choice(OFFENCES[kind])
        self.serial += 1
        case = Case(
            area=self.area, unit=self.units[kind],
            urn=f"{self.force}{kind[:2]}{self.serial % 100000:05d}{monday:%y}",
            lead_offence=offence,
            is_rasso=kind == "RASSO",
            is_domestic_abuse=offence in {"Harassment", "Stalking", OFFENCES["RASSO"][2]}
            or chance.random() < 0.12,
            is_hate_crime=chance.random() < 0.05,
            involves_child=chance.random() < 0.08,
            involves_death="death" in offence,
        )  # fmt: skip
        week.cases.append(case)
        week.defendants.append(
            Defendant(
                case=case, key="1", given_names=chance.choice(GIVEN),
                family_name=chance.choice(FAMILY),
            )
        )  # fmt: skip
        for number in range(chance.choices((1, 2, 3), (86, 11, 3))[0]):
            week.people.append(self.person(case, number + 1))
        week.decisions.append(self.decision(case, week.defendants[-1], decided))

    def person(self, case: Case, number: int) -> PersonToTell:
        """Return one person to tell."""
        chance = self.chance
        # A few bereaved relatives are recorded as standard, as they are in real extracts.
        often = 0.85 if case.involves_death else 0.22
        is_enhanced = case.is_rasso or case.is_domestic_abuse or chance.random() < often
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        titles = ("Ms", "Mrs", "Miss", "Dr") if given in WOMEN else ("Mr", "Mr", "Mr", "Dr")
        entitlement = "ENHANCED" if is_enhanced else "STANDARD"
        if chance.random() < 0.04:
            entitlement = "UNKNOWN"
        is_unsafe = case.is_domestic_abuse and chance.random() < 0.15
        town = chance.choice(TOWNS)
        return PersonToTell(
            case=case, key=str(number), reference=f"P{number}",
            relation="BEREAVED" if case.involves_death
            else "PARENT" if case.involves_child and chance.random() < 0.6
            else "VICTIM",
            title=chance.choice(titles),
            given_names=given, family_name=family, entitlement=entitlement,
            entitlement_because="Recorded in the extract" if entitlement != "UNKNOWN" else "",
            address=f"{chance.randint(1, 180)} {chance.choice(STREETS)}, {town}",
            # Two in five gave the police an e-mail address.
            email=email_of(given, family, self.serial) if self.serial % 5 < 2 else "",
            is_child=case.involves_child and chance.random() < 0.3,
            has_opted_out=chance.random() < 0.02,
            safe_contact_note="Do not write to the home address. Contact through the support "
            "service named by the officer in the case." if is_unsafe else "",
        )  # fmt: skip

    def decision(self, case: Case, defendant: Defendant, decided: datetime) -> Decision:
        """Return the decision made on a case."""
        chance = self.chance
        kind = chance.choices([k for k, _ in KINDS], [share for _, share in KINDS])[0]
        prosecutor = chance.choice(self.prosecutors)
        # Now and then a decision comes with its day alone, as extracts have it.
        if self.serial % 25 == 0:
            decided = moment_at(decided.date(), None)
        return Decision(
            area=self.area, case=case, defendant=defendant, key="1", kind=kind, made_at=decided,
            made_by=prosecutor, made_by_name=prosecutor.full_name,
            is_after_withdrawal=kind != K.ALTERED_INCREASED and chance.random() < 0.18,
            was_made_in_court=kind == K.NO_EVIDENCE_OFFERED and chance.random() < 0.8,
        )  # fmt: skip

    def moment_in(self, monday: date) -> datetime:
        """Return a moment of the working week, now and then late on a Friday."""
        day = monday + timedelta(days=self.chance.choices(range(6), (20, 20, 20, 20, 19, 1))[0])
        minute = self.chance.randint(0, 8 * 60 + 30)
        return datetime.combine(day, time(9, 0), LONDON) + timedelta(minutes=minute)


def written(week: Week) -> list[Decision]:
    """Write a week's cases and return its decisions."""
    insert_many(week.cases)
    insert_many(week.defendants)
    insert_many(week.people)
    insert_many(week.decisions)
    return week.decisions


def mondays(last: date, weeks: int) -> Iterator[date]:
    """Yield so many Mondays up to the one of the last day, oldest first."""
    monday = last - timedelta(days=last.weekday())
    for back in range(weeks - 1, -1, -1):
        yield monday - timedelta(weeks=back)
