"""The one app of the project."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Questions, learners and what they remember."""

    name = "cards"
    default_auto_field = "django.db.models.BigAutoField"
