"""Django's handle on this package; hands the register's answer to the ledger."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "closeknit.registry"
    label = "registry"

    def ready(self) -> None:
        """Declares the kinds and projections, and answers the ledger from now on."""
        from closeknit.ledger.register import install  # apps must be loaded first
        from closeknit.registry import kinds, projections  # noqa: F401 apps must be loaded first
        from closeknit.registry.known import known  # apps must be loaded first

        install(known)
