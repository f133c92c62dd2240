"""The start page, the rooms of less use, help, and the accessibility statement."""

from django.urls import path

from forthright.home import views

app_name = "home"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("more/", views.more, name="more"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
