"""Who says what, when and where: places, people and moments of the two days, and the pushes that come of it."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
PUSHI = ROOT / "demo/pushi"
MORE = PUSHI / "more"
ZONE = timezone(timedelta(hours=8))
TOWN, VILLAGE, NEIGHBOUR = "433122108", "433122108202", "433122108203"
EVENING, DAY, NEXT = 17, 18, 19  # of March 2022
CLERK = "clerk"
MOST = 1000  # records that a push holds
LAB, ROUND = "县检测中心", "round-1"
COUNTY = TOWN[:6]
SITE, SITE_2, ISOLATION, STORE, POST = "SITE1", "SITE2", "ISO1", "STORE1", "POST1"
CROSSROADS, PEACE, NEW_STREET, BRIDGE = (f"{TOWN}00{number}" for number in (1, 2, 3, 4))  # the communities of the town itself
PLACES = (  # code, category, name, area, chiefs
    (SITE, "test_site", "浦溪村采样点", VILLAGE, ""), (SITE_2, "test_site", "长坪村采样点", NEIGHBOUR, ""),
    (ISOLATION, "isolation_site", "镇中学宿舍楼隔离点", "433122108200", ""), (STORE, "store", "镇物资仓库", CROSSROADS, ""),
    (POST, "service_post", "浦溪村爱心驿站", VILLAGE, ""), ("CMD1", "command_post", "镇疫情防控指挥部", CROSSROADS, ""),
    ("COLD1", "cold_store", "浦江冷库", CROSSROADS, "territory:W00088;industry:W00090;enterprise:W00240"),
    ("COLD2", "cold_store", "河街冻品库", BRIDGE, "territory:W00092;industry:W00094;enterprise:W00241"),
    ("COLD3", "cold_store", "新堡村冷藏点", "433122108207", "territory:W00096;industry:W00098"),
    ("COLDPOST1", "coldchain_post", "渡口冷链查验点", CROSSROADS, ""),
    ("SCHOOL1", "school", "太平街小学", PEACE, ""), ("SCHOOL2", "school", "青草村小学", "433122108205", ""),
    ("CLINIC1", "health_centre", "浦市镇卫生院", NEW_STREET, ""), ("CLINIC2", "clinic", "河街诊所", CROSSROADS, ""),
    ("CLINIC3", "village_clinic", "浦溪村卫生室", VILLAGE, ""), ("CLINIC4", "private_hospital", "康民医院（民营）", BRIDGE, ""),
    ("MARKET1", "market", "印家桥农贸市场", BRIDGE, ""), ("PHARM1", "pharmacy", "太平街药房", PEACE, ""),
    ("SQUARE1", "square", "老码头广场", CROSSROADS, ""), ("SQUARE2", "square", "新建街文化广场", NEW_STREET, ""),
)  # fmt: skip
CHECKPOINTS = (("CP1", "433122108001", "W00085"), ("CP2", VILLAGE, "W00086"), ("CP3", "433122108223", "W00087"))
SAMPLERS = (("W00201", "林秀禾", VILLAGE), ("W00202", "贺小满", VILLAGE), ("W00203", "程南星", NEIGHBOUR), ("W00204", "向晚晴", NEIGHBOUR))
SECRETARY, SPOKESWOMAN, OFFICE, REVIEWER, FOLLOWS, COUNTY_OFFICE = "W00230", "W00231", "W00232", "W00233", "W00234", "W00235"
TEACHER, NURSE, SCHOOL_SAMPLER = "W00236", "W00237", "W00238"
OTHERS = (
    ("W00205", "罗同书", LAB, "laboratory", TOWN), ("W00206", "温如初", LAB, "laboratory", TOWN),
    ("W00207", "田知秋", "镇卫生院", "isolation_staff", TOWN), ("W00208", "石云舟", "镇卫生院", "isolation_staff", TOWN),
    ("W00210", "符长庚", "镇供销社", "supplies", TOWN),
    ("W00226", "滕景行", "县司法局", "sent", TOWN), ("W00227", "覃若谷", "县司法局", "sent", TOWN),
    ("W00228", "杨知行", "县司法局", "sent", TOWN),
    (SECRETARY, "向承志", "镇党委", "leader", TOWN), (SPOKESWOMAN, "符明理", "镇党委", "leader", TOWN),
    (OFFICE, "覃守拙", "镇指挥部办公室", "office", TOWN), (REVIEWER, "陆观澜", "镇司法所", "legal", TOWN),
    (FOLLOWS, "彭知微", "县疾控中心", "epidemiologist", COUNTY), (COUNTY_OFFICE, "石立新", "县指挥部办公室", "office", COUNTY),
    (TEACHER, "文启蒙", "太平街小学", "school", PEACE), (NURSE, "苏白芷", "浦市镇卫生院", "clinic", NEW_STREET),
    (SCHOOL_SAMPLER, "杜若", "镇卫生院", "sampler", TOWN), ("W00240", "田丰年", "浦江冷库", "enterprise", CROSSROADS),
    ("W00241", "杨广源", "河街冻品库", "enterprise", BRIDGE),
)  # fmt: skip
GUARDS = ("姚望山", "邓守正", "符大川", "宋石安", "黎明远", "唐立春", "瞿建安", "彭水生", "龙飞云", "麻长青", "吴正刚", "张远帆",
          "舒向阳", "刘定国", "郑安邦")  # fmt: skip
WORKERS = {VILLAGE: "W00020", NEIGHBOUR: "W00024"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the two days."""
    return datetime(2022, 3, day, hour, minute, tzinfo=ZONE)


class Teller:
    """Collects what is said, and puts it into pushes of those who say it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.said: list[tuple[datetime, str, dict[str, Any]]] = []

    def say(self, when: datetime, by: str, kind: str, area: str, *, late: bool = False, **rest: Any) -> str:
        """One record; `rest` is what the wire takes. late: it is typed in on the first evening, when it is some days old."""
        when += timedelta(seconds=self.chance.randrange(50))
        own = self._id(when)
        event = {"id": own, "kind": kind, "at": when.isoformat(), "area": area, **rest}
        self.said.append((at(EVENING, 17, 20) if late else when, by, event))
        return own

    def _id(self, when: datetime) -> str:
        milliseconds, noise = int(when.timestamp() * 1000), self.chance.getrandbits(74)
        return str(UUID(int=milliseconds << 80 | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & (1 << 62) - 1))

    def pushes(self) -> list[dict[str, Any]]:
        """What one member says within ten minutes goes together, some seconds after the last of it; what no phone may say, from a desk."""
        from closeknit.ledger.kinds import kinds

        open_: dict[str, dict[str, Any]] = {}
        seqs: dict[str, int] = defaultdict(int)
        made = []
        for when, by, event in sorted(self.said, key=lambda each: (each[0], each[2]["id"])):
            device = f"M-{by}" if by != CLERK and kinds()[event["kind"]].by_phone else f"console:{by}"
            push = open_.get(device)
            if push is None or when - push["first"] > timedelta(minutes=10) or len(push["events"]) == MOST:
                push = open_[device] = {"first": when, "device": device, "member": by, "events": []}
                made.append(push)
            seqs[device] += 1
            push["last"] = when
            push["events"].append({**event, "seq": seqs[device]})
        for push in made:
            came = push.pop("last") + timedelta(seconds=40)
            del push["first"]
            push |= {"pushed_at": (came - timedelta(seconds=1)).isoformat(), "received_at": came.isoformat()}
        return sorted(made, key=lambda push: push["received_at"])


class Register:
    """The persons and households of Pushi as its roster has them."""

    def __init__(self) -> None:
        from closeknit.areas.models import Area
        from closeknit.registry.models import Household, Person

        self.persons: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in Person.objects.current().order_by("code"):
            told = row.told()
            self.persons[row.area].append({
                "code": row.code, "household": row.household, "area": row.area, "alone": "living_alone" in row.tags,
                "born": row.birth_date.year if row.birth_date else 0, "name": told.get("name", ""), "id_no": told.get("id_no", ""),
                "phone": told.get("phone", ""),
            })  # fmt: skip
        self.households: dict[str, list[str]] = defaultdict(list)
        for code, area in Household.objects.current().order_by("area", "position").values_list("code", "area"):
            self.households[area].append(code)
        self.villages = dict(Area.objects.current().values_list("code", "name"))
        self.addresses = {row.code: row.told().get("address", "") for row in Household.objects.current().filter(area__startswith=TOWN)}

    def grown(self, area: str) -> list[dict[str, Any]]:
        """Those who are between 18 and 70 years old."""
        return [each for each in self.persons[area] if 1952 <= each["born"] <= 2004]

    def all(self) -> Iterable[dict[str, Any]]:
        """Everybody."""
        return (each for area in sorted(self.persons) for each in self.persons[area])


def who(person: dict[str, Any]) -> dict[str, str]:
    """The references of a record about somebody."""
    return {"person": person["code"], "household": person["household"]}


def members() -> list[dict[str, str]]:
    """Who works beside those of the sweep."""
    rows = [(code, name, "浦市镇卫生院", "", "sampler", area) for code, name, area in SAMPLERS]
    rows += [(code, name, unit, "", role, area) for code, name, unit, role, area in OTHERS]
    for number, name in enumerate(GUARDS):
        area = CHECKPOINTS[number // 5][1]
        rows.append(
            (f"W002{11 + number}", name, ("派出所", "镇政府", "民兵应急排")[number % 3], f"卡点{number // 5 + 1}组", "checkpoint", area)
        )
    return [dict(zip(("code", "name", "unit", "team", "role", "area"), row, strict=True)) for row in rows]


def read_members() -> list[dict[str, str]]:
    """The members of the sweep."""
    head, *lines = (PUSHI / "members.csv").read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]


MEMBERS = [*read_members(), *members()]


def secretary(area: str) -> str:
    """Who leads a village."""
    return next(row["code"] for row in MEMBERS if row["area"] == area and row["role"] == "village_secretary")


def workers(area: str) -> list[str]:
    """Who works in a village, by code."""
    return [row["code"] for row in MEMBERS if row["area"] == area and row["role"] == "village_worker"]


def worker(area: str) -> str:
    """Who speaks for a village."""
    return WORKERS.get(area) or next(row["code"] for row in MEMBERS if row["area"] == area and row["role"] == "village_worker")
