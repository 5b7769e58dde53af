"""Bringing a roster in and putting its rows right, as Ben and Ana do it."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.registry.models import Heading, Import, Person, RosterRow, Upload
from closeknit.registry.review import uploads
from tests.town import EAST, Cast, account, id_no

SignIn = Callable[..., Any]
ID_1, ID_2, ID_3 = id_no("19510101", 11), id_no("19520202", 12), id_no("19530303", 13)
BAD = ID_1[:-1] + ("1" if ID_1[-1] != "1" else "2")
HEADINGS = "人员编号,户编号,姓名,身份证号,所属村(社区),门户,民族"
LINES = (f"N1,NH1,甲一,{BAD},西坪村,甲,汉", f"N2,NH1,,{ID_2},西坪村,甲,汉", f"N3,NH2,甲三,{ID_3},无此村,乙,汉", "N4,NH3,甲四,,东岭村,丙,汉")


def file(name: str = "名册.csv", lines: tuple[str, ...] = LINES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join((HEADINGS, *lines)).encode("gb18030"))


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def brought(cast: Cast, sign_in: SignIn) -> Any:
    """Ben, who has brought a dirty roster in."""
    client = sign_in(cast.ben)
    answer = client.post(reverse("imports.bring"), {"files": [file()]})
    assert answer.status_code == 302
    return client


def row(code: str) -> RosterRow:
    return RosterRow.objects.current().get(person=code)


def url(code: str) -> str:
    return reverse("imports.row", kwargs={"row": row(code).id})


def told(code: str, **changes: str) -> dict[str, str]:
    held = row(code)
    cells = held.told()
    return {
        "name": cells.get("name", ""),
        "id_no": cells.get("id_no", ""),
        "area": held.area,
        "household": cells.get("household", ""),
        "reason": "对照证件",
        **changes,
    }


def test_what_came_of_an_import_is_told(brought: Any):
    upload = Upload.objects.get()

    page = text(brought.get(reverse("imports.one", kwargs={"upload": upload.id})))

    assert (upload.state, upload.summary["rows"]) == ("done", {"doubtful": 2, "parked": 2})
    assert "门户" in page and "民族" in page


def test_files_that_are_none_are_refused_with_the_remedy(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    none, wrong = client.post(reverse("imports.bring")), client.post(reverse("imports.bring"), {"files": [file("名册.pdf")]})

    assert (none.status_code, wrong.status_code) == (422, 422)
    assert "名册.pdf 不是名册文件" in text(wrong)
    assert not Upload.objects.exists()


def test_a_file_that_cannot_be_read_says_where_and_what_to_do(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    answer = client.post(reverse("imports.bring"), {"files": [SimpleUploadedFile("坏.csv", b"a,b\n1,2\n")]}, follow=True)

    assert "坏.csv" in text(answer) and "没有找到表头" in text(answer)


def test_the_rows_tell_file_row_column_reason_and_cure(brought: Any):
    page = text(brought.get(reverse("imports.rows")))

    assert all(word in page for word in ("名册.csv · 2", "证件号码存疑", "校验位", "缺少姓名", "所属区域无法确定", "缺少证件号码"))
    assert not any(word in page for word in ("甲一", BAD))


@pytest.mark.parametrize(
    ("query", "rows"),
    [("status=parked", {"3", "4"}), ("reason=bad_id", {"2"}), ("file=名册.csv", {"2", "3", "4", "5"}), ("reason=real_id", set())],
)
def test_the_rows_are_filtered(brought: Any, query: str, rows: set[str]):
    page = text(brought.get(f"{reverse('imports.rows')}?{query}"))

    assert set(re.findall(r"名册\.csv · (\d+)", page)) == rows


def test_a_row_mended_leaves_the_list_and_is_in_the_register(brought: Any):
    answers = [
        brought.post(url("N1"), told("N1", id_no=ID_1)),
        brought.post(url("N2"), told("N2", name="甲二")),
        brought.post(url("N3"), told("N3", area=EAST)),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert set(RosterRow.objects.current().filter(status__in=("parked", "doubtful"), file="名册.csv").values_list("person", flat=True)) == {
        "N4"
    }
    assert {(each.code, each.doubt) for each in Person.objects.current().filter(code__in=("N1", "N2", "N3"))} == {
        ("N1", ""),
        ("N2", ""),
        ("N3", ""),
    }


def test_a_row_still_wrong_is_shown_again_with_the_cure(brought: Any):
    answer = brought.post(url("N1"), told("N1", id_no=ID_1[:-2]))

    assert answer.status_code == 422
    assert "18位" in text(answer)


def test_a_reason_is_asked_for(brought: Any):
    assert brought.post(url("N1"), told("N1", id_no=ID_1, reason="")).status_code == 422


def test_a_doubt_may_be_left_as_it_is(brought: Any):
    answer = brought.post(url("N4"), told("N4", leave="yes", reason="证件遗失"))

    assert answer.status_code == 302
    assert "· 5" not in text(brought.get(reverse("imports.rows")))
    assert "名册.csv · 5" in text(brought.get(f"{reverse('imports.rows')}?left=1"))


def test_the_id_is_checked_as_it_is_typed(brought: Any):
    check = reverse("imports.check", kwargs={"row": row("N1").id})

    said = {number: text(brought.post(check, {"id_no": number})) for number in (ID_1, BAD, "", "430102199001011234", id_no("19620702", 1))}

    assert "1951-01-01" in said[ID_1]
    assert "校验位" in said[BAD]
    assert "缺证件号码" in said[""]
    assert "真实" in said["430102199001011234"]
    assert "名册中已有" in said[id_no("19620702", 1)]


def test_the_same_file_twice_changes_nothing(brought: Any):
    before = sorted(RosterRow.objects.values_list("id", flat=True)), sorted(Person.objects.values_list("id", flat=True))

    brought.post(reverse("imports.bring"), {"files": [file()]})

    assert before == (sorted(RosterRow.objects.values_list("id", flat=True)), sorted(Person.objects.values_list("id", flat=True)))


def test_the_workbook_comes_back_and_corrected_cures_its_rows(brought: Any):
    back = brought.get(reverse("imports.workbook", kwargs={"brought": Import.objects.get(file="名册.csv").id}))
    lines = back.content.decode("utf-8-sig").splitlines()
    corrected = back.content.decode("utf-8-sig").replace(BAD, ID_1).replace("N2,NH1,,", "N2,NH1,甲二,").replace("无此村", "东岭村")

    brought.post(reverse("imports.bring"), {"files": [SimpleUploadedFile("名册-结果.csv", corrected.encode())]})

    assert lines[0].endswith("结果,原因") and "搁置" in lines[2] and "汉" not in lines[1]
    assert set(
        RosterRow.objects.current().filter(status__in=("parked", "doubtful")).exclude(person="P6").values_list("person", flat=True)
    ) == {"N4"}


def test_taking_the_workbook_is_written_down_with_all_whom_it_names(brought: Any):
    brought.get(reverse("imports.workbook", kwargs={"brought": Import.objects.get(file="名册.csv").id}))

    assert Reading.objects.get(screen="imports.workbook").codes == ["N1", "N2", "N3", "N4"]


def test_a_column_that_somebody_explained_is_read_from_then_on(brought: Any):
    upload = Upload.objects.get()

    said = brought.post(reverse("imports.heading", kwargs={"upload": upload.id}), {"heading": "门户", "field": "address"}, follow=True)
    brought.post(reverse("imports.again", kwargs={"upload": upload.id}))
    brought.post(reverse("imports.bring"), {"files": [file()]})

    again = Upload.objects.latest("at")
    assert Heading.objects.get().field == "address"
    assert "请重新上传文件以补录" in text(said)
    upload.refresh_from_db()
    assert (upload.summary["unknown_headings"], again.summary["unknown_headings"]) == (["门户"], [])
    assert row("N3").told()["address"] == "乙"


def test_a_dropped_column_cannot_be_brought_back(brought: Any):
    upload = Upload.objects.get()

    answer = brought.post(reverse("imports.heading", kwargs={"upload": upload.id}), {"heading": "民族", "field": "note"})

    assert answer.status_code == 404
    assert "汉" not in "".join(str(each.told()) for each in RosterRow.objects.current())


def test_the_files_are_listed_with_those_of_the_command_line(brought: Any):
    page = text(brought.get(reverse("imports.list")))

    assert "名册.csv" in page
    assert "roster.csv" not in page  # it tells of two counties: who sees the prefecture sees it


def test_a_secretary_mends_rows_of_her_village_and_brings_nothing_in(brought: Any, cast: Cast, sign_in: SignIn):
    mine, other = url("N2"), url("N4")
    ana = sign_in(cast.ana)

    answers = [ana.get(mine).status_code, ana.get(other).status_code, ana.get(reverse("imports.bring")).status_code]

    assert answers == [200, 404, 403]
    assert set(re.findall(r"名册\.csv · (\d+)", text(ana.get(reverse("imports.rows"))))) == {"2", "3"}


def test_dov_sees_nothing_of_another_county(brought: Any, cast: Cast, sign_in: SignIn):
    addresses = [
        url("N1"),
        url("N3"),
        reverse("imports.check", kwargs={"row": row("N1").id}),
        reverse("imports.workbook", kwargs={"brought": Import.objects.get(file="名册.csv").id}),
    ]
    addresses += [reverse(f"imports.{name}", kwargs={"upload": Upload.objects.get().id}) for name in ("one", "again", "heading")]
    dov = sign_in(cast.dov)

    answers = {(dov.get(address).status_code, dov.post(address).status_code) for address in addresses}

    assert answers <= {(404, 404), (405, 404)}
    assert "名册.csv" not in text(dov.get(reverse("imports.rows"))) + text(dov.get(reverse("imports.list")))


def test_a_row_outside_the_area_of_who_brings_it_is_set_aside(brought: Any):
    brought.post(reverse("imports.bring"), {"files": [file("外.csv", (f"N9,NH9,甲九,{id_no('19600101', 9)},邻村,,",))]})

    assert (row("N9").status, row("N9").reason) == ("parked", "unknown_area")


def test_a_broken_off_reading_can_be_begun_again_and_not_one_that_ended(cast: Cast, sign_in: SignIn):
    brought = sign_in(cast.ben)
    upload = uploads.keep([file()], by="ben", area=cast.ben.area)
    Upload.objects.update(state="running")

    page = text(brought.get(reverse("imports.one", kwargs={"upload": upload.id})))
    brought.post(reverse("imports.again", kwargs={"upload": upload.id}))

    upload.refresh_from_db()
    assert "服务被停止" in page and "重新读取" in page
    assert upload.state == "done"
    assert "重新读取" not in text(brought.get(reverse("imports.one", kwargs={"upload": upload.id})))


def test_the_workbook_of_rows_is_one_that_a_spreadsheet_opens(brought: Any, cast: Cast, sign_in: SignIn):
    whole = account("prefect", "town_clerk", "9901")
    back = sign_in(whole).get(reverse("imports.workbook", kwargs={"brought": Import.objects.get(file="roster.csv").id}))

    sheet = openpyxl.load_workbook(io.BytesIO(back.content)).active

    assert [cell.value for cell in sheet[1]][-2:] == ["结果", "原因"]
    assert sheet.max_row == 8
