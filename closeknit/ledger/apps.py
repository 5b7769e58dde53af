"""Django's handle on this package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app `ledger`."""

    name = "closeknit.ledger"
    label = "ledger"
