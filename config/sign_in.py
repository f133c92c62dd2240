"""Settings about signing in: passwords, the second step, single sign-on, lock-out."""

import os
from datetime import timedelta
from typing import Any

from config.environment import is_on

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:overview"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "accounts:sign_in"

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
# The key before the last change still reads what it wrote: what phones share, and sessions.
SECRET_KEY_FALLBACKS = [key for key in [os.environ.get("FORTHRIGHT_OLD_SECRET_KEY")] if key]
# A link to set a password works for three days.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

ACCOUNT_ADAPTER = "forthright.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "forthright.people.forms.SignInForm",
    "reauthenticate": "forthright.people.forms.ConfirmPasswordForm",
}
# How many servers stand between the reader and this one; their word on addresses is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FORTHRIGHT_PROXIES") or 0)

MFA_ADAPTER = "forthright.people.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Forthright"
MFA_TOTP_TOLERANCE = 1  # half a minute each way: office clocks drift
MFA_FORMS = {
    "authenticate": "forthright.people.forms.SecondStepForm",
    "reauthenticate": "forthright.people.forms.ConfirmCodeForm",
}


def single_sign_on() -> dict[str, Any]:
    """Return the Area's own sign-in service, where the environment names one."""
    issuer = os.environ.get("FORTHRIGHT_OIDC_ISSUER", "")
    if not issuer:
        return {}
    service = {
        "provider_id": "organisation",
        "name": os.environ.get("FORTHRIGHT_OIDC_NAME") or "your organisation",
        "client_id": os.environ.get("FORTHRIGHT_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("FORTHRIGHT_OIDC_CLIENT_SECRET", ""),
        "settings": {
            "server_url": issuer,
            # Some services never say that an email address is verified. Believe them only when
            # every address they give is kept by the organisation itself.
            "verified_email": is_on("FORTHRIGHT_OIDC_EMAILS_ARE_VERIFIED"),
        },
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [service]}}


SOCIALACCOUNT_ADAPTER = "forthright.people.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on()
# A form may not lead away from this site (Content-Security-Policy), so the button is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# By account and not by network address: an office shares one address, an attacker has many.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "forthright.people.lock_out.account_key"
AXES_LOCKOUT_CALLABLE = "forthright.people.lock_out.show_locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
# Behind https, FORTHRIGHT_HTTPS=1 makes cookies travel only encrypted.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = is_on("FORTHRIGHT_HTTPS")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if is_on("FORTHRIGHT_HTTPS") else 0
