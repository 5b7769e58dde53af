"""Whom pasted codes or ID numbers mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from closeknit.registry.entries import id_index
from closeknit.registry.models import Found, Person


@dataclass(frozen=True)
class Pasted:
    """Each line with the code of the person that it means; None where nobody answers to it."""

    meant: Mapping[str, str | None]

    @property
    def codes(self) -> list[str]:
        """Who is meant, each once."""
        return list(dict.fromkeys(filter(None, self.meant.values())))

    @property
    def unknown(self) -> list[str]:
        """The lines that nobody answers to."""
        return [line for line, code in self.meant.items() if code is None]


def pasted(lines: Sequence[str], among: QuerySet[Person], found: QuerySet[Found]) -> Pasted:
    """Whom these lines mean; a statement for the codes, one for the numbers, one for those who were found."""
    wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    indexes = {index: line for line in wanted if (index := id_index(line))}
    by_code = {*among.filter(code__in=wanted).values_list("code", flat=True), *found.filter(code__in=wanted).values_list("code", flat=True)}
    by_id = {indexes[bytes(row.id_index)]: row.code for row in among.filter(id_index__in=indexes) if row.id_index}
    return Pasted({line: line if line in by_code else by_id.get(line) for line in wanted})
