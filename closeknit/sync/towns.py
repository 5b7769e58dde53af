"""The towns that the demonstration can show, and how the larger ones lie packed in the repository."""

import gzip
import lzma
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from closeknit.kit.text import Text

BROUGHT = Path(__file__).resolve().parents[2] / "demo"
PUSHES = "pushes.jsonl.gz"
PACKED = ".xz"  # scripts/pack_towns.py writes these: `places.csv.xz`, and of what was compressed `pushes.jsonl.gz.xz`


@dataclass(frozen=True)
class Town:
    """One town to look at: what it shows, the areas of its accounts, and what its campaigns are called."""

    slug: str
    label: Text
    area: str  # what its scenario is about: its plan and its report
    county: str
    town: str
    village: str
    grid: str = ""  # the village where nothing is said
    campaigns: Mapping[str, str] = field(default_factory=dict)

    @property
    def brought(self) -> Path:
        """Its folder in the checkout."""
        return BROUGHT / self.slug


TOWNS = {
    town.slug: town
    for town in (
        Town(
            "pushi",
            Text("Pushi town, 28 villages, two days of a sweep", "浦市镇：28 个村（社区）两天的排查"),
            "433122108", "433122", "433122108", "433122108202",
            campaigns={"sweep-1": "全镇敲门行动", "patrol-0319": "重点场所日巡查"},
        ),
        Town(
            "dongxing",
            Text("Dongxing district, eight days of a Spring Festival: cold stores, exits, homes", "东兴区：春节八天的冷库、卡点与入户"),
            "511011", "511011", "511011001", "511011001001",
            campaigns={"spring": "春节返乡敲门行动"},
        ),
        Town(
            "haojiang",
            Text("Haojiang district, three days of testing everyone, and inspection runs", "濠江区：三天全员检测与执法检查"),
            "440512", "440512", "440512001", "440512001002",
            campaigns={f"day-{day}": f"全员检测第{sign}天" for day, sign in enumerate("一二三", 1)},
        ),
        Town(
            "jinshan",
            Text("Jinshan sub-district, five rounds of testing, and packs that residents ordered", "金山街道：五轮检测与居民物资订购"),
            "430202005", "430202", "430202005", "430202005203",
            campaigns={f"round-{number}": f"全员检测第{sign}轮" for number, sign in enumerate("一二三四五", 1)},
        ),
        Town(
            "bagongshan",
            Text(
                "Xinzhuangzi street of Bagongshan district: a sweep over grids, schools, problem lists",
                "八公山区新庄孜街道：网格敲门、学校检测、问题清单",
            ),
            "340405", "340405", "340405001", "340405001001", "340405001001-G01",
            campaigns={"sweep-march": "三月敲门行动", "schools-feb": "学校师生检测", "returning-staff": "返岗人员检测"}
            | {f"key-{number}": f"重点人群检测第{number}次" for number in range(1, 6)},
        ),
    )
}  # fmt: skip


def unpack(packed: Path, folder: Path) -> None:
    """Writes a packed town's files as its scenario has them, under the same names."""
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for path in packed.rglob("*"):
        if path.is_file():
            target = unfinished / path.relative_to(packed)
            target.parent.mkdir(parents=True, exist_ok=True)
            _unpack(path, target)
    unfinished.rename(folder)


def _unpack(path: Path, target: Path) -> None:
    if path.suffix != PACKED:
        shutil.copyfile(path, target)
        return
    target = target.with_suffix("")
    with lzma.open(path) as source:
        if target.suffix == ".gz":
            with gzip.open(target, "wb", compresslevel=1) as again:
                shutil.copyfileobj(source, again)
        else:
            with target.open("wb") as plain:
                shutil.copyfileobj(source, plain)
