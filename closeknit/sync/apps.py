"""Django's handle on this package."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """The app `sync`."""

    name = "closeknit.sync"
    label = "sync"
