"""A county's file from the form to the village: looked at, taken, merged, matched, placed, set aside."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.listintake.models import Draft, ParkedRow
from closeknit.measures.lists.kinds import Item
from tests.town import EAST, START, TOWN, WEST, Cast, id_no

pytestmark = pytest.mark.django_db
NOW = START + timedelta(hours=9)
P1, P5, NOBODY = id_no("19620702", 1), id_no("19901111", 5), id_no("19990909", 77)
HEADINGS = ["序号", "姓 名", "身份证号码", "联系电话", "现住址", "所属村", "健康码颜色", "反馈时限", "民族"]
ROWS: list[list[Any]] = [
    [1, "盧蘭利", P1, "", "", "", "红码", "2022-03-18 20:00", "汉"],  # by ID, in traditional forms
    [2, "尉迟恭", "9.9000019800101E+17", 19900000004.0, "", "", "黄马", "", "汉"],  # cut by a spreadsheet
    [3, "单田芳", "", "", "", "西坪村", "红绿码", "", "汉"],  # a name alone
    [4, "喆𬱖", P5, "", "", "", "绿吗", "", "汉"],
    [5, "喆𬱖", P5, "13800000000", "", "", "", "", "汉"],  # the same again
    [6, "王外乡", NOBODY, "13900000001", "河口镇东岭村5组", "", "", "", "汉"],  # placed by the address
    [7, "无处人", "", "13900000002", "", "不知何村", "", "", "汉"],  # placed by nobody
    [8, "", "", "", "只有地址", "西坪村", "", "", "汉"],
    [9, "错时人", "", "13900000003", "", "西坪村", "", "等通知", "汉"],
    [10, "真实人", "110105194912310023", "", "", "西坪村", "", "", "汉"],
]  # fmt: skip


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(NOW):
        yield


def workbook(rows: list[list[Any]] = ROWS, title: str = "县疫情防控指挥部推送名单") -> SimpleUploadedFile:
    """A workbook as the county sends it: a title that is merged, a hidden row, numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("0318")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title)
        sheet.write_row(1, 0, HEADINGS)
        for place, row in enumerate(rows, 2):
            sheet.write_row(place, 0, row)
        sheet.set_row(4, None, None, {"hidden": True})
    return SimpleUploadedFile("推送0318.xlsx", stream.getvalue())


def brought(client: Any, file: Any = None, **form: str) -> Draft:
    answer = client.post(
        reverse("lists.bring"), {"source": "county", "list": "县推-0318", **({"file": file or workbook()} if file != "" else {}), **form}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.latest("at", "id")


def taken(client: Any, draft: Draft) -> Draft:
    while draft.state != Draft.State.DONE:
        client.post(reverse("lists.take", args=[draft.id]))
        draft.refresh_from_db()
    return draft


@pytest.fixture
def ben(client: Any, cast: Cast) -> Any:
    client.force_login(cast.ben)
    return client


def test_lst_01_a_dirty_file_becomes_items_by_village(ben: Any):
    draft = taken(ben, brought(ben))

    assert draft.summary == {"new": 6, "repeated": 1, "exact": 2, "folded": 1, "doubtful": 1, "unplaced": 1, "parked": 3, "unchanged": 0}
    held = {each.person or each.area: (each.area, each.how, each.state) for each in Item.objects.all()}
    assert held == {
        "P1": (WEST, "exact", "open"), "P4": (f"{WEST}-G01", "folded", "open"), WEST: (WEST, "doubtful", "open"),
        "P5": (EAST, "exact", "open"), EAST: (EAST, "", "open"), TOWN: (TOWN, "", "open"),
    }  # fmt: skip
    assert draft.sealed is None


def test_lst_01_the_lists_deadline_goes_before_the_usual_one(ben: Any):
    taken(ben, brought(ben))

    assert Item.objects.get(person="P1").deadline == START + timedelta(hours=12)
    assert Item.objects.get(person="P4").deadline == NOW + timedelta(hours=24)


def test_lst_01_the_same_file_again_changes_nothing_and_a_corrected_one_adds_what_is_new(ben: Any):
    taken(ben, brought(ben))
    before = Event.objects.count()
    again = taken(ben, brought(ben))

    assert (again.summary["new"], again.summary["unchanged"], Event.objects.count()) == (0, 7, before)
    mended = [[*row] for row in ROWS]
    mended[7][1] = "补名人"
    third = taken(ben, brought(ben, workbook(mended)))
    assert (third.summary["new"], third.summary["unchanged"], third.summary["parked"]) == (1, 7, 2)


def test_lst_01_who_stands_open_in_an_earlier_list_is_merged_and_who_was_closed_is_pushed_anew(ben: Any):
    taken(ben, brought(ben))
    done = Item.objects.get(person="P5")
    ben.post(
        reverse("lists.verify", args=[TOWN]),
        {"event": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "item": done.topic, "outcome": "at_home", "way": "call"},
    )
    draft = taken(ben, brought(ben, list="县推-0319"))

    assert (draft.summary["new"], draft.summary["repeated"]) == (2, 5)  # a name alone is nobody to be known again
    assert sorted(Item.objects.filter(person="P5").values_list("state", flat=True)) == ["open", "verified"]
    assert Item.objects.get(person="P1").times == 2


def test_rows_that_cannot_be_read_stand_aside_with_place_reason_and_cure(ben: Any):
    taken(ben, brought(ben))

    aside = list(ParkedRow.objects.order_by("row").values_list("file", "sheet", "row", "column", "reason"))
    assert aside == [
        ("推送0318.xlsx", "0318", 10, "姓 名", "no_person"), ("推送0318.xlsx", "0318", 11, "反馈时限", "bad_time"),
        ("推送0318.xlsx", "0318", 12, "身份证号码", "real_id"),
    ]  # fmt: skip
    assert ParkedRow.objects.get(reason="real_id").told() == {}
    text = ben.get(reverse("lists.parked") + "?as=csv").content.decode()
    assert "错时人" in text and "2022-03-19 18:00" in text and "真实人" not in text


def test_a_corrected_file_cures_the_rows_that_stood_aside(ben: Any):
    taken(ben, brought(ben))
    mended = [[*row] for row in ROWS[:9]]
    mended[7][1], mended[8][7] = "补名人", "3月19日18时前"
    taken(ben, brought(ben, workbook(mended)))

    assert list(ParkedRow.objects.filter(settled_at=None).values_list("reason", flat=True)) == ["real_id"]


def test_before_it_is_taken_one_sees_how_it_is_read_and_can_say_what_a_heading_means(ben: Any):
    pasted = "姓名\t证件\t推送事由\t住址\n卢兰利\t" + P1 + "\t县外返回\t1组1号\n"
    draft = brought(ben, "", rows=pasted)
    page = ben.get(reverse("lists.draft", args=[draft.id])).content.decode()
    assert "卢＊＊" in page and "卢兰利" not in page and P1 not in page

    ben.post(reverse("lists.draft", args=[draft.id]), {"heading": ["姓名", "证件", "推送事由"], "field": ["name", "id_no", "reason"]})
    taken(ben, Draft.objects.get())

    assert Item.objects.get().person == "P1"
    assert Event.objects.get(kind="lists.pushed").told()["reason"] == "县外返回"
    again = brought(ben, "", rows=pasted.replace("县外", "省外"), list="乙")
    assert again.mapping == {"姓名": "name", "证件": "id_no", "推送事由": "reason"}


def test_gb18030_text_is_read_too(ben: Any):
    file = SimpleUploadedFile("名单.csv", f"姓名,身份证号\n卢兰利,{P1}\n".encode("gb18030"))

    assert taken(ben, brought(ben, file)).summary["exact"] == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("名单.exe", b"MZ"), "xlsx"), (SimpleUploadedFile("名单.csv", "甲,乙\n1,2\n".encode()), "姓名"),
        (SimpleUploadedFile("名单.xlsx", b"PK\x03\x04broken"), "损坏"), (None, "请选择文件"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_what_to_do(ben: Any, file: Any, words: str):
    answer = ben.post(reverse("lists.bring"), {"source": "county", **({"file": file} if file else {})})

    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_lst_02_a_list_of_scans_reaches_back_as_many_days_as_the_pack_says(ben: Any):
    rows = "姓名\t手机号\t扫码时间\t场所名称\n近来人\t13900000011\t2022-03-05 10:00\t河街商店\n早先人\t13900000012\t2022-03-03\t河街商店\n"
    draft = taken(ben, brought(ben, "", source="venue_scan", rows=rows))

    assert (draft.summary["new"], draft.summary["parked"]) == (1, 1)
    assert ParkedRow.objects.get().reason == "too_old"
    assert Event.objects.get(kind="lists.pushed").told()["seen_where"] == "河街商店"


def test_lst_07_colours_are_read_by_the_packs_table_and_never_guessed(ben: Any):
    taken(ben, brought(ben))

    held = {each.person: (each.colour, each.colour_doubtful) for each in Item.objects.exclude(area__in=(EAST, TOWN))}
    assert held == {"P1": ("red", False), "P4": ("yellow", False), "": ("", True)}
    assert Item.objects.get(person="P5").colour == "green"


def test_lst_07_a_list_of_red_codes_follows_nothing(ben: Any):
    taken(ben, brought(ben, source="colour"))

    assert set(Event.objects.values_list("kind", flat=True)) == {"lists.pushed", "lists.matched"}
    assert set(Item.objects.values_list("measure", flat=True)) == {""}


def test_whose_rows_were_shown_is_written_down(ben: Any):
    draft = brought(ben)
    ben.get(reverse("lists.draft", args=[draft.id]))

    assert Reading.objects.filter(screen="lists.draft", codes=[f"list:{draft.id}"]).exists()


def test_columns_that_nobody_may_keep_are_dropped(ben: Any):
    draft = brought(ben)
    page = ben.get(reverse("lists.draft", args=[draft.id])).content.decode()

    assert "民族" in page and "按规定不采集" in page


def test_five_thousand_rows_come_in_by_chunks_that_cost_the_same(ben: Any, django_assert_max_num_queries):
    rows = "姓名\t身份证号\t所属村\n" + "".join(f"试{number}\t{id_no('19700101', number % 999)}\t西坪村\n" for number in range(1, 1000))
    draft = brought(ben, "", rows=rows)
    with django_assert_max_num_queries(60):
        ben.post(reverse("lists.take", args=[draft.id]))

    draft.refresh_from_db()
    assert (draft.state, draft.taken) == ("taking", 500)
    page = ben.get(reverse("lists.draft", args=[draft.id])).content.decode()
    assert "500" in page and 'hx-trigger="load"' in page
    assert taken(ben, draft).summary["new"] == 999


def test_what_is_not_to_be_taken_is_destroyed(ben: Any):
    draft = brought(ben)
    ben.post(reverse("lists.drop", args=[draft.id]))

    assert not Draft.objects.exists() and not Event.objects.exists()


def test_another_county_sees_none_of_it(ben: Any, client: Any, cast: Cast):
    draft = brought(ben)
    client.force_login(cast.dov)

    assert client.get(reverse("lists.draft", args=[draft.id])).status_code == 404
    assert "县推-0318" not in client.get(reverse("lists.bring")).content.decode()
