"""The catalogue of packs: what is offered where, in which words, for what price; every version of it is a record."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Time, WordList, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.queries import standing

PACK = Text("Pack", "物资包")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@kind(
    "supplies.pack_offered",
    Text("Pack offered", "物资包上架"),
    retention="audit",
    may=("place",),
    by_phone=False,
    examples=({"pack": "vegetable", "title": "蔬菜包", "title_en": "Vegetable pack", "contents": "白菜、萝卜", "price": 30},),
)
class PackOffered(Said):
    """What a pack is from now on, in an area and below it; the place is the shop that makes it up."""

    pack: Annotated[Words, Field(PACK, help=Text("A short code of small letters, such as vegetable.", "小写字母代码，如 vegetable。"))]
    title: Annotated[Words, Field(Text("Name", "名称"))]
    title_en: Annotated[Words, Field(Text("Name in English", "英文名称"))] = ""
    contents: Annotated[Words, Field(Text("What is in it", "内容"))] = ""
    unit: Annotated[Words, Field(Text("Unit", "单位"))] = ""
    price: Annotated[
        Annotated[float, Meta(ge=0)] | None, Field(Text("Price", "价格"), unit=Text("yuan", "元"), help=Text("0 is free.", "0 为免费。"))
    ] = None
    synonyms: Annotated[WordList, Field(Text("What people call it", "居民叫法"))] = []
    first_day: Annotated[Time, Field(Text("Offered from", "起始日期"))] = ""
    last_day: Annotated[Time, Field(Text("Offered until", "截止日期"))] = ""

    def check(self) -> None:
        if not _CODE.fullmatch(self.pack):
            allowed = Text(
                "A pack's code is at most 40 small letters, digits and _, such as oil_rice.", "代码用小写字母、数字和下划线，如 oil_rice。"
            )
            raise Invalid("data.pack", "wrong_type", allowed)
        if self.first_day and self.last_day and self.first_day[:10] > self.last_day[:10]:
            raise Invalid("data.last_day", "before", Text("The last day lies before the first.", "截止日期早于起始日期。"))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.pack


@dataclass(frozen=True)
class Pack:
    """A pack as it is offered. price None: nobody has said; shop: a place's code."""

    code: str
    label: Text | str
    contents: str = ""
    unit: str = ""
    price: float | None = None
    shop: str = ""
    synonyms: tuple[str, ...] = ()
    first_day: str = ""
    last_day: str = ""
    event: str = ""

    def on(self, day: date) -> bool:
        """Whether it is offered on a day."""
        return (not self.first_day or self.first_day[:10] <= day.isoformat()) and (
            not self.last_day or day.isoformat() <= self.last_day[:10]
        )


def _standard(code: str, en: str, zh: str, *synonyms: str) -> Pack:
    return Pack(code, Text(en, zh), unit="份", synonyms=(zh, *synonyms))


STANDARD = {
    pack.code: pack
    for pack in (
        _standard("vegetable", "Vegetable packs", "蔬菜包", "青菜包", "菜包", "蔬菜", "青菜", "菜"),
        _standard("meat", "Meat packs", "肉类包", "肉包", "肉食包", "猪肉包", "肉类", "猪肉", "肉"),
        _standard("fruit", "Fruit packs", "水果包", "果包", "鲜果包", "水果", "鲜果"),
        _standard("oil_rice", "Oil and rice packs", "粮油包", "米油套餐", "油米套餐", "粮油套餐", "米油包", "油米包", "粮油", "米油"),
    )
}  # fmt: skip


def catalogue(area: str, as_of: datetime | None = None) -> dict[str, Pack]:
    """The packs known in an area by code: the four that are always there, and what was offered above, in and below it; the nearer, then
    the later word counts. Also those whose time is over: who ordered one still calls it by its name."""
    row = Area.objects.as_of(as_of).filter(code=area).first()
    above = [code for code in row.path.split("/") if code] if row else []
    below = set(Area.objects.below(area, as_of).values_list("code", flat=True))
    rank = {**dict.fromkeys(below, 0), **{code: place for place, code in enumerate(above, 1)}}
    offered = [event for event in standing(PackOffered, as_of=as_of).defer("personal", "digest") if event.area in rank]
    packs = dict(STANDARD)
    for event in sorted(offered, key=lambda event: (rank[event.area], event.order)):
        said = event.data
        packs[said["pack"]] = Pack(
            said["pack"], Text(said.get("title_en") or said["title"], said["title"]), said.get("contents", ""), said.get("unit", ""),
            said.get("price"), event.place, tuple({said["title"], *said.get("synonyms", ())}), said.get("first_day", ""),
            said.get("last_day", ""), str(event.id),
        )  # fmt: skip
    return packs


def words_of(packs: Iterable[Pack]) -> Mapping[str, str]:
    """What people write, with the code of the pack that is meant. The standard's words stay known where nothing else bears them."""
    known = {word: pack.code for pack in packs for word in (*pack.synonyms, str(pack.code))}
    standard = {word: each.code for each in STANDARD.values() for word in each.synonyms if word not in known}
    return {**standard, **known}


def standard_words() -> Mapping[str, str]:
    """The words for the four packs that are always there."""
    return words_of(STANDARD.values())
