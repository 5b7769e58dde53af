"""Reading policy packs: shipped as YAML, kept as versions, asked by dotted names."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.once import once_a_page, once_for_all
from closeknit.policy.models import Adoption, Pack

SHIPPED = Path(__file__).parent / "packs"
FALLBACK = "generic"


@dataclass(frozen=True)
class Policy:
    """The values in force somewhere: the pack's own over the generic ones. `name` and `version` are stored with every sealed report."""

    name: str
    version: int
    values: dict[str, Any]
    offset: str = "+08:00"

    def get(self, dotted: str, default: Any = None) -> Any:
        """A value by its dotted name, such as `report.cut_off`; the default where no pack names it."""
        found: Any = self.values
        for part in dotted.split("."):
            if not isinstance(found, dict) or part not in found:
                return default
            found = found[part]
        return found

    def has(self, feature: str) -> bool:
        """Whether the pack asks for a feature (a question at the door, a section): true for the empty name."""
        return not feature or feature in self.get("features", ())

    @property
    def timezone(self) -> timezone:
        """The area's time zone."""
        sign = -1 if self.offset.startswith("-") else 1
        hours, minutes = self.offset[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


@lru_cache(maxsize=32)
def shipped(name: str) -> dict[str, Any]:
    """The values of a pack that comes with Closeknit. Raises KeyError where there is none of that name."""
    path = SHIPPED / f"{name}.yaml"
    if not path.exists():
        raise KeyError(f"No policy pack {name!r} is shipped. There are: {', '.join(sorted(each.stem for each in SHIPPED.glob('*.yaml')))}.")
    values: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    return values


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """The values of `over`, and those of `under` that it does not name."""
    result = dict(under)
    for name, value in over.items():
        result[name] = merged(result[name], value) if isinstance(value, dict) and isinstance(result.get(name), dict) else value
    return result


def adopt(area: str, pack: str, *, offset: str = "+08:00") -> None:
    """From now on the pack is in force in the area and below it; the same again changes nothing."""
    now = clock.now()
    values = shipped(pack)
    held = Pack.objects.current().filter(name=pack).first()
    if held is None or held.values != values:
        Pack.objects.current().filter(name=pack).update(retired_at=now)
        Pack.objects.create(name=pack, version=held.version + 1 if held else 1, values=values, learned_at=now)
    standing = Adoption.objects.current().filter(area=area).first()
    if standing is None or (standing.pack, standing.timezone) != (pack, offset):
        Adoption.objects.current().filter(area=area).update(retired_at=now)
        Adoption.objects.create(area=area, pack=pack, timezone=offset, learned_at=now)


@once_a_page
def policy(area: str = "", as_of: datetime | None = None) -> Policy:
    """The policy in force in an area: of the nearest area above it that adopted one; the generic one where nobody did."""
    path = Area.objects.as_of(as_of).filter(code=area).values_list("path", flat=True).first() or ""
    adoptions = _adoptions(as_of)
    above = [code for code in path.split("/") if code in adoptions]
    adoption = adoptions[above[-1]] if above else (next(iter(adoptions.values()), None) if not area else None)
    if adoption is None:
        return Policy(FALLBACK, 0, shipped(FALLBACK))
    version, values = _pack(adoption.pack, as_of)
    return Policy(adoption.pack, version, values, adoption.timezone)


@once_for_all
def _adoptions(as_of: datetime | None) -> dict[str, Adoption]:
    """Which pack is in force where, by area."""
    return {row.area: row for row in Adoption.objects.as_of(as_of)}


@once_for_all
def _pack(name: str, as_of: datetime | None) -> tuple[int, dict[str, Any]]:
    """A pack's version and its values over the generic ones."""
    held = Pack.objects.as_of(as_of).filter(name=name).first()
    return (held.version if held else 0), merged(shipped(FALLBACK), held.values if held else shipped(name))
