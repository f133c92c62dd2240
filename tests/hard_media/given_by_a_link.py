"""Shares a recording by a link that was opened with its code; prints the link, what, and a session.

python -m tests.hard_media.given_by_a_link
"""

from datetime import timedelta

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from forthright.hard_media.models import ShareLink, ShareRecord  # noqa: E402
from forthright.web import clock  # noqa: E402
from tests.hard_media import links, media  # noqa: E402
from tests.media_files.senders import some_bytes  # noqa: E402

SIZE = 1024 * 1024
CODE = "123456"

if __name__ == "__main__":
    hearing = media.a_hearing(urn="20AB7000126")
    item = links.that_plays(links.with_a_file(hearing, content=some_bytes(SIZE)))
    links.shared_by_link(hearing, item, parties=links.COURT)
    until = clock.today() + timedelta(days=1)
    ShareRecord.objects.update(link_expires_on=until)
    ShareLink.objects.update(expires_on=until, code=make_password(CODE), code_sent_at=clock.now())
    link = ShareLink.objects.get()
    client = Client()
    answer = client.post(
        links.address_of(link, "enter/"), {"code": CODE}, headers={"host": "127.0.0.1"}
    )
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    page = links.address_of(link, f"recordings/{links.given_of(item).pk}/")
    print(page, client.cookies["sessionid"].value)  # noqa: T201 - it is read by a test
