"""A laboratory's day: boxes come, tubes are received, results are given one by one, all at once, or by a file."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.laboratory.models import SetAside
from closeknit.measures.tubes.kinds import Tube
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[..., Any]
PERSONS = {"T1": "P1", "T2": "P3", "T3": "P4", "T4": "P5"}


@pytest.fixture
def box(cast: Cast, field_records: Field) -> Iterator[Field]:
    """T1 to T4 are sealed; the first three were handed over in box B1."""
    for tube, person in PERSONS.items():
        field_records.record("testing.sampled", person=person, data={"tube": tube, "pool": 10, "round": "r"})
        field_records.record("testing.tube_sealed", data={"tube": tube, "count": 1})
    field_records.record("testing.handed_over", data={"tubes": ["T1", "T2", "T3"], "box": "B1", "carrier": "甲车"})
    with clock.at(START + timedelta(hours=2)):
        yield field_records


@pytest.fixture
def lab(box: Field, sign_in: SignIn) -> Any:
    return sign_in(account("lab", "laboratory", TOWN))


def send(client: Any, screen: str, **said: Any) -> Any:
    """Sends a form as it was drawn, with what is said."""
    url = f"/laboratory/{TOWN}/{screen}"
    drawn = client.get(url).content.decode()
    hidden = dict(re.findall(r'name="(event|confirmed)" value="([^"]*)"', drawn))
    return client.post(url, {**hidden, "lab": "LAB1", **said})


def results() -> dict[str, str]:
    return dict(Tube.objects.exclude(result="").values_list("code", "result"))


def waiting(client: Any, query: str = "") -> list[str]:
    return re.findall(r'href="/tube/(T\d)/"', client.get(f"/laboratory/{TOWN}/?at=now&{query}").content.decode())


def test_a_box_on_its_way_stands_on_the_worklist_and_is_received_in_one_press(lab: Any):
    page = lab.get(f"/laboratory/{TOWN}/").content.decode()
    way = re.findall(r'href="([^"]*\?box=B1[^"]*)"', page)[0].replace("&amp;", "&")
    drawn = lab.get(way).content.decode()
    tubes = re.findall(r"<textarea[^>]*>([^<]*)", drawn)[0]

    answer = send(lab, "receive/", tubes=tubes)

    assert (answer.status_code, tubes.split()) == (302, ["T1", "T2", "T3"])
    after = lab.get(f"/laboratory/{TOWN}/").content.decode()
    assert "?box=B1" not in after and "T1" in after
    assert not Reading.objects.exists() and "卢" not in after


def test_tubes_are_received_once_and_what_nobody_handed_over_is_told(lab: Any):
    send(lab, "receive/", tubes="T1\nT4\n")
    said = lab.get(f"/laboratory/{TOWN}/").content.decode()
    again = send(lab, "receive/", tubes="T1 T2")
    said += lab.get(f"/laboratory/{TOWN}/").content.decode()
    nothing = send(lab, "receive/", tubes="T1")

    lists = Event.objects.filter(kind="testing.received").order_by("arrival").values_list("data__tubes", flat=True)
    assert list(lists) == [["T1", "T4"], ["T2"]]
    assert again.status_code == 302 and nothing.status_code == 422
    assert "其中 1 管无交接登记（T4）" in said and "1 管此前已接收，未重复登记（T1）" in said


def test_those_beyond_the_packs_hours_stand_first(lab: Any, box: Field):
    send(lab, "receive/", tubes="T3")
    with clock.at(START + timedelta(hours=10)):
        send(lab, "receive/", tubes="T1 T2")
    with clock.at(START + timedelta(hours=27)):
        assert waiting(lab) == ["T3", "T1", "T2"]
        assert waiting(lab, "late=1") == ["T3"]


def test_results_are_given_singly_and_put_right_only_with_a_reason(lab: Any):
    send(lab, "receive/", tubes="T1 T2 T3")
    send(lab, "results/", tubes="T1", result="negative")
    same = send(lab, "results/", tubes="T1", result="negative")
    other = send(lab, "results/", tubes="T1", result="positive")
    without = send(lab, "results/", tubes="T1", result="positive", right="on")
    right = send(lab, "results/", tubes="T1", result="positive", right="on", why="录入有误")

    assert [answer.status_code for answer in (same, other, without, right)] == [302, 422, 422, 302]
    assert "T1：已有结果“阴性”" in other.content.decode()
    assert results() == {"T1": "positive"}
    assert Event.objects.filter(kind="testing.resulted").count() == 2


def test_a_result_for_a_tube_that_nobody_received_is_kept_and_told(lab: Any):
    send(lab, "results/", tubes="T4", result="negative")

    assert results() == {"T4": "negative"}
    assert "其中 1 管无接收登记（T4）" in lab.get(f"/laboratory/{TOWN}/").content.decode()


def test_all_others_are_negative_after_the_number_was_named(lab: Any):
    send(lab, "receive/", tubes="T1 T2 T3")
    first = send(lab, "rest/", but="T2")
    nothing = dict(results())
    hidden = dict(re.findall(r'name="(event|confirmed)" value="([^"]*)"', first.content.decode()))
    second = lab.post(f"/laboratory/{TOWN}/rest/", {**hidden, "lab": "LAB1", "but": "T2"})

    assert "将有 2 管登记为阴性，1 管除外" in first.content.decode() and nothing == {}
    assert (second.status_code, results()) == (302, {"T1": "negative", "T3": "negative"})


@pytest.mark.parametrize(("said", "text"), [({"but": "T9"}, "待检清单中没有 T9"), ({"lab": "LAB9"}, "该机构没有待出结果的采样管")])
def test_all_others_asks_again_where_something_does_not_fit(lab: Any, said: dict[str, str], text: str):
    send(lab, "receive/", tubes="T1")

    answer = send(lab, "rest/", **said)

    assert answer.status_code == 422 and text in answer.content.decode()
    assert results() == {}


ROWS = [
    ("姓名", "采样管编号", "检测结果", "检测时间"),
    ("卢兰利", "T1", "阴性", "2022-03-18 09:30"), ("", "T2", "阳性", "2022/3/18 9:40"), ("", "T3", "没问题", "2022-03-18 09:30"),
    ("", "", "阴性", "2022-03-18 09:30"), ("", "T4", "阴性", "昨天"), ("", "T5", "阴性", ""), ("", "T5", "阳性", ""),
]  # fmt: skip


def xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("结果")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def as_csv(encoding: str) -> bytes:
    return "\n".join(",".join(row) for row in ROWS).encode(encoding)


FILES = {"results.xlsx": xlsx(), "results.csv": as_csv("utf-8"), "old.csv": as_csv("gb18030")}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_recorded_but_its_bad_rows_and_the_same_file_again_changes_nothing(lab: Any, name: str):
    send(lab, "receive/", tubes="T1 T2 T3 T4")
    for _ in range(2):
        answer = send(lab, "upload/", file=SimpleUploadedFile(name, FILES[name]))
        assert answer.status_code == 302

    assert results() == {"T1": "negative", "T2": "positive"}
    assert Event.objects.filter(kind="testing.resulted").count() == 2
    aside = list(SetAside.objects.order_by("row").values_list("row", "column", "tube", "why"))
    assert aside == [
        (4, "检测结果", "T3", "result"), (5, "采样管编号", "", "no_tube"), (6, "检测时间", "T4", "time"), (7, "", "T5", "twice"),
        (8, "", "T5", "twice"),
    ]  # fmt: skip
    page = lab.get(f"/laboratory/{TOWN}/upload/").content.decode()
    assert "请填写阴性、阳性、可疑或无效。" in page and "没问题" in page and "卢兰利" not in page


def test_a_row_that_was_set_aside_is_gone_when_its_tube_has_a_result_and_all_when_somebody_says_so(lab: Any):
    send(lab, "upload/", file=SimpleUploadedFile("r.csv", FILES["results.csv"]))
    send(lab, "results/", tubes="T3", result="negative")
    assert "没问题" not in lab.get(f"/laboratory/{TOWN}/upload/").content.decode()

    lab.post(f"/laboratory/{TOWN}/let-go/")

    assert "无搁置行" in lab.get(f"/laboratory/{TOWN}/upload/").content.decode()


def test_a_file_that_says_another_result_than_the_one_that_is_there_does_not_change_it(lab: Any):
    send(lab, "results/", tubes="T1", result="positive")
    send(lab, "upload/", file=SimpleUploadedFile("r.csv", FILES["results.csv"]))

    assert results()["T1"] == "positive"
    assert "已有其他结果" in lab.get(f"/laboratory/{TOWN}/upload/").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("r.pdf", b"x", "请选择文件"), ("r.csv", b"a,b\n1,2\n", "没有找到表头"), ("r.xlsx", b"PK\x03\x04broken", "r.xlsx")],
)
def test_a_file_that_cannot_be_read_is_told_with_the_remedy(lab: Any, name: str, content: bytes, text: str):
    answer = send(lab, "upload/", file=SimpleUploadedFile(name, content))

    assert text in answer.content.decode() and results() == {}


@pytest.mark.parametrize("screen", ["", "receive/", "results/", "rest/", "upload/"])
@pytest.mark.parametrize(
    ("who", "area", "status"), [("ben", TOWN, 200), ("ben", WEST, 200), ("ana", WEST, 403), ("chen", TOWN, 403), ("dov", EAST, 404)]
)
def test_who_works_in_which_laboratory(box: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/laboratory/{area}/{screen}").status_code == status


def test_where_nothing_waits_the_page_says_what_to_do_first(cast: Cast, sign_in: SignIn):
    assert "请先接收转运箱" in sign_in(cast.ben).get(f"/laboratory/{TOWN}/").content.decode()


def test_late_boxes_and_late_results_are_counted_apart(lab: Any):
    with clock.at(START + timedelta(hours=27)):
        page = lab.get(f"/laboratory/{TOWN}/").content.decode()
    tiles = dict(re.findall(r'tile-label">([^<]+)</span>\s*<span class="tile-number">(\d+)', page))

    assert {name: tiles[name] for name in ("转运中", "转运超时", "结果超时")} == {"转运中": "3", "转运超时": "1", "结果超时": "0"}
    assert "3 管</td>" in page
