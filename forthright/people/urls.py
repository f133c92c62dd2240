"""Addresses of signing in, of one's own account, and of the people of an Area."""

from django.urls import include, path

from forthright.people.views import account, people, signing_in, single_sign_on

ours = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/demo/", signing_in.demo, name="demo"),
    path("sign-in/demo/<int:person_id>/", signing_in.demo_sign_in, name="demo_sign_in"),
    path("sign-in/forgotten/", signing_in.password_forgotten, name="password_forgotten"),
    path(
        "sign-in/password/<str:reference>/<str:token>/",
        signing_in.password_set,
        name="password_set",
    ),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password_change, name="password_change"),
    path("account/second-step/", account.second_step_set_up, name="second_step"),
    path("account/second-step/remove/", account.second_step_remove, name="second_step_remove"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/change/", people.person_change, name="person_change"),
    path("people/<int:person_id>/close/", people.person_close, name="person_close"),
    path("people/<int:person_id>/invite/", people.person_invite, name="person_invite"),
    path("people/<int:person_id>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/<int:person_id>/new-phone/", people.person_new_phone, name="person_new_phone"),
]

# The sign-in library looks its pages up by these names; no other page of its is reachable.
library_names = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/code/", signing_in.second_step_ask, name="mfa_authenticate"),
    path("account/confirm/", signing_in.confirm_password, name="account_reauthenticate"),
    path("account/confirm/code/", signing_in.confirm_code, name="mfa_reauthenticate"),
    path(
        "sign-in/<str:provider_id>/start/",
        single_sign_on.organisation,
        name="openid_connect_login",
    ),
    path(
        "sign-in/<str:provider_id>/return/",
        single_sign_on.organisation_return,
        name="openid_connect_callback",
    ),
    path(
        "sign-in/cancelled/",
        single_sign_on.organisation_cancelled,
        name="socialaccount_login_cancelled",
    ),
]

# "accounts" is the word of the navigation; the room below keeps who people are and may do.
urlpatterns = [path("", include((ours, "accounts"))), *library_names]
