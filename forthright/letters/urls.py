"""The addresses of a letter and its words."""

from django.urls import path

from forthright.letters import views

app_name = "letters"
urlpatterns = [
    path("letters/<int:duty_id>/", views.letter, name="letter"),
    path("letters/<int:duty_id>/words/add/", views.words_add, name="words_add"),
    path("letters/<int:duty_id>/words/<int:number>/", views.words, name="words"),
]
