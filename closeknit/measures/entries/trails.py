"""The way up the tree from an entry, and the states of its records."""

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.page import Crumb
from closeknit.console.parts import Badge
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.registry.reading.telling import Line

STATES = {
    "stands": Badge(Text("Stands", "有效"), "good"),
    "put_right": Badge(Text("Put right", "已更正"), "quiet"),
    "withdrawn": Badge(Text("Withdrawn", "已作废"), "bad"),
}


def crumbs(account: Account, area: str, *beyond: Crumb) -> list[Crumb]:
    """The way down to an area and into it, as far as the account sees."""
    row = Area.objects.current().filter(code=area).first()
    if row is None:
        return list(beyond)
    return [*links.above(account, row, "register.area"), (row.name, links.to("register.area", area=row.code)), *beyond]


def shown(lines: list[Line], *, register: bool) -> list[tuple[Line, Badge]]:
    """The lines of a history with their states: changes of the register, or everything else."""
    return [(line, STATES[line.state]) for line in lines if (line.measure == "registry") is register]
