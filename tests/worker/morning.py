"""Asks for one morning list to go by e-mail, for a worker to send.

python -m tests.worker.morning
"""

from datetime import time

import django

django.setup()

from forthright.morning_lists.models import Digest  # noqa: E402 - Django must be set up first
from forthright.morning_lists.services.digests import (  # noqa: E402
    ask_for_digests,
    choose_digest,
)
from forthright.web import clock  # noqa: E402
from tests import given  # noqa: E402
from tests.morning_lists import mornings  # noqa: E402

if __name__ == "__main__":
    given.a_started_area()
    spoc = mornings.a_spoc()
    choose_digest(is_wanted=True, hour=time(8), by=spoc, at=mornings.MORNING)
    ask_for_digests(spoc.area, by=None, at=mornings.MORNING)
    # It is of today, as none is sent after its day; today may be a Sunday, on which none is asked.
    Digest.objects.update(on=clock.today())
