"""Which heading means which field, and of which columns nothing is kept."""

import pytest

from closeknit.registry.roster.headings import FIELDS, SYNONYMS, Vocabulary, match


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("人员编号", "code"),
        ("户号", "household"),
        ("居民姓名", "name"),
        ("*姓 名", "name"),
        ("证件号码", "id_no"),
        ("身份证号\n（18位）", "id_no"),
        ("3.身份证号码：", "id_no"),
        ("所属村（社区）", "village"),
        ("所属網格", "grid"),
        ("是否独居(是/否)", "living_alone"),
        ("人员类型", "category"),
        ("聯繫電話", "phone"),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str, field: str) -> None:
    assert dict(match([heading]).places) == {field: (0,)}


def test_sensitive_columns_are_dropped_and_strange_ones_named() -> None:
    columns = match(["姓名", "民族", "政治面貌", "宗教信仰", "婚姻状况", "文化程度", "是否党员", "自编栏", "序号", "结果", "原因", ""])

    assert dict(columns.places) == {"name": (0,)}
    assert columns.dropped == ("民族", "政治面貌", "宗教信仰", "婚姻状况", "文化程度", "是否党员")
    assert columns.dropped_places == (1, 2, 3, 4, 5, 6)
    assert columns.unknown == ("自编栏",)


def test_of_two_columns_for_a_field_the_plainer_counts_and_the_other_is_named() -> None:
    columns = match(["户主姓名", "姓名", "姓名", "联系电话", "手机号"])

    assert dict(columns.places) == {"name": (1,), "phone": (4, 3)}
    assert columns.unknown == ("姓名", "户主姓名")


def test_a_person_may_say_what_a_heading_means_but_brings_nothing_back() -> None:
    columns = match(["称呼", "联系电话", "民族"], {"称呼": "name", "联系电话": "", "民族": "note"})

    assert dict(columns.places) == {"name": (0,)}
    assert columns.dropped == ("民族",)


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="mapped to 'nation'"):
        match(["姓名"], {"民族": "nation"})


def test_no_synonym_stands_for_two_fields() -> None:
    every = [heading for field in FIELDS for heading in SYNONYMS[field]]

    assert sorted(every) == sorted(set(every))
    assert [field for field in FIELDS for heading in SYNONYMS[field] if field not in match([heading]).places] == []


def test_the_heading_of_a_field_is_the_tables_own() -> None:
    columns = match(["居民姓名", "证件号码"])

    assert (columns.heading("id_no"), columns.heading("household")) == ("证件号码", "户编号")


def test_another_sort_of_list_brings_its_own_words():
    of_parcels = Vocabulary({"name": ("收件人",), "parcel": ("单号", "快递单号")}, silent=("序号",))

    columns = match(["序号", "收件人", "快递单号", "姓名"], vocabulary=of_parcels)

    assert (dict(columns.places), columns.unknown) == ({"name": (1,), "parcel": (2,)}, ("姓名",))
    assert columns.heading("missing") == ""
