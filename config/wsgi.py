"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from forthright.accounts.startup import refuse_unsafe_start  # noqa: E402 - needs Django set up

refuse_unsafe_start()
