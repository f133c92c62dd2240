"""The start page, help, and the accessibility statement."""

from django.urls import path

from forthright.home import views

app_name = "home"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
