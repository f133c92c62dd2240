"""The door for the web server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from forthright.accounts.startup import UnsafeStart, refuse_unsafe_start  # noqa: E402 - needs Django

try:
    refuse_unsafe_start()
except UnsafeStart as refusal:
    sys.stderr.write(f"\n{refusal}\n\n")
    # 3 tells gunicorn that starting again would not help.
    sys.exit(3)
