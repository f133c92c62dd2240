"""The reviews room."""

from django.apps import AppConfig


class ReviewsRoom(AppConfig):
    """Name the room to Django."""

    name = "forthright.reviews"
    label = "reviews"
