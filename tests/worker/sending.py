"""Asks for one letter to go by e-mail, for a worker to hand over.

python -m tests.worker.sending
"""

import django

django.setup()

from forthright.letters.services.facts import Wishes  # noqa: E402 - Django must be set up first
from forthright.letters.services.sending import send  # noqa: E402
from forthright.rules.contact_lock import Way  # noqa: E402
from tests import given  # noqa: E402

if __name__ == "__main__":
    duty = given.an_approved_letter(wishes=Wishes(channel="EMAIL"))
    send(duty, Way.EMAIL, by=given.a_liaison_officer(), at=given.NOON)
