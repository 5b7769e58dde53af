"""Folding of Chinese text, so that names written differently compare and are found as one; and the pinyin of names."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from opencc import OpenCC

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêế"
_STRAY_PINYIN = re.compile(rf"\((?=[^()]*[{_TONED}])[A-Za-z{_TONED}'’\s]+\)", re.IGNORECASE)
_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_VARIANT = ("垅", "垄")  # two simplified forms of one traditional character: opencc knows the way to one of them only

# Surnames that are read otherwise than the same character elsewhere (Tongyong guifan hanzi biao; Xiandai hanyu cidian, 7th ed.).
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "朴": "piao", "任": "ren", "曾": "zeng", "盖": "ge", "乐": "yue",
    "覃": "qin", "缪": "miao", "翟": "zhai", "黑": "he", "员": "yun", "种": "chong", "秘": "bi", "繁": "po", "折": "she", "洗": "xian",
    "召": "shao", "祭": "zhai", "能": "nai", "都": "du", "卜": "bu", "郇": "xun", "佴": "nai", "隗": "wei", "牟": "mu", "重": "chong",
    "藏": "zang", "句": "gou", "阚": "kan", "华": "hua", "燕": "yan", "应": "ying", "令": "ling", "葛": "ge", "宁": "ning",
    "欧阳": "ou yang", "端木": "duan mu", "上官": "shang guan", "司马": "si ma", "独孤": "du gu", "南宫": "nan gong", "万俟": "mo qi",
    "闻人": "wen ren", "夏侯": "xia hou", "诸葛": "zhu ge", "尉迟": "yu chi", "赫连": "he lian", "澹台": "tan tai", "皇甫": "huang fu",
    "宗政": "zong zheng", "濮阳": "pu yang", "太叔": "tai shu", "申屠": "shen tu", "公孙": "gong sun", "慕容": "mu rong",
    "仲孙": "zhong sun", "钟离": "zhong li", "长孙": "zhang sun", "宇文": "yu wen", "司徒": "si tu", "鲜于": "xian yu",
    "司空": "si kong", "令狐": "ling hu", "单于": "chan yu", "呼延": "hu yan", "拓跋": "tuo ba", "百里": "bai li", "轩辕": "xuan yuan",
}  # fmt: skip


class Pinyin(NamedTuple):
    """A name as it is typed without Chinese characters: `shantianfang` and `stf`."""

    full: str
    initials: str


def fold(text: str) -> str:
    """The text for comparison and search: compatibility forms and full width folded, traditional made simplified, small letters,
    no spaces, no pinyin with tone marks that a converter left in brackets: `東興社区(qū)` and `东兴社区` fold to the same."""
    if text.isascii():
        return text.lower() if text.isalnum() else _GAPS.sub("", text).lower()
    plain = unicodedata.normalize("NFKC", text)
    if not plain.isalnum():  # else it has no gaps and no brackets
        plain = _GAPS.sub("", _STRAY_PINYIN.sub("", plain))
    return _simplify(plain).replace(*_VARIANT).lower()


def tidy(name: str) -> str:
    """A name as it is kept and shown: as written, but for padding, stray pinyin, full width, and spaces in a Chinese name."""
    if name.isalpha() and not name.isascii():
        return unicodedata.normalize("NFKC", name)
    plain = _STRAY_PINYIN.sub("", unicodedata.normalize("NFKC", name))
    return _GAPS.sub("" if _HAN.search(plain) else " ", plain).strip()


def name_pinyin(name: str) -> Pinyin:
    """The pinyin of a person's name, the surname read as a surname. Letters stay as they are; ü is written v, as on a keyboard."""
    plain = fold(name)
    if plain.isascii():
        words = name.lower().split()
        return Pinyin("".join(words), "".join(word[:1] for word in words))
    surname, given = parted(plain)
    return Pinyin(surname.said.full + given.said.full, surname.said.initials + given.said.initials)


class Part(NamedTuple):
    """The surname or the given name, folded, and how it is read."""

    text: str
    said: Pinyin


def parted(folded: str) -> tuple[Part, Part]:
    """Surname and given name of a folded name in Chinese characters."""
    length = 2 if folded[:2] in SURNAMES else 1
    return Part(folded[:length], _surname(folded[:length])), Part(folded[length:], _given(folded[length:]))


@lru_cache(maxsize=5_000)
def _surname(text: str) -> Pinyin:
    syllables = tuple(SURNAMES[text].split()) if text in SURNAMES else _syllables(text)
    return Pinyin("".join(syllables), "".join(syllable[:1] for syllable in syllables))


@lru_cache(maxsize=50_000)
def _given(text: str) -> Pinyin:
    syllables = _syllables(text)
    return Pinyin("".join(syllables), "".join(syllable[:1] for syllable in syllables))


@lru_cache(maxsize=50_000)
def _syllables(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # slow to load: a sixth of the program's start, and few programs ask for it
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # slow to load as well

    if len(text) == 2 and text not in PHRASES_DICT and ord(text[0]) in PINYIN_DICT and ord(text[1]) in PINYIN_DICT:
        return _syllables(text[0]) + _syllables(text[1])  # the same, and most given names are put together of few characters
    return tuple(part for part in lazy_pinyin(text, style=Style.NORMAL, errors=_letters) if part)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _simplify(text: str) -> str:
    simplified: str = _converter().convert(text)
    return simplified


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")
