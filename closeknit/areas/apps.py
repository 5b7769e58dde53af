"""Django's handle on this package."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """The app `areas`."""

    name = "closeknit.areas"
    label = "areas"
