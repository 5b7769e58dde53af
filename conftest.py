"""What every test of the project can use, wherever it stands."""

pytest_plugins = ("tests.browser", "tests.field.phones", "tests.scenarios", "tests.town", "tests.tokens")
