"""A unit's morning list: how long the server takes for it as the letters grow tenfold."""

import os
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from benchmarks import letters_owed  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, Role, Unit, User  # noqa: E402
from forthright.cases.models import Decision  # noqa: E402
from forthright.morning_lists.selectors.morning import things_waiting  # noqa: E402
from forthright.morning_lists.services.covering import NewCover, name_deputy  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_SECONDS = 0.2


def measure(*, quick: bool) -> list[Figure]:
    """Time the list of a legal SPOC and of a deputy at 10,000, 100,000 and 1,000,000 letters.

    So many are in the database in all: those of 14 Areas together, each with a fourteenth. Then
    once more with 30,000 of the Area's letters overdue, as after a month that nobody recorded; and
    with as many letters again, all of them in the one Area, beside 3,000 decisions of the unit with
    nobody to tell.

    Nobody has measured 1,000,000 letters in each of 14 Areas at once. What a list reads is found by
    its Area first, so that the letters of others weigh little beside its own.
    """
    call_command("migrate", verbosity=0)
    now = clock.now()
    letters_owed.start(now.date())
    unit = Unit.objects.get(area=Area.objects.order_by("pk")[0], kind=Unit.Kind.CROWN_COURT)
    clients = _clients(unit, now)
    figures: list[Figure] = []
    sizes = [10_000, 30_000] if quick else [10_000, 100_000, 1_000_000]
    for size in sizes:
        letters_owed.fill_to(size, now.date())
        letters_owed.write_some(now)
        # Of each decision it is known who made it, so that each line can be acted on.
        prosecutor = User.objects.get(email="prosecutor@example.test")
        Decision.objects.filter(area=unit.area, made_by=None).update(made_by=prosecutor)
        figures += _figures(clients, unit, f"{size:,} letters")
    overdue = letters_owed.make_overdue(1_000 if quick else 30_000, now.date())
    words = f"{sizes[-1]:,} letters, {overdue:,} of the Area overdue"
    figures += _figures(clients, unit, words)
    letters_owed.fill_to(2 * sizes[-1], now.date(), [unit.area])
    letters_owed.decide_with_nobody(unit, 100 if quick else 3_000, now)
    letters_owed.write_some(now, open_alone=True)
    Decision.objects.filter(area=unit.area, made_by=None).update(made_by=prosecutor)
    return figures + _figures(clients, unit, f"{sizes[-1]:,} more letters, all in the one Area")


def _clients(unit: Unit, now: datetime) -> dict[str, Client]:
    """Return a legal SPOC and the deputy from another unit who covers today, both signed in."""
    elsewhere = Unit.objects.get(area=unit.area, kind=Unit.Kind.RASSO)
    spoc = _person("spoc", Role.LEGAL_SPOC, unit)
    deputy = _person("deputy", Role.PROSECUTOR, elsewhere)
    _person("prosecutor", Role.PROSECUTOR, unit)
    today = now.date()
    cover = NewCover(spoc=spoc, deputy=deputy, first_day=today, last_day=today + timedelta(days=1))
    name_deputy(unit, cover, by=spoc, at=now)
    return {"legal SPOC": _signed_in(spoc), "deputy": _signed_in(deputy)}


def _person(name: str, role: str, unit: Unit) -> User:
    return User.objects.create(
        email=f"{name}@example.test", full_name=name, role=role, area=unit.area, unit=unit
    )


def _signed_in(person: User) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    return client


def _figures(clients: dict[str, Client], unit: Unit, words: str) -> list[Figure]:
    letters_owed.keep_house()
    return [
        _figure(f"morning list of a {who}, {words}", each, unit) for who, each in clients.items()
    ]


def _figure(name: str, client: Client, unit: Unit) -> Figure:
    # Of 10,000 letters a unit may have none that is due soon, as on a Sunday.
    shown = b"<tbody" if things_waiting(unit, clock.now()) else b"Nothing waits."

    def fetch() -> None:
        answer = client.get(f"/morning/{unit.pk}/")
        assert answer.status_code == 200, f"the list answered {answer.status_code}"
        assert shown in answer.content, "the list does not show what waits"

    fetch()
    seconds = median_seconds(fetch, times=9)
    return Figure(name, seconds, "s", goal=f"under {GOAL_SECONDS} s", is_met=seconds < GOAL_SECONDS)
