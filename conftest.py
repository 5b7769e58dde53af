"""What every test of the project can use, wherever it stands."""

from typing import Any

import pytest

pytest_plugins = ("tests.browser", "tests.field.phones", "tests.scenarios", "tests.town", "tests.tokens")


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """Names bytes by their place: they may hold a time or a new id, and every worker must give a test the same name."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches no database says the same on either engine; of generated days one is enough to ask the second engine."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        without = not item.get_closest_marker("django_db") and not {"db", "transactional_db", "live_server"} & set(fixtures)
        call = getattr(item, "callspec", None)
        if without or (call and call.params.get("seed")):
            item.add_marker(pytest.mark.either)
