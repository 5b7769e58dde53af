"""Django's handle on this package."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The app `console`."""

    name = "closeknit.console"
    label = "console"
