"""The doors as a file."""

from django.http import HttpResponse
from django.utils.timezone import localtime

from closeknit.console.records.files import table_file
from closeknit.kit.text import Text
from closeknit.measures.doorknock.doors import Door

HEADS = (
    Text("Household", "户编号"),
    Text("Area", "地区"),
    Text("First in the household", "首位住户"),
    Text("Address", "地址"),
    Text("Last word", "最近结果"),
    Text("When", "时间"),
    Text("By", "走访人"),
    Text("Tries", "上门次数"),
    Text("Refusals", "拒绝次数"),
)


def doors_file(form: str, rows: list[Door], name: str) -> HttpResponse:
    """The doors as xlsx or csv."""
    return table_file(form, HEADS, map(_cells, rows), name)


def _cells(door: Door) -> tuple[str | int, ...]:
    name, address = (door.called.name, door.called.address) if door.called else ("", "")
    when = localtime(door.last).strftime("%Y-%m-%d %H:%M") if door.last else ""
    return (door.code, door.area_name, name, address, str(door.badge.label), when, door.member, door.tries, door.refusals)
