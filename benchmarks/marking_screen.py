"""The marking screen: how long the server takes to make it and to keep one mark."""

import os
from itertools import cycle

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, Role, Unit, User  # noqa: E402
from forthright.cases.models import Case, Decision, PersonToTell  # noqa: E402
from forthright.letters.services import keep_words  # noqa: E402
from forthright.rules.weeks import week_of  # noqa: E402
from forthright.samples.models import DrawnLetter  # noqa: E402
from forthright.samples.services import PlanSettings, draw_sample, make_plan  # noqa: E402
from forthright.schemes.models import Duty  # noqa: E402
from forthright.schemes.services import (  # noqa: E402
    StageTimes,
    open_duties,
    record_stages_bulk,
    start_area_scheme,
)
from forthright.standards.services import start_area_standards  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_SECONDS = 0.2
PARAGRAPH = (
    "I have looked carefully at everything the police sent to us, and I am sorry to tell you that "
    "the case has ended. I know that this is not the outcome you hoped for. "
)


def measure(*, quick: bool) -> list[Figure]:
    """Time the screen of a letter of 1,000 words, and one save, against an almost empty page."""
    call_command("migrate", verbosity=0)
    letter = a_drawn_letter()
    client = Client(HTTP_HOST="127.0.0.1")
    assert letter.marker is not None
    client.force_login(letter.marker)
    screen = f"/reviews/{letter.pk}/mark/"
    levels = cycle(["FULLY", "PARTIALLY"])
    times = 5 if quick else 50

    def save() -> None:
        answer = {"B1_level": next(levels), "B1_quotation": "sorry to tell you", "B1_note": "Why?"}
        assert client.post(f"{screen}B1/", answer).status_code == 200

    def seconds_of(address: str) -> float:
        assert client.get(address).status_code == 200
        return median_seconds(lambda: client.get(address), times=times)

    plain = seconds_of("/feedback/")
    opened = seconds_of(screen)
    save()
    saved = median_seconds(save, times=times)
    return [figure("marking screen opened", opened, plain), figure("one mark saved", saved, plain)]


def figure(name: str, seconds: float, plain: float) -> Figure:
    """Return one time beside that of an almost empty page."""
    return Figure(
        name, seconds, "s", "an almost empty page", plain,
        goal="under 0.2 s", is_met=seconds < GOAL_SECONDS,
    )  # fmt: skip


def a_drawn_letter() -> DrawnLetter:
    """Return a letter of last week, drawn for its unit's manager to mark."""
    now = clock.now()
    area = Area.objects.create(name="Mercia")
    unit = Unit.objects.create(area=area, name="Crown Court", kind=Unit.Kind.CROWN_COURT)
    marker = User.objects.create_user(
        "manager@example.test", full_name="Helen Marsh", role=Role.LINE_MANAGER,
        area=area, unit=unit,
    )  # fmt: skip
    start_area_scheme(area, by=None, at=now)
    start_area_standards(area, by=None, at=now)
    week = week_of(clock.today()).plus(-1)
    made_at = clock.start_of(week.plus(-1).monday)
    case = Case.objects.create(area=area, unit=unit, urn="20AB0000126", lead_offence="Burglary")
    person = PersonToTell.objects.create(
        case=case, key="1", given_names="Amira", family_name="Begum", entitlement="STANDARD"
    )
    decision = Decision.objects.create(
        area=area, case=case, key="1", kind=Decision.Kind.DISCONTINUED, made_at=made_at
    )
    duty = Duty.objects.get(pk=open_duties([decision], by=None, at=now).ids[0])
    times = StageTimes(sent_at=clock.start_of(week.monday), drafter_name="Priya Shah")
    record_stages_bulk(area, {(decision.pk, person.pk): times}, by=None, at=now)
    keep_words(duty, text="\n\n".join([PARAGRAPH * 3] * 10), by=None, at=now)
    plan = make_plan(area, by=None, at=now, name="Weekly", unit=unit,
                     settings=PlanSettings(marker=marker))  # fmt: skip
    due = week_of(duty.due_on)
    return draw_sample(plan, due, by=None, at=now).letters.select_related("marker").get()
