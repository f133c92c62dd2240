"""The addresses of a letter and its words."""

from django.urls import path

from forthright.letters import views

app_name = "letters"
urlpatterns = [
    path("letters/<int:duty_id>/", views.letter, name="letter"),
]
