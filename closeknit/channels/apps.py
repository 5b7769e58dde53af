"""Django's handle on this package."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """The app `channels`."""

    name = "closeknit.channels"
    label = "channels"
