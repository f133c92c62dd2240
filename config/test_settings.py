"""Settings for tests: a throw-away data folder, a quick password hasher, nothing else changed."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["FORTHRIGHT_TESTING"] = "1"
if "FORTHRIGHT_HOME" not in os.environ:
    os.environ["FORTHRIGHT_HOME"] = tempfile.mkdtemp(prefix="forthright-test-")
    atexit.register(shutil.rmtree, os.environ["FORTHRIGHT_HOME"], ignore_errors=True)
# Each core has a database of its own, where the same numbers name other files: a folder of its own
# too. A process that a test starts is told of its folder.
if "PYTEST_CURRENT_TEST" not in os.environ:
    core = os.environ.get("PYTEST_XDIST_WORKER", "")
    os.environ["FORTHRIGHT_HOME"] = str(Path(os.environ["FORTHRIGHT_HOME"]) / core)

from config.settings import *  # noqa: F403 - the home must be set before settings are read

# PostgreSQL gives rows that nobody ordered in any order, and SQLite nearly always by number: here
# the other way round, so that whoever forgot to ask for an order is told on both.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REQUIRE_SECOND_STEP = False
# The lock-out costs several queries at each sign-in; its own tests turn it on.
AXES_ENABLED = False
# The tests of a core share a data folder but no record: those of kept heads name their own files.
RECORD_HEADS = []
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Style sheets and scripts come straight from static/, with nothing to collect first.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
# Each client of a test starts the product anew, and would list every file of static/.
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
