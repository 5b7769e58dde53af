"""Django's handle on this package."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The app `policy`."""

    name = "closeknit.policy"
    label = "policy"
