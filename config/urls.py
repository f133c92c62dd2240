"""The addresses of every room."""

from django.urls import include, path

urlpatterns = [
    path("", include("forthright.home.urls")),
    path("", include("forthright.accounts.urls")),
]
