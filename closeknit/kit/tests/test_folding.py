"""Folding of Chinese text, and the pinyin of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from closeknit.kit.folding import _letters, _syllables, fold, name_pinyin, tidy


@pytest.mark.parametrize(
    "written",
    ["东兴社区居委会", "東興社區居委会", "东兴社区(qū)居委会", "东兴社区（qū）居委会", " 东兴 社区　居委会\n", "東興社区(qū)居委會"],
)
def test_one_name_written_differently_folds_to_one(written: str) -> None:
    assert fold(written) == "东兴社区居委会"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("３４０４０５００１００１－Ｇ０１", "340405001001-g01"),
        ("Ａ栋", "a栋"),
        ("楼(A)", "楼(a)"),
        ("正觉村(cūn)村(cūn)委会", "正觉村村委会"),
        ("麻壟村", "麻垄村"),
        ("麻垅村", "麻垄村"),
        ("", ""),
        ("\u200b\ufeff", ""),
    ],
)
def test_forms_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_strips_every_space(text: str) -> None:
    assert not any(character.isspace() for character in fold(text))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张　三", "张三"),
        (" 歐陽 修 ", "歐陽修"),
        ("John  Smith", "John Smith"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("王(wáng)五", "王五"),
        ("　", ""),
    ],
)
def test_a_name_is_kept_as_written_but_for_padding(written: str, kept: str) -> None:
    assert tidy(written) == kept


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("单田芳", "shantianfang", "stf"),
        ("仇英", "qiuying", "qy"),
        ("解缙", "xiejin", "xj"),
        ("区海", "ouhai", "oh"),
        ("查良镛", "zhaliangyong", "zly"),
        ("朴树", "piaoshu", "ps"),
        ("任盈", "renying", "ry"),
        ("曾小贤", "zengxiaoxian", "zxx"),
        ("覃勇", "qinyong", "qy"),
        ("盖聂", "genie", "gn"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("歐陽修", "ouyangxiu", "oyx"),
        ("吕秀英", "lvxiuying", "lxy"),
        ("John Smith", "johnsmith", "js"),
        ("阿卜杜拉·买买提", "abodulamaimaiti", "abdlmmt"),
        ("", "", ""),
    ],
)
def test_a_name_is_found_by_its_pinyin(name: str, full: str, initials: str) -> None:
    assert name_pinyin(name) == (full, initials)


def test_two_characters_are_read_as_the_dictionary_of_phrases_reads_them():
    phrases = [phrase for phrase in PHRASES_DICT if len(phrase) == 2][::50]
    pairs = [one + other for one in "单乐长重行伟芳㐱王〇" for other in "长重行乐芳丽𠮷a·1ü"]
    read = {text: tuple(filter(None, lazy_pinyin(text, style=Style.NORMAL, errors=_letters))) for text in (*phrases, *pairs)}

    assert {text: _syllables(text) for text in read} == read
