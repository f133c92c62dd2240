"""Makes a recording that is asked for, and a lawyer who is signed in; prints both.

python -m tests.hard_media.asked_for
"""

import django

django.setup()

from django.test import Client  # noqa: E402 - Django must be set up first

from tests.hard_media import media  # noqa: E402

if __name__ == "__main__":
    item = media.a_requested_item()
    client = Client()
    client.force_login(media.a_lawyer())
    print(item.pk, client.cookies["sessionid"].value)  # noqa: T201 - it is read by a test
