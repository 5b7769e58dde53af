"""The questions of the residents' forms, on the page and on paper."""

from closeknit.console.forms import FormField
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code
from closeknit.measures.care.kinds import Matter, Urgency
from closeknit.measures.returnees.kinds import RiskStay
from closeknit.policy.packs import Policy

LONGEST_NAME, LONGEST_WORDS = 40, 500
TRANSPORT = (
    ("car", Text("Car", "自驾")), ("bus", Text("Bus", "汽车")), ("train", Text("Train", "火车")), ("plane", Text("Plane", "飞机")),
    ("ship", Text("Ship", "轮船")), ("other", Text("Other", "其他")),
)  # fmt: skip
STAYED = Text("In the last {n} days, were you in an area listed as of high or medium risk?", "近 {n} 天是否到过中高风险地区？")
LISTED = Text("Listed now: {areas}", "目前在列：{areas}")
STAY = (
    (RiskStay.HIGH.value, Text("Yes, high risk", "到过高风险区")), (RiskStay.MEDIUM.value, Text("Yes, medium risk", "到过中风险区")),
    (RiskStay.LOW.value, Text("No", "没有")),
)  # fmt: skip
FORM = FormField("form", "", "hidden", required=True, maximum=36)
ADDRESS = FormField(
    "address", Text("Where they will live here: village group, door", "本地住址：村民小组、门牌"), required=True, maximum=80
)
PHONE = Text("Telephone under which you are reached", "联系电话")
OBJECTION = FormField("words", Text("Why you object", "异议理由"), "long_text", required=True, maximum=LONGEST_WORDS)


def of_return(pack: Policy, *, door: bool, listed: str = "") -> list[FormField]:
    """Declaring a return. door: where they live must be told, since no card says it. listed: the areas that are of a risk class now."""
    fields = [
        FormField("name", Text("Name of who comes", "返乡人姓名"), required=True, maximum=LONGEST_NAME),
        FormField("phone", PHONE, required=door, maximum=30),
        *([ADDRESS] if door else []),
        FormField("origin", Text("Comes from (province, city, county)", "从哪里来（省、市、县）"), required=True, maximum=80),
        FormField("via", Text("Other places where they stayed on the way", "途经及停留地"), "list", maximum=200),
        FormField("arrived_at", Text("Day of arrival", "抵达日期"), "date", required=True),
        FormField("transport", Text("How", "交通方式"), "choice", choices=TRANSPORT),
        FormField("transport_no", Text("Train, flight or plate", "车次、航班或车牌"), maximum=30),
    ]
    if pack.has("risk_area"):
        label = STAYED.format(n=pack.get("returnees.lookback_days"))
        fields.append(FormField("risk_stay", label, "choice", choices=STAY, help=LISTED.format(areas=listed) if listed else ""))
    return fields


def _choices(codes: type[Code]) -> list[tuple[str, Text]]:
    return [(each.value, each.label) for each in codes]


def of_help(*, door: bool) -> list[FormField]:
    """Asking for help. door: where they are must be told, since no card says it."""
    return [
        FormField("matter", Text("What for", "求助事项"), "choice", required=True, choices=_choices(Matter)),
        FormField("urgency", Text("How urgent", "紧急程度"), "choice", required=True, choices=_choices(Urgency)),
        FormField("words", Text("In your words", "具体情况"), "long_text", maximum=LONGEST_WORDS),
        FormField("name", Text("Name", "姓名"), maximum=LONGEST_NAME),
        FormField("phone", PHONE, required=door, maximum=30),
        FormField("where", Text("Where you are: village group, door", "所在位置：村民小组、门牌"), required=door, maximum=80),
    ]


ON_PAPER_ORDER = [FormField("packs", Text("Which packs, how many of each", "物资名称和数量"), "long_text")]
ON_PAPER_OBJECTION = [FormField("order", Text("Number of the order", "通知文书编号")), OBJECTION]
