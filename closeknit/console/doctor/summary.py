"""All checks one after another, and the settings that are in force."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from closeknit import environment
from closeknit.console.doctor import database, fitness, machine, phones
from closeknit.console.doctor.finding import Finding


def examine() -> Iterator[Finding]:
    """Every check of `closeknit doctor`."""
    yield from database.examine()
    yield from machine.examine()
    yield from phones.examine()
    yield from fitness.examine()


def variables() -> Iterator[tuple[str, str, str]]:
    """Name, value in force and meaning of every setting; no password is shown."""
    for variable in environment.VARIABLES:
        yield variable.name, without_password(environment.text(variable.name)), variable.meaning


def without_password(value: str) -> str:
    """The value with the password of an address blotted out."""
    password = urlsplit(value).password if "://" in value else None
    return value.replace(f":{password}@", ":…@") if password else value
