"""Django's handle on this package; declares what can be said of key populations."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The app `campaigns`."""

    name = "closeknit.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Declares the kinds and projections of key populations."""
        from closeknit.campaigns.cadences import kinds, projections  # noqa: F401 apps must be loaded first
