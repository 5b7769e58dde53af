"""The headings of real rosters, and the fields of ours that they mean."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from closeknit.kit.folding import fold

# The first heading of a field that stands in a table gives its column; several stand side by side only for the fields in SEVERAL.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "code": ("人员编号", "人员编码", "人员代码", "居民编号", "人员ID", "唯一标识"),
    "household": ("户编号", "户号", "户编码", "家庭编号", "家庭编码", "家庭户编号", "家庭户号", "住户编号"),
    "name": ("姓名", "居民姓名", "人员姓名", "居民名字", "名字", "成员姓名", "家庭成员姓名", "家庭成员", "户主姓名"),
    "id_no": (
        "身份证号", "身份证号码", "公民身份号码", "公民身份证号", "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证件号码",
        "身份证", "证件号码", "证件号", "身份证号/证件号", "身份证(证件)号码",
    ),
    "id_type": ("证件类型", "证件种类", "其他证件类型"),
    "other_id_no": ("护照/其他证件号码", "其他证件号码", "护照号码", "护照号"),
    "sex": ("性别",),
    "birth_date": ("出生日期", "出生年月日", "出生年月", "出生时间", "生日"),
    "phone": ("手机号", "手机号码", "本人手机", "手机", "联系电话", "本人电话", "移动电话", "电话号码", "电话", "联系方式"),
    "grid": ("所属网格", "网格编号", "网格编码", "网格代码", "网格名称", "所在网格", "网格"),
    "village": (
        "所属村(社区)", "所属社区(村)", "所属村", "所属社区", "所属村社区", "所属村居", "村(社区)", "社区(村)", "村/社区", "社区/村",
        "村社区", "社区村", "村居", "村(居)", "居(村)委会", "村(居)委会", "村居委会", "居委会", "村委会", "社区名称", "村名", "社区", "村",
        "所在村", "所在社区", "责任社区", "所属区域", "区域编码", "区域代码", "区划代码",
    ),
    "township": ("所属街道", "所属乡镇", "街道乡镇", "乡镇街道", "乡镇(街道)", "街道(乡镇)", "镇街", "乡镇", "街道", "责任街道"),
    "relation": ("与户主关系", "与户主的关系", "与其他人员关系", "户主关系", "家庭关系", "关系"),
    "category": ("人员类别", "人员类型", "居民类别", "居民类型", "人口类型"),
    "address": (
        "现住址", "现居住地址", "现住地址", "居住地址", "现住详细地址", "实际居住地", "详细地址", "详细住址", "家庭住址", "家庭地址",
        "目的地详细地址", "住址", "地址",
    ),
    "estate": ("小区", "小区名称", "现住小区", "所在小区"),
    "building": ("小区/建筑", "现住小区/建筑", "楼栋", "楼栋号", "楼号", "栋号", "幢", "栋", "建筑", "村民小组", "小组", "组别"),
    "unit": ("单元", "单元号"),
    "door": ("详细门牌", "现住详细门牌", "门牌", "门牌号", "房号", "房间号", "户室号", "室"),
    "registered_building": ("户籍小区/建筑",),
    "registered_address": ("户籍详细地址", "户籍地址", "户籍所在地", "户籍地"),
    "key": ("是否重点人员", "重点人员", "是否重点人群"),
    "key_categories": ("重点类别", "重点人员类别", "重点人群类别", "重点人员类型"),
    "living_alone": ("是否独居", "独居", "独居老人", "是否独居老人"),
    "immobile": ("是否行动不便", "行动不便", "是否失能", "是否行动不便人员"),
    "booster": ("加强针", "是否接种加强针"),
    "note": ("备注", "备注说明", "说明", "其他说明"),
}  # fmt: skip
FIELDS = tuple(sorted(SYNONYMS))
SEVERAL = frozenset({"phone", "note", "address"})
RESULT, CAUSE = "结果", "原因"
SERIAL = ("序号", "行号", "No")
_DROPPED = re.compile("民族|政治面貌|党员|党派|宗教|信仰|信教|婚姻|婚否|文化程度|学历")
_ORNAMENTS = re.compile(r"[*:：.。、★●\"'“”]|^\d+(?=\D)")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a table mean: the places of each field, and the headings of which nothing is kept."""

    places: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    dropped: tuple[str, ...]
    unknown: tuple[str, ...]
    dropped_places: tuple[int, ...] = ()

    def heading(self, field: str) -> str:
        """The heading that stands over a field; the usual one where the table has no such column."""
        return self.headings[self.places[field][0]] if field in self.places else SYNONYMS.get(field, ("",))[0]


class Vocabulary:
    """The fields of a sort of list, each with the headings that mean it, the likeliest first; `silent` headings mean nothing."""

    def __init__(self, synonyms: Mapping[str, tuple[str, ...]], *, silent: Iterable[str] = ()) -> None:
        self.synonyms, self.fields = synonyms, tuple(sorted(synonyms))
        self.meanings: Mapping[str, tuple[str, int]] = {
            **{_plain(text): ("", 0) for text in silent},
            **{_plain(text): (field, rank) for field, texts in synonyms.items() for rank, text in enumerate(texts)},
        }

    def meaning(self, text: str, mapping: Mapping[str, str]) -> tuple[str, int]:
        """The field that a heading means and how likely it is; `dropped`, `unknown`, or "" for a column to leave out."""
        plain = _plain(text)
        if not plain:
            return "", 0
        if _DROPPED.search(plain):
            return "dropped", 0
        if plain in mapping:
            return mapping[plain], -1
        return self.meanings.get(plain) or self.meanings.get(_IN_BRACKETS.sub("", plain)) or ("unknown", 0)

    def checked(self, mapping: Mapping[str, str] | None) -> Mapping[str, str]:
        """The mapping by folded headings. Raises ValueError for a field that such a list does not have."""
        for heading, field in (mapping or {}).items():
            if field and field not in self.synonyms:
                raise ValueError(f"The heading {heading!r} is mapped to {field!r}; allowed are {', '.join(self.fields)} or nothing.")
        return {_plain(heading): field for heading, field in (mapping or {}).items()}


def is_serial(heading: str) -> bool:
    """Whether a heading stands over the numbers of the rows."""
    return _plain(heading) in _SERIALS


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    return _ORNAMENTS.sub("", fold(heading))


_SERIALS = frozenset(_plain(text) for text in SERIAL)
ROSTER = Vocabulary(SYNONYMS, silent=(*SERIAL, RESULT, CAUSE))


def match(headings: Iterable[str], mapping: Mapping[str, str] | None = None, vocabulary: Vocabulary = ROSTER) -> Columns:
    """Which column is which field. `mapping` (heading to field, or to "" for a column to leave out) goes before the synonyms;
    nothing brings back a column that is dropped."""
    texts = tuple(" ".join(heading.split()) for heading in headings)
    meant = vocabulary.checked(mapping)
    found: dict[str, list[tuple[int, int]]] = {}
    dropped, unknown = [], []
    for place, text in enumerate(texts):
        field, rank = vocabulary.meaning(text, meant)
        if field == "dropped":
            dropped.append(place)
        elif field in vocabulary.synonyms:
            found.setdefault(field, []).append((rank, place))
        elif field == "unknown":
            unknown.append(text)
    for field, ranked in found.items():
        ranked.sort()
        if field not in SEVERAL:
            unknown.extend(texts[place] for _, place in ranked[1:])
    fields = [field for field in vocabulary.fields if field in found]
    places = {field: tuple(p for _, p in (found[field] if field in SEVERAL else found[field][:1])) for field in fields}
    return Columns(places, texts, tuple(texts[p] for p in dropped), tuple(unknown), tuple(dropped))


def is_heading(text: str, mapping: Mapping[str, str] | None = None, vocabulary: Vocabulary = ROSTER) -> bool:
    """Whether the text is a heading that we know, be it only to leave its column out."""
    return bool(text) and vocabulary.meaning(text, vocabulary.checked(mapping))[0] != "unknown"
