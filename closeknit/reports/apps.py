"""Django's handle on this package; declares its kinds and sections."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The app `reports`."""

    name = "closeknit.reports"
    label = "reports"

    def ready(self) -> None:
        """Declares the kinds and the sections that belong to no measure, and what goes when its time is over."""
        from closeknit.reports import kinds, own_sections  # noqa: F401 apps must be loaded first
        from closeknit.reports.papers import notes  # noqa: F401 apps must be loaded first
