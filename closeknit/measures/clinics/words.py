"""What is said of medical institutions."""

from closeknit.console.parts import Badge, Empty
from closeknit.kit.text import Text
from closeknit.measures.clinics.standing import Institution

FAULTS = {
    "triage_fails": Text("triage does not work", "预检分诊不规范"), "triage_none": Text("no triage", "未设预检分诊"),
    "fever_clinic_fails": Text("fever clinic does not work", "发热门诊不规范"),
    "fever_clinic_none": Text("no fever clinic", "未设发热门诊"),
    "scanning": Text("entries are not registered", "未落实进入登记"),
}  # fmt: skip
NEVER, LATE = Badge(Text("Never checked", "从未检查"), "bad"), Badge(Text("Check overdue", "逾期未查"), "watch")
FAULTY, IN_ORDER = Badge(Text("Not in order", "存在问题"), "bad"), Badge(Text("In order", "正常"), "good")
MISSING, REPORTED = Badge(Text("Not reported", "未报"), "watch"), Badge(Text("Reported", "已报"), "good")
NONE = Empty(
    Text("No medical institution lies here", "本辖区暂无医疗机构"),
    Text(
        "They come with places.csv: hospital, private_hospital, health_centre, clinic, village_clinic. Private ones belong there too.",
        "医疗机构（含民营）随 places.csv 导入，类别为 hospital、private_hospital、health_centre、clinic、village_clinic。",
    ),
    icon="shield-check",
)


def wrong(held: Institution) -> list[str]:
    """What the check found, in words."""
    return [*(str(FAULTS[each]) for each in held.faults if each in FAULTS), *held.problems]


def in_words(held: Institution) -> str:
    """All of it on one line."""
    return str(Text("; ", "；")).join(wrong(held))


def badge(held: Institution) -> Badge:
    """How an institution stands by its check."""
    if held.check is None:
        return NEVER
    return FAULTY if held.faults else LATE if held.late else IN_ORDER
