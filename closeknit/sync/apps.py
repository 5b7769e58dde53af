"""Django's handle on this package."""

from importlib import import_module

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """The app `sync`."""

    name = "closeknit.sync"
    label = "sync"

    def ready(self) -> None:
        """Letters go with the records of the longest class; only now are the models there."""
        import_module("closeknit.sync.expiry")
