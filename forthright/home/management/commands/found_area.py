"""Makes an Area with its templates and first administrator, who invites everybody else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from forthright.letter_templates.services import start_letter_templates
from forthright.people.forms import FoundAreaForm
from forthright.people.services import invitations
from forthright.people.services.people import AreaTaken, EmailTaken, found_area
from forthright.web import clock


class Command(BaseCommand):
    """Make an Area with its units, templates and first administrator; print the link for them."""

    help = "Make an Area with its usual units, the starter templates and its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the Area's name and for the administrator."""
        parser.add_argument("area", help="name of the Area, such as 'West Midlands'")
        parser.add_argument("email", help="the administrator's email address")
        parser.add_argument("name", help="the administrator's full name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the Area and print the link."""
        form = FoundAreaForm({"area": options["area"], "email": options["email"],
                              "full_name": options["name"]})  # fmt: skip
        if not form.is_valid():
            raise CommandError(". ".join(str(why) for each in form.errors.values() for why in each))
        now, said = clock.now(), form.cleaned_data
        try:
            administrator = found_area(
                said["area"], email=said["email"], full_name=said["full_name"], by=None, at=now
            )
        except (AreaTaken, EmailTaken) as refusal:
            raise CommandError(str(refusal)) from refusal
        start_letter_templates(administrator.area, by=None, at=now)
        self.stdout.write(
            f"Made the Area {administrator.area}. {administrator.full_name} opens this link to set "
            f"a password:\n{invitations.link_for(administrator)}"
        )
