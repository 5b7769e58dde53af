"""Django's handle on the measures: reads their manifests at start-up."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class MeasuresConfig(AppConfig):
    """The app `measures`: reads the manifest of every measure of settings.MEASURES; each measure is an app of its own with its models."""

    name = "closeknit.measures"
    label = "measures"

    def ready(self) -> None:
        """Imports every manifest, so that kinds, campaigns, sections and screens are known."""
        for measure in settings.MEASURES:
            import_module(f"{self.name}.{measure}.measure")
