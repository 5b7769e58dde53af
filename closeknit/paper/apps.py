"""Django's handle on this package."""

from importlib import import_module

from django.apps import AppConfig


class PaperConfig(AppConfig):
    """The app `paper`."""

    name = "closeknit.paper"
    label = "paper"

    def ready(self) -> None:
        """Sheets and scans go with the records of their class; only now are the models there."""
        import_module("closeknit.paper.expiry")
