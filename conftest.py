"""What every test of the project can use, wherever it stands."""

from itertools import chain, islice
from typing import Any

import pytest

PAGES = {"client", "sign_in", "cast"}  # who asks for one of them goes through the console
pytest_plugins = ("tests.browser", "tests.field.phones", "tests.scenarios", "tests.town", "tests.tokens")


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """Names bytes by their place: they may hold a time or a new id, and every worker must give a test the same name."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches no database says the same on either engine; of generated days one is enough to ask the second engine. What a measure's
    pages say is asked once: PostgreSQL opens every page in tests/everywhere, and reckons every figure and projection.

    Tests of minutes come first, one to each worker in turn, so that the others fill the rest.
    """
    long = [item for item in items if item.get_closest_marker("long")]
    rest = iter([item for item in items if not item.get_closest_marker("long")])
    items[:] = [*chain.from_iterable([item, *islice(rest, 1)] for item in long), *rest]
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        without = not item.get_closest_marker("django_db") and not {"db", "transactional_db", "live_server"} & set(fixtures)
        call = getattr(item, "callspec", None)
        of_pages = PAGES & set(fixtures) and "closeknit/measures/" in str(item.path)
        if without or of_pages or (call and call.params.get("seed")):
            item.add_marker(pytest.mark.either)
