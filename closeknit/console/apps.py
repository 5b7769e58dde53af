"""Django's handle on this package."""

from importlib import import_module

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The app `console`."""

    name = "closeknit.console"
    label = "console"

    def ready(self) -> None:
        """Register the console's own screens; only now are the models there that they read."""
        import_module("closeknit.console.own")
        import_module("closeknit.console.records.own")
