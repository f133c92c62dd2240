"""Serves the provider: python -m tests.oidc_provider FOLDER RETURN_ADDRESS NAME=EMAIL …"""

import os
import sys
from pathlib import Path
from wsgiref.simple_server import make_server

folder, return_address, *people = sys.argv[1:]
server = make_server("127.0.0.1", 0, None)
os.environ["PROVIDER_ISSUER"] = f"http://127.0.0.1:{server.server_port}/o"
os.environ["PROVIDER_DATABASE"] = str(Path(folder) / "provider.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.oidc_provider.settings"

import django  # noqa: E402 - its settings stand in the lines above

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402

call_command("migrate", verbosity=0)
for person in people:
    name, email = person.split("=")
    User.objects.create_user(name, email, "password")
Application.objects.create(
    name="Forthright",
    client_id="forthright",
    client_secret="provider secret",
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    redirect_uris=return_address,
    algorithm=Application.RS256_ALGORITHM,
    skip_authorization=True,
)
server.set_app(get_wsgi_application())
sys.stdout.write(os.environ["PROVIDER_ISSUER"] + "\n")
sys.stdout.flush()
server.serve_forever()
