"""Settings, read from the environment; see docs/how-to/settings.md for each."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config.environment import is_on
from config.sign_in import *  # noqa: F403 - all that is set about signing in, kept together

CODE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("FORTHRIGHT_HOME") or CODE / "var")
HOME.mkdir(parents=True, exist_ok=True)


def kind_of_home() -> str:
    """Return "demo", "real" or nothing: what ./run noted in the data folder."""
    kept = HOME / "kind"
    return kept.read_text().strip() if kept.exists() else ""


# Whether the people and cases here are made up, and whether they were said to be real.
IS_DEMO = is_on("FORTHRIGHT_DEMO", unless_said=kind_of_home() == "demo")
IS_FOR_REAL = kind_of_home() == "real"
DEBUG = is_on("FORTHRIGHT_DEBUG")
# Whoever signs in with a password must also give a code from their phone.
REQUIRE_SECOND_STEP = is_on("FORTHRIGHT_REQUIRE_TOTP", unless_said=not IS_DEMO)


def secret_key() -> str:
    """Return the secret key from the environment or from the data folder."""
    if key := os.environ.get("FORTHRIGHT_SECRET_KEY"):
        return key
    kept = HOME / "secret_key"
    if kept.exists():
        return kept.read_text().strip()
    if is_on("FORTHRIGHT_TESTING"):
        return "only for tests; nothing signed with this leaves the test run"
    raise ImproperlyConfigured(
        "Forthright will not start without a secret key. Set FORTHRIGHT_SECRET_KEY, or start it "
        f"with ./run, which writes one to {kept}."
    )


SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("FORTHRIGHT_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_FAILURE_VIEW = "forthright.web.errors.form_too_old"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("FORTHRIGHT_ORIGINS", "").split(",") if o]

ROOMS = ["accounts", "audit", "web", "people", "cases", "schemes", "standards",
         "letter_templates", "letters", "disclosure", "hard_media", "extracts", "samples",
         "peer_checks", "reviews", "calibration", "watches", "panels", "morning_lists",
         "reports",
         "home"]  # fmt: skip
INSTALLED_APPS = [
    *(f"forthright.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forthright.web.middleware.NothingKept",
    "forthright.web.middleware.NumbersThatMayBe",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "forthright.people.middleware.SecondStepComesFirst",
    "forthright.morning_lists.middleware.WhomTheyCoverFor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CODE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forthright.web.context.page_frame",
            ],
            "builtins": [
                "forthright.web.templatetags.plain_words",
                "forthright.web.templatetags.page_parts",
            ],
        },
    }
]
# Our own field templates in templates/django/forms give every form the GOV.UK markup.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME / 'forthright.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets pages be read while the worker writes; IMMEDIATE takes the write lock at the start
    # of a transaction, so that two writers queue instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;",
    }
else:
    # As long as a writer waits on SQLite; then they are told that nothing was saved.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c lock_timeout=20s")
# Limits on codes and links are counted here, so every server process must see the same counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
    }
}
# An account is locked whatever the network address, which the check would rather have counted.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_on("FORTHRIGHT_HTTPS") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LANGUAGES = [("en-gb", "English")]

STATIC_URL = "/static/"
STATICFILES_DIRS = [CODE / "static"]
# ./run collects the files there under names that hold their digest, so browsers keep them.
STATIC_ROOT: Path | None = HOME / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "uploads"
# The files of recordings: those that arrive, and the kept ones unless a bucket is named for them.
RECORDINGS = Path(os.environ.get("FORTHRIGHT_RECORDINGS") or HOME / "recordings")
S3_BUCKET = os.environ.get("FORTHRIGHT_BUCKET", "")
S3_ADDRESS = os.environ.get("FORTHRIGHT_BUCKET_ADDRESS", "https://s3.eu-west-2.amazonaws.com")
S3_REGION = os.environ.get("FORTHRIGHT_BUCKET_REGION", "eu-west-2")
S3_KEY = os.environ.get("FORTHRIGHT_BUCKET_KEY", "")
S3_SECRET = os.environ.get("FORTHRIGHT_BUCKET_SECRET", "")
# Where ClamAV listens, a socket or host:port; without it nobody looks for malware.
CLAMD = os.environ.get("FORTHRIGHT_CLAMD", "")
# What a browser sends lies in the data folder meanwhile, closed to other accounts of the machine.
FILE_UPLOAD_TEMP_DIR = HOME / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A page may send a tick for each item of a schedule, as whoever approves says of each that they
# looked again; the longest hold some thousands. Above Django's 1,000 it could not be sent at all.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

EMAIL_HOST = os.environ.get("FORTHRIGHT_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("FORTHRIGHT_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("FORTHRIGHT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FORTHRIGHT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = is_on("FORTHRIGHT_SMTP_TLS")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("FORTHRIGHT_FROM_EMAIL", "forthright@localhost")
# With no SMTP server named, letters to managers are kept as files that can be read.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "outbox"

# GOV.UK Notify sends e-mails and letters where the Area has a key; the template of e-mails has
# the fields ((subject)) and ((body)).
NOTIFY_KEY = os.environ.get("FORTHRIGHT_NOTIFY_KEY", "")
NOTIFY_ADDRESS = os.environ.get(
    "FORTHRIGHT_NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk"
)
NOTIFY_EMAIL_TEMPLATE = os.environ.get("FORTHRIGHT_NOTIFY_EMAIL_TEMPLATE", "")
# The mailbox file (mbox) in which mail servers' messages about letters that did not arrive land.
BOUNCES = os.environ.get("FORTHRIGHT_BOUNCES", "")


def site_address() -> str:
    """Return the address that people type: as told, or where ./run last served this folder."""
    kept = HOME / "site_address"
    told = os.environ.get("FORTHRIGHT_SITE") or (kept.read_text() if kept.exists() else "")
    return told.strip().rstrip("/") or "http://127.0.0.1:8000"


SITE_ADDRESS = site_address()

# Where heads of the record are kept outside the database: in the data folder, and by this setting
# on another disk too, so that whoever can change the one cannot change the other.
RECORD_HEADS = [HOME / "record_heads.txt"]
if heads_elsewhere := os.environ.get("FORTHRIGHT_HEADS"):
    RECORD_HEADS.append(Path(heads_elsewhere))

# Background work: the worker's own name, and modules that add KINDS and SCHEDULES of jobs.
EXECUTOR = os.environ.get("FORTHRIGHT_EXECUTOR", "")
EXTRA_JOBS = [name for name in os.environ.get("FORTHRIGHT_EXTRA_JOBS", "").split(",") if name]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Below a warning it names whoever signs in; the record of what was done keeps that instead.
        "axes": {"level": "WARNING"},
        # They tell of every step of every PDF.
        "weasyprint": {"level": "ERROR"},
        "weasyprint.progress": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
