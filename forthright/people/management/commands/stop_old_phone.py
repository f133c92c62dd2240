"""Lets somebody set up another phone, where no administrator can get in to allow it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forthright.people.selectors import person_with_email
from forthright.people.services.second_step import stop_old_phone
from forthright.web import clock


class Command(BaseCommand):
    """Stop somebody's phone and recovery codes, as whoever has the machine itself may."""

    help = "Let somebody set up another phone. For when no administrator can get in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whose."""
        parser.add_argument("email", help="the person's email address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop the phone."""
        person = person_with_email(options["email"])
        if person is None:
            raise CommandError("Nobody has this email address.")
        stop_old_phone(person, by=None, at=clock.now())
        self.stdout.write(f"{person.full_name} sets up another phone at the next sign-in.")
