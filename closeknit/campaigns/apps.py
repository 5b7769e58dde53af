"""Django's handle on this package."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The app `campaigns`."""

    name = "closeknit.campaigns"
    label = "campaigns"
