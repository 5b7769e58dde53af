"""Django's handle on this package."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The app `reports`."""

    name = "closeknit.reports"
    label = "reports"
