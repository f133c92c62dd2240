"""The overview: how long the server takes for what needs a person, as the letters grow tenfold."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from benchmarks import letters_owed  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, Role, Unit, User  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_SECONDS = 0.2
ROLES = {
    "victim liaison officer": (Role.VICTIM_LIAISON_OFFICER, Unit.Kind.VLU),
    "line manager": (Role.LINE_MANAGER, Unit.Kind.VLU),
    "prosecutor": (Role.PROSECUTOR, Unit.Kind.CROWN_COURT),
    "legal manager": (Role.LEGAL_MANAGER, Unit.Kind.CROWN_COURT),
    "senior manager": (Role.SENIOR_MANAGER, Unit.Kind.CROWN_COURT),
}


def measure(*, quick: bool) -> list[Figure]:
    """Time the overview of each role at 10,000, 100,000 and 1,000,000 letters.

    Then once more with 30,000 of the Area's letters overdue, as after a month that nobody recorded.
    """
    call_command("migrate", verbosity=0)
    today = clock.today()
    letters_owed.start(today)
    clients = {words: _signed_in(*who) for words, who in ROLES.items()}
    figures: list[Figure] = []
    sizes = [10_000, 30_000] if quick else [10_000, 100_000, 1_000_000]
    for size in sizes:
        letters_owed.fill_to(size, today)
        letters_owed.write_some(clock.now())
        figures += _figures(clients, f"{size:,} letters", b"Overview")
    overdue = letters_owed.make_overdue(1_000 if quick else 30_000, today)
    words = f"{sizes[-1]:,} letters, {overdue:,} of the Area overdue"
    return figures + _figures(clients, words, b"overdue")


def _signed_in(role: str, kind: str) -> Client:
    area = Area.objects.order_by("pk")[0]
    person = User.objects.create(
        email=f"{role.lower()}@example.test", full_name=str(Role(role).label), role=role,
        area=area, unit=Unit.objects.get(area=area, kind=kind),
    )  # fmt: skip
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    return client


def _figures(clients: dict[str, Client], words: str, says: bytes) -> list[Figure]:
    letters_owed.keep_house()
    return [_figure(f"overview of a {who}, {words}", each, says) for who, each in clients.items()]


def _figure(name: str, client: Client, says: bytes) -> Figure:
    def fetch() -> None:
        answer = client.get("/")
        assert answer.status_code == 200, f"the overview answered {answer.status_code}"
        assert says in answer.content, f"the overview does not say {says!r}"

    fetch()
    seconds = median_seconds(fetch, times=9)
    return Figure(name, seconds, "s", goal=f"under {GOAL_SECONDS} s", is_met=seconds < GOAL_SECONDS)
