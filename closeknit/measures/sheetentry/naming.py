"""Whom a row is about: as it was printed, as somebody wrote into an empty row, or somebody whom no list knows."""

from dataclasses import dataclass
from uuid import UUID

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.console.records import finding
from closeknit.console.records.saving import Entry
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.sheetentry.lines import NEW, WHERE, WHO, Line
from closeknit.paper.models import Sheet
from closeknit.registry.models import Member

MOST_TOLD = 4
NOBODY = Text("Type the name or the code that stands in this row.", "请填写本行的姓名或编号。")
NOT_FOUND = Text(
    "Nobody and nothing in your area answers to “{words}”. Whom no list knows: tick “in no list”.",
    "辖区内未找到“{words}”。如为名册外对象，请勾选“名册外”。",
)
SEVERAL = Text("Several answer to “{words}”. Type one of the codes: {codes}.", "“{words}”对应多个对象，请填写编号：{codes}。")
NOT_ALLOWED = Text("You may not add anybody to the register. Ask the town's clerk.", "您无权登记名册外对象，请联系乡镇专干。")
NO_WORKER = Text("No worker of your area answers to “{words}”. Type the code.", "辖区工作人员中未找到“{words}”，请填写人员编号。")


@dataclass(frozen=True)
class Named:
    """Somebody and the area where they lie; `first` is what must be told of them before."""

    code: str = ""
    area: str = ""
    first: tuple[Entry, ...] = ()


def named(account: Account, line: Line, sheet: Sheet, found_id: UUID) -> Named:
    """Whom the line is about. Raises `Invalid` beside the cell where somebody else has to be typed."""
    if not sheet.about:
        return Named()
    if line.row.listed:
        return Named(line.row.code, "" if sheet.about == "member" else line.row.area)
    typed = line.typed[WHO]
    if line.typed[NEW] and sheet.about in ("household", "person"):
        return _found(account, line, sheet, found_id)
    if not typed:
        raise Invalid(WHO, "missing", NOBODY)
    return _worker(account, typed) if sheet.about == "member" else _known(account, sheet.about, typed)


def _found(account: Account, line: Line, sheet: Sheet, found_id: UUID) -> Named:
    if not can(account, "registry.record"):
        raise Invalid(NEW, "not_allowed", NOT_ALLOWED)
    if not line.typed[WHO] and not line.typed[WHERE]:
        raise Invalid(WHO, "missing", NOBODY)
    said = {"what": sheet.about, "name": line.typed[WHO], "landmark": line.typed[WHERE]}
    entry = Entry(found_id, "registry.found", sheet.area, {name: value for name, value in said.items() if value})
    return Named(f"found:{found_id}", sheet.area, (entry,))


def _known(account: Account, about: str, typed: str) -> Named:
    reference: finding.Reference = about  # type: ignore[assignment]
    try:
        one = finding.resolve(account, reference, typed, "")
    except Invalid as invalid:
        if invalid.reason != "several":
            raise Invalid(WHO, "unknown", NOT_FOUND.format(words=typed)) from invalid
        codes = ", ".join(each.code for each in finding.found(account, reference, typed)[:MOST_TOLD])
        raise Invalid(WHO, "several", SEVERAL.format(words=typed, codes=codes)) from invalid
    assert one is not None
    return Named(one.code, one.area)


def _worker(account: Account, typed: str) -> Named:
    here = visible(Member.objects.current(), account)
    found = list(here.filter(code=typed)[:1]) or list(here.filter(name=typed)[:2])
    if len(found) != 1:
        raise Invalid(WHO, "unknown", NO_WORKER.format(words=typed))
    return Named(found[0].code)
