"""Records that do not count yet: refused or waiting, with the reason; and devices that counted on past records which have not come."""

from dataclasses import dataclass, replace
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Field
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Refusal
from closeknit.measures.arrivals.watch import devices, open_refusals
from closeknit.measures.command.kinds import Look, moment
from closeknit.policy.packs import Policy, policy

STATES = {
    "rejected": (Text("Refused", "退回"), "bad"),
    "conflict": (Text("Conflict", "冲突"), "bad"),
    "waiting": (Text("Waiting", "待补"), "watch"),
}
REASONS = {
    "missing": Text("Something required is missing.", "缺少必填项。"),
    "unknown_area": Text("Names an area that does not exist.", "地区代码不存在。"),
    "unknown_kind": Text("This kind of record is not known here. Update the app.", "未知的登记类型，请更新应用。"),
    "unknown_code": Text("Not one of the allowed codes.", "不是允许的代码。"),
    "not_known_yet": Text(
        "Names somebody or something not known yet; judged again when that comes.", "引用的户、人或场所尚未收到，到后自动重判。"
    ),
    "wrong_type": Text("A value has the wrong type or lies outside what is allowed.", "取值类型不对或超出范围。"),
    "wrong_time": Text("The time cannot be read.", "时间格式不对。"),
    "future_time": Text("Its time lies more than a day ahead. Check the device's clock.", "时间超前一天以上，请核对设备时钟。"),
    "conflict": Text("The same number with other content; the first stands.", "同一编号内容不同，以先到为准。"),
    "not_by_phone": Text("No phone may say this; it is done at the console.", "手机不能登记此类事项，请在后台办理。"),
    "care_first": Text("Somebody in need of care is never turned away.", "急难就医人员一律不得劝返。"),
    "too_long": Text("A text is too long.", "文字过长。"),
    "bad_character": Text("A text holds a character that is none.", "文字含无效字符。"),
    "too_large": Text("A number is too large.", "数字过大。"),
    "not_storable": Text("The database cannot hold it. Tell whoever runs the server.", "数据库无法登记，请联系系统管理员。"),
    "too_deep": Text("It is nested too deep. Update the app.", "数据层级过深，请更新应用。"),
    "out_of_range": Text("The end lies before the beginning, or a value outside its range.", "结束早于开始，或取值超出范围。"),
    "outside": Text("Goes to areas that do not lie below the sender.", "接收单位不属于发出单位的下级。"),
    "twice": Text("Something stands in a list twice.", "清单中有重复项。"),
    "contradicts": Text("Two answers contradict each other.", "前后填写矛盾。"),
    "against_rule": Text("The rules in force do not allow it.", "现行规则不允许。"),
    "unknown": Text("Names somebody or something that is not there.", "引用的人员或事项不存在。"),
    "unqualified": Text("Whoever stands there lacks a skill that the post asks for.", "上岗人员缺少岗位所需资质。"),
    "not_reached": Text("Nobody was met, so nobody can have answered.", "未见到人，不能有答复内容。"),
    "no_phone": Text("Who has no phone shows no code and is not refused for it.", "无手机者不出示码，也不得因此被拒。"),
    "before": Text("The last day lies before the first.", "截止日期早于开始日期。"),
    "other_kind": Text("A correction is of the same kind as what it corrects.", "更正须与原记录类型相同。"),
}
WHY = Text("{who}, {field}: {why}", "{who} · {field}：{why}")
CLEAR = Text("Dealt with", "登记处理")
MISSING = Text("{why} {remedy}", "{why}{remedy}")
UNKNOWN = Text("Unknown: {name}", "未知事项（{name}）")
FIELDS = {
    "kind": Text("Kind of record", "登记事项"),
    "id": Text("Number of the record", "记录编号"),
    "at": Text("Time", "时间"),
    "area": Text("Area", "地区"),
    "household": Text("Household", "户"),
    "person": Text("Person", "人员"),
    "place": Text("Place", "场所"),
    "member": Text("Member", "上传人"),
    "seq": Text("Running number", "流水号"),
    "device": Text("Device", "设备"),
    "clock_error": Text("The clock's error", "时钟偏差"),
    "corrects": Text("Record put right", "被更正记录"),
}
NONE = Empty(
    Text("Every record counts", "全部记录均已计入"),
    Text("Nothing is refused or waiting in this area.", "本辖区无退回、待补记录。"),
    icon="circle-check",
)


@dataclass(frozen=True)
class Line:
    """One refused or waiting record."""

    row: Refusal
    who: str
    area: str

    @property
    def badge(self) -> Badge:
        return Badge(*STATES.get(self.row.status, (self.row.status, "quiet")))

    @property
    def kind(self) -> Text | str:
        declared = kinds().get(self.row.kind)
        return declared.label if declared else UNKNOWN.format(name=self.row.kind) if self.row.kind else "—"

    @property
    def notice(self) -> Notice:
        """Who sent it, and why it does not count."""
        return Notice(WHY.format(who=self.who, field=self.field or "", why=self.reason), "watch")

    @property
    def field(self) -> Text | str | None:
        """The part of the record that was doubted, in the words of its form."""
        name, own = self.row.field.removeprefix("data."), self._own
        return (own.label if own else None) or FIELDS.get(name, name) or None

    @property
    def _own(self) -> Field | None:
        """The field of its kind that was doubted."""
        name, declared = self.row.field.removeprefix("data."), kinds().get(self.row.kind)
        return next((shape.field for shape in declared.shapes if shape.name == name), None) if declared else None

    @property
    def reason(self) -> Text | str:
        """Why it does not count; of what is missing also what the form says of it."""
        why, own = REASONS.get(self.row.reason, self.row.reason), self._own
        return MISSING.format(why=why, remedy=own.help) if self.row.reason == "missing" and own and own.help else why


STATE = Filter("state", Text("State", "状态"), equals("status"), choices=[(key, word) for key, (word, _) in STATES.items()])
LISTING = Listing(
    columns=(
        Column("kind", Text("Record", "登记事项"), lambda line: line.kind, sort=("kind", "received_at", "id"), phone="title"),
        Column("state", Text("State", "状态"), lambda line: line.badge, sort=("status", "received_at", "id"), phone="end"),
        Column("reason", Text("Why", "原因"), lambda line: line.reason, sort=("reason", "received_at", "id"), phone="wide"),
        Column("field", Text("Field", "字段"), lambda line: line.field, sort=("field", "received_at", "id")),
        Column("who", Text("Sent by", "上传人"), lambda line: line.who, sort=("member", "received_at", "id")),
        Column("area", Text("Area", "地区"), lambda line: line.area or None, sort=("area", "received_at", "id")),
        Column("at", Text("Received", "收到时间"), lambda line: line.row.received_at, sort=("received_at", "id")),
        Column("device", Text("Device", "设备"), lambda line: line.row.device, sort=("device", "seq", "id"), hidden=True),
    ),
    order="-at",
    empty=NONE,
    search=words_in("device", "member", "reason", "kind"),
    dress=lambda rows: dressed(rows),
)


def _kinds(pack: Policy) -> Filter:
    """The kinds that the pack in force asks for."""
    asked = [(name, kind.label) for name, kind in sorted(kinds().items()) if pack.has(kind.feature)]
    return Filter("kind", Text("Kind", "事项"), equals("kind"), choices=asked)


def dressed(rows: list[Refusal]) -> list[Line]:
    """The rows with the names of who sent them and of their areas."""
    who = names.members(row.member for row in rows)
    areas = Area.objects.names({row.area for row in rows})
    return [Line(row, who.get(row.member, row.member), areas.get(row.area, row.area)) for row in rows]


def _act(area: str, line: Line) -> Action:
    return Action(CLEAR, reverse("arrivals.clear", args=[area, line.row.id]), "check")


def records(request: Request, area: str) -> HttpResponse:
    """What has not arrived whole, in an area and below."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    look = Look(request.account, row, at.now, at.as_of, pack)
    waiting = devices(look)
    who = names.members(case.member for case in waiting)
    shown = [(case, who.get(case.member, case.member), localtime(case.since) if case.since else None) for case in waiting]
    context = {"devices": shown[:50], "at": at}
    crumbs = [(row.name, look.link(reverse("command.board", args=[area])))]
    rows = open_refusals(area, at.as_of).defer("body", "digest")
    act = Column("act", Text("Next", "下一步"), partial(_act, area), export=lambda line: "", phone="wide")
    may = can(request.account, "ledger.record")
    listing = replace(LISTING, filters=(STATE, _kinds(pack)), columns=(*LISTING.columns, *((act,) if may else ())))
    return listing.respond(request, rows, template="arrivals/records.html", context=context, crumbs=crumbs)
