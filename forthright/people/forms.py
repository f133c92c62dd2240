"""The forms of signing in and of keeping people, with their words."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import get_totp_secret
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache

from forthright.accounts.models import Area, Role, Unit, User
from forthright.web.meanwhile import opened_field
from forthright.web.widgets import NameField, WrittenField

HARD_TO_GUESS = (
    "At least 12 characters. Three unrelated words are good. "
    "Not your name, and not one you use elsewhere."
)

A_CODE = {"inputmode": "numeric", "class": "govuk-input--width-10"}


def plain(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    """Give a field of the library our own words, and no placeholder."""
    field.label = label
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """Email address and password."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        plain(self.fields["login"], "Email address", autocomplete="username", spellcheck="false")
        plain(self.fields["password"], "Password")
        self.fields["login"].error_messages["required"] = "Enter your email address"
        self.fields["login"].error_messages["invalid"] = (
            "Enter an email address, such as name@example.gov.uk"
        )
        self.fields["password"].error_messages["required"] = "Enter your password"


class ConfirmPasswordForm(ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        plain(self.fields["password"], "Password")
        self.fields["password"].error_messages["required"] = "Enter your password"


class EachCodeOnce(forms.Form):
    """Refuses a code that was used in the last two minutes."""

    user: User

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        plain(self.fields["code"], "Code", **A_CODE)
        self.fields["code"].error_messages["required"] = "Enter the code"

    def clean_code(self) -> str:
        """Return the code if it is right and not used before."""
        code = super().clean_code()  # type: ignore[misc]
        digits = "".join(each for each in code if each.isalnum())
        if not cache.add(f"second-step-{self.user.pk}-{digits}", "used", timeout=120):
            raise forms.ValidationError("That code was used before. Wait for the next one.")
        return code


class SecondStepForm(EachCodeOnce, AuthenticateForm):
    """The code from the phone, or a recovery code."""


class ConfirmCodeForm(EachCodeOnce, ReauthenticateCodeForm):
    """The code again, before something that matters."""


class SetUpSecondStepForm(EachCodeOnce, ActivateTOTPForm):
    """The first code, which shows that the phone was set up rightly, and is used up by that."""

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        # The library's own start makes a new secret at each look, so that a page loaded again
        # would refuse the phone that has just scanned it.
        forms.Form.__init__(self, *arguments, **named)
        self.user = user
        self.secret = get_totp_secret()
        plain(self.fields["code"], "Code from the app", "6 digits, such as 123456", **A_CODE)
        self.fields["code"].error_messages["required"] = "Enter the code that the app shows"


class ForgottenPasswordForm(forms.Form):
    """Where to send a link."""

    email = forms.EmailField(
        label="Email address",
        help_text="The one your account is under",
        error_messages={"required": "Enter your email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class SetPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="New password",
        help_text=HARD_TO_GUESS,
        strip=False,
        error_messages={"required": "Enter a password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="New password again",
        strip=False,
        error_messages={"required": "Enter the password again"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, person: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.person = person

    def clean_password(self) -> str:
        """Return the password if it is hard enough to guess."""
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> None:
        """Refuse two different passwords."""
        first, second = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if first and second and first != second:
            self.add_error("again", "The two passwords are not the same")


class FullNameForm(forms.Form):
    """What a person is called."""

    full_name = NameField(
        label="Full name",
        max_length=120,
        help_text="As it should stand on a letter",
        error_messages={"required": "Enter the person's full name"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EmailForm(forms.Form):
    """Where a person is reached."""

    email = forms.EmailField(
        label="Email address",
        help_text="The invitation goes here. They sign in with it, and it cannot be changed.",
        error_messages={
            "required": "Enter the person's email address",
            "invalid": "Enter an email address, such as name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PersonForm(FullNameForm):
    """Who a person is and what they are here for."""

    opened = opened_field()
    job_title = WrittenField(
        label="Job title (optional)",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *Role.choices],
        help_text="The role decides what they may see and do",
        error_messages={"required": "Choose a role"},
    )
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="No unit: works for the whole Area",
    )

    def __init__(self, *arguments: Any, area: Area, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["unit"].queryset = Unit.objects.filter(area=area)  # type: ignore[attr-defined]


class AddPersonForm(PersonForm, EmailForm):
    """A new person, with the address that the invitation goes to."""

    field_order = ["full_name", "email", "job_title", "role", "unit"]


class FoundAreaForm(FullNameForm, EmailForm):
    """A new Area with its first administrator, as the command names them."""

    area = NameField(
        label="Area", max_length=80, error_messages={"required": "Enter the name of the Area"}
    )


class FindPeopleForm(forms.Form):
    """Which people to list."""

    words = WrittenField(label="Name or email", required=False)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "All roles"), *Role.choices]
    )
    standing = forms.ChoiceField(
        label="Account",
        required=False,
        choices=[("", "Open accounts"), ("closed", "Closed accounts")],
    )
