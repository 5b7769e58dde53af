"""What can be said at a post on a road, a wharf or a gate."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Decision, Field, Invalid, Quantity, Temperature, Time, Words
from closeknit.ledger.kinds import Said, kind

WHEREABOUTS = "whereabouts"


class Vehicle(Code):
    """What came."""

    CAR = "car", "Car", "轿车"
    BUS = "bus", "Bus", "客车"
    TRUCK = "truck", "Truck", "货车"
    VESSEL = "vessel", "Vessel", "船只"
    OTHER = "other", "Other", "其他"


class Colour(Code):
    """The colour that somebody showed; never evidence for anything."""

    GREEN = "green", "Green", "绿码"
    YELLOW = "yellow", "Yellow", "黄码"
    RED = "red", "Red", "红码"
    NONE = "none", "None", "无码"


class TravelCard(Code):
    """What the travel card said; never evidence for anything."""

    CLEAR = "clear", "Nothing marked", "无异常"
    MARKED = "marked", "A place is marked", "有标记"
    NONE = "none", "None shown", "未出示"


class Counter(Code):
    """What counted."""

    BARRIER = "barrier", "Barrier", "道闸"
    CAMERA = "camera", "Camera", "摄像头"
    COUNT = "count", "Second person", "人工复点"


@kind(
    "checkpoints.vehicle_checked",
    Text("Vehicle checked", "车船查验"),
    retention=WHEREABOUTS,
    whereabouts=True,
    needs=("place",),
    may=("person", "household"),
    examples=({"vehicle": "car", "plate": "湘U00000", "occupants": 2, "decision": "admitted"},),
)
class VehicleChecked(Said):
    """A vehicle or a vessel came to the post. Turned away without a reason it is accepted and listed as owing one."""

    vehicle: Annotated[Vehicle, Field(Text("Vehicle", "车船类型"))]
    decision: Annotated[Decision, Field(Text("Decision", "处置"))]
    plate: Annotated[Words, Field(Text("Plate or ship's name", "车牌或船名"), "personal")] = ""
    occupants: Annotated[Count | None, Field(Text("People on board", "车上人数"))] = None
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""


@kind(
    "checkpoints.tallied",
    Text("Passages counted", "过卡计数"),
    retention="open",
    needs=("place",),
    examples=({"vehicles": 40, "persons": 96, "by": "camera"},),
)
class Tallied(Said):
    """What a barrier, a camera or a second person counted, to hold the checks against."""

    by: Annotated[Counter, Field(Text("Counted by", "计数方式"))]
    vehicles: Annotated[Count | None, Field(Text("Vehicles", "车辆"))] = None
    vessels: Annotated[Count | None, Field(Text("Vessels", "船只"))] = None
    persons: Annotated[Count | None, Field(Text("Persons", "人员"))] = None


@kind(
    "checkpoints.person_checked",
    Text("Person checked", "人员查验"),
    retention=WHEREABOUTS,
    whereabouts=True,
    needs=("place",),
    may=("person", "household"),
    examples=({"temperature": 36.5, "test_within_h": 48, "decision": "admitted"}, {"emergency": True, "decision": "admitted"}),
)
class PersonChecked(Said):
    """Somebody came to the post. Somebody in need of care is never turned away (see failures.md, rules that blocked care)."""

    decision: Annotated[Decision, Field(Text("Decision", "处置"))]
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    temperature: Annotated[
        Temperature | None, Field(Text("Temperature", "体温"), "health", unit=Text("°C", "°C"), feature="temperature")
    ] = None
    test_at: Annotated[Time, Field(Text("Time of the last test", "最近一次核酸时间"), "health", feature="testing")] = ""
    test_within_h: Annotated[
        Quantity | None,
        Field(Text("Last test within", "最近一次核酸时限"), "health", unit=Text("hours", "小时内"), feature="testing"),
    ] = None
    colour: Annotated[Colour | None, Field(Text("Colour shown", "出示码色"), "health", feature="health_code")] = None
    travel_card: Annotated[TravelCard | None, Field(Text("Travel card", "行程卡"), "health", feature="health_code")] = None
    no_phone: Annotated[bool, Field(Text("Has no phone", "无手机"))] = False
    emergency: Annotated[bool, Field(Text("Emergency", "急难就医"))] = False
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        if self.emergency and self.decision is Decision.TURNED_AWAY:
            raise Invalid(
                "data.decision", "care_first", Text("Somebody in need of care is never turned away.", "急难就医人员一律不得劝返。")
            )
        if self.decision is not Decision.ADMITTED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the person was not let through.", "未放行须写明原因。"))
