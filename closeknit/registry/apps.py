"""Django's handle on this package."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "closeknit.registry"
    label = "registry"
