"""What every test of the project can use, wherever it stands."""

from typing import Any

pytest_plugins = ("tests.browser", "tests.field.phones", "tests.scenarios", "tests.town", "tests.tokens")


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """Names bytes by their place: they may hold a time or a new id, and every worker must give a test the same name."""
    return argname if isinstance(val, bytes) else None
