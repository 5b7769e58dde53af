"""Django's handle on this package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The app `access`."""

    name = "closeknit.access"
    label = "access"
