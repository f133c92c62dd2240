"""The provider's sign-in page and its protocol."""

from django.contrib.auth import authenticate, login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path


def sign_in(request):
    """Ask for a name and a password, then go on to where the person came from."""
    if request.method == "POST":
        person = authenticate(request, username=request.POST["name"], password="password")
        login(request, person)
        return redirect(request.GET["next"])
    return HttpResponse("<h1>The organisation’s sign-in</h1>")


urlpatterns = [
    path("login/", sign_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
