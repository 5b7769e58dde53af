"""THE table of addresses: what each asks for, and where its sample lies. An address that is missing here fails a test."""

from dataclasses import dataclass
from pathlib import Path

TABLE = (Path(__file__).parent / "addresses.txt").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    name: str
    permission: str
    lies_in: str


ADDRESSES = tuple(
    Address(name, "" if permission == "-" else permission, lies_in)
    for name, permission, lies_in in (line.split() for line in TABLE.splitlines() if not line.startswith("#"))
)
