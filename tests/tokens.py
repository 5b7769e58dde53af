"""Pages of tests without chance in them: a form's random token could hold any short code that a test looks for."""

import pytest
from django.utils import translation

FIXED = "----"


@pytest.fixture(autouse=True)
def fixed_tokens(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms carry a fixed token, but in walks: a real browser needs a real one, and so does a test of tokens (marker `tokens`)."""
    if not request.node.get_closest_marker("browser") and not request.node.get_closest_marker("tokens"):
        monkeypatch.setattr("django.template.context_processors.get_token", lambda _: FIXED)


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", "tokens: forms carry real tokens")


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Each test begins in the language of the installation: a page that was asked for before leaves its own behind."""
    translation.deactivate()
