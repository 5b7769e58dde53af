"""The register's pages as Ana, Ben, Chen and Dov see them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.actions import amend_person, find, merge, void
from closeknit.registry.importing import import_roster
from closeknit.registry.tests.roster_files import csv_file
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, account, build, id_no

SignIn = Callable[..., Any]


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def shown_codes(answer: Any) -> set[str]:
    return set(re.findall(r'data-code="([^"]+)"', answer.content.decode()))


def household(code: str) -> str:
    return reverse("register.household", kwargs={"code": code})


def person(code: str) -> str:
    return reverse("register.person", kwargs={"code": code})


def test_a_household_shows_who_lives_there_with_masked_numbers(cast: Cast, sign_in: SignIn):
    page = text(sign_in(cast.ana).get(household("H1")))

    assert "卢兰利" in page and "卢小河" in page
    assert f"9900{'*' * 10}{id_no('19620702', 1)[-4:]}" in page
    assert id_no("19620702", 1) not in page
    assert "199****0001" in page and "19900000001" not in page


def test_what_is_shown_is_what_is_written_down(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ana).get(household("H1"))

    reading = Reading.objects.get(screen="register.household")
    assert set(reading.codes) == shown_codes(answer) | {"H1"}
    assert set(reading.codes) == {"H1", "P1", "P2"}


def test_visits_and_calls_are_shown_the_withdrawn_struck_with_the_reason(cast: Cast, sign_in: SignIn, field_records: Field):
    event = field_records.record("doorknock.visited", household="H1", data={"outcome": "absent"})
    field_records.later(minutes=5).record("doorknock.phoned", household="H1", data={"outcome": "reached"})
    with clock.at(field_records.now):
        void(event, by="W1", reason="走错门")

    answer = sign_in(cast.ana).get(household("H1"))

    page = answer.content.decode()
    assert re.search(r"<s>走访结果 无人在家</s>", page)
    assert "走错门" in page
    assert "通话结果 已接通" in page
    assert "村干部甲" in page


def test_a_correction_that_a_later_one_replaced_is_shown_as_put_right(cast: Cast, sign_in: SignIn, field_records: Field):
    event = field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    for outcome, reason in (("absent", "点错"), ("moved", "再次核实")):
        data = {"outcome": outcome, "reason": reason}
        field_records.later(minutes=5).record("doorknock.visited", household="H1", data=data, corrects=str(event.id))

    page = text(sign_in(cast.ana).get(household("H1")))

    assert (page.count("已更正"), page.count("已作废")) == (2, 0)


def test_no_whereabouts_stand_on_a_household_or_person(cast: Cast, sign_in: SignIn, field_records: Field):
    seen = field_records.record(
        "checkpoints.person_checked", place="CP1", person="P1", data={"decision": "admitted", "name": "卢兰利", "temperature": 36.5}
    )
    field_records.later(minutes=1).record("venues.entered", place="S1", person="P1", data={"way": "scanned"})

    client = sign_in(cast.ben)
    pages = [text(client.get(url)) for url in (household("H1"), person("P1"))]

    assert not any("卡点" in page.replace("卡点值守", "") and "36.5" in page for page in pages)
    assert not any(str(seen.id) in client.get(url).content.decode() for url in (household("H1"), person("P1")))
    assert not any("河街商店" in page for page in pages)


def test_a_passage_shows_time_post_and_decision_and_nobody(cast: Cast, sign_in: SignIn, field_records: Field):
    seen = field_records.record(
        "checkpoints.person_checked",
        place="CP1",
        person="P1",
        data={"decision": "turned_away", "reason": "无票", "name": "卢兰利", "temperature": 36.5},
    )

    answer = sign_in(cast.ben).get(reverse("register.event", kwargs={"event": seen.id}))

    page = text(answer)
    assert "渡口卡点" in page and "劝返" in page
    assert not any(word in page for word in ("卢兰利", "P1", "36.5", "无票", "村干部甲"))
    assert not Reading.objects.filter(screen="register.event").exists()


def test_a_record_says_both_clocks_and_what_put_it_right(cast: Cast, sign_in: SignIn, field_records: Field):
    event = field_records.event("doorknock.visited", household="H1", data={"outcome": "met", "present": 2}, clock_error=3600)
    field_records.push(event)
    right = field_records.later(minutes=5).record(
        "doorknock.visited", household="H1", data={"outcome": "absent", "reason": "点错"}, corrects=event["id"]
    )

    client = sign_in(cast.ana)
    page = text(client.get(reverse("register.event", kwargs={"event": event["id"]})))
    other = client.get(reverse("register.event", kwargs={"event": right.id})).content.decode()

    assert "时钟偏差 1.0 小时" in page and "点错" in page and "已更正" in page
    assert reverse("register.event", kwargs={"event": event["id"]}) in other


def test_numbers_are_shown_one_by_one_with_a_purpose(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    url = reverse("register.reveal", kwargs={"code": "P1"})

    without, with_purpose = client.post(url), client.post(url, {"purpose": "visit"})

    assert (without.status_code, id_no("19620702", 1) in text(without)) == (422, False)
    assert id_no("19620702", 1) in text(with_purpose) and "19900000001" in text(with_purpose)
    assert [each.purpose for each in Reading.objects.filter(screen="register.reveal").order_by("pk")] == ["", "visit"]


def test_after_sixty_numbers_an_hour_no_more_are_shown(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    url = reverse("register.reveal", kwargs={"code": "P1"})

    answers = [client.post(url, {"purpose": "visit"}).status_code for _ in range(61)]

    assert answers == [200] * 60 + [422]


def test_a_second_address_in_another_village_shows_no_name_outside_ones_scope(cast: Cast, sign_in: SignIn, tmp_path: Any):
    headings = ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)")
    import_roster([csv_file(tmp_path / "z.csv", [("P7b", "H77", "邻人", id_no("19500505", 7), "西坪村")], headings)], by="test")

    answer = sign_in(cast.ana).get(household("H77"))

    assert "邻人" not in text(answer) and "邻＊" in text(answer)
    assert person("P7") not in answer.content.decode()


def test_a_household_that_nobody_is_left_in_keeps_its_page(cast: Cast, sign_in: SignIn, field_records: Field):
    field_records.record("doorknock.visited", household="H2", data={"outcome": "met"})
    amend_person("P3", {"household": "H1"}, by="W3", reason="同住")

    page = text(sign_in(cast.ana).get(household("H2")))

    assert "本户已无人居住" in page and "已见面" in page


def test_the_base_numbers_of_a_town_lead_to_its_villages(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ben).get(reverse("register.area", kwargs={"area": TOWN}))

    page = answer.content.decode()
    assert all(reverse("register.area", kwargs={"area": code}) in page for code in (WEST, EAST))
    tiles = dict(re.findall(r'tile-label">([^<]+)</span>\s*<span class="tile-number">([^<]+)<', page))
    assert {name: tiles[name] for name in ("人口", "户", "证件存疑", "场所")} == {"人口": "6", "户": "5", "证件存疑": "1", "场所": "4"}


def test_a_family_is_added_once_however_often_the_form_is_sent_and_undone(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    form = client.get(reverse("register.add")).content.decode()
    event = re.search(r'name="event" value="([^"]+)"', form)[1]
    told = {"what": "household", "name": "渡口人家", "landmark": "旧船坞", "area": GRID, "event": event}

    first, again = client.post(reverse("register.add"), told), client.post(reverse("register.add"), told)
    page = client.get(household(f"found:{event}"))
    undone = client.post(reverse("register.undo", kwargs={"event": event}))

    assert (first.status_code, again.status_code, page.status_code, undone.status_code) == (302, 302, 200, 302)
    assert Event.objects.filter(kind="registry.found").count() == 1
    assert client.get(household(f"found:{event}")).status_code == 404


def test_a_person_found_in_a_household_stands_on_its_page(cast: Cast, sign_in: SignIn):
    with clock.at(START):
        code = find(by="W1", area=WEST, data={"what": "person", "name": "借宿人", "household": "H1"})

    answer = sign_in(cast.ana).get(household("H1"))

    assert "借宿人" in text(answer) and "名册外" in text(answer)
    assert code in shown_codes(answer)


def test_one_press_merges_and_one_takes_it_back(cast: Cast, sign_in: SignIn):
    code = find(by="W1", area=WEST, data={"what": "person", "name": "单天方"})
    client, url = sign_in(cast.ana), reverse("register.found_one", kwargs={"code": code})

    offered = client.get(url)
    merged = client.post(url, {"canonical": "P3", "reason": "邻居证实"})
    redirected = client.get(person(code))
    event = Event.objects.get(kind="registry.merged")
    back = client.post(reverse("register.take_back", kwargs={"event": event.id}), {"reason": "认错"})

    assert "单田芳" in text(offered)
    assert (merged.status_code, redirected.url, back.status_code) == (302, person("P3"), 302)
    assert client.get(person(code)).status_code == 200
    assert "邻居证实" in text(client.get(person("P3")))


def test_nobody_is_merged_with_somebody_outside_ones_scope(cast: Cast, sign_in: SignIn):
    code = find(by="W1", area=WEST, data={"what": "person", "name": "邻人"})

    answer = sign_in(cast.ana).post(reverse("register.found_one", kwargs={"code": code}), {"canonical": "P7", "reason": "x"})

    assert answer.status_code == 422
    assert not Event.objects.filter(kind="registry.merged").exists()


def test_ana_is_told_that_somebody_outside_her_village_may_be_meant_but_not_who(cast: Cast, sign_in: SignIn):
    code = find(by="W1", area=WEST, data={"what": "person", "name": "张三"})
    url = reverse("register.found_one", kwargs={"code": code})

    before, after = sign_in(cast.ana).get(url), sign_in(cast.ben).get(url)

    assert shown_codes(before) == {code} and "另有 1 名" in text(before)
    assert shown_codes(after) == {code, "P6"} and "另有" not in text(after)


def test_a_merge_is_taken_back_from_its_record_long_after(cast: Cast, sign_in: SignIn):
    code = find(by="W1", area=WEST, data={"what": "person", "name": "单天方"})
    client, url = sign_in(cast.ana), reverse("register.found_one", kwargs={"code": code})
    client.post(url, {"canonical": "P3", "reason": "邻居证实"})
    event = Event.objects.get(kind="registry.merged")

    page = text(client.get(reverse("register.event", kwargs={"event": event.id})))

    assert url in client.get(reverse("register.event", kwargs={"event": event.id})).content.decode() and "取消合并" in page
    assert "名册外登记" in text(client.get(person("P3")))


def test_an_entry_is_put_right_with_a_reason(cast: Cast, sign_in: SignIn):
    client, url = sign_in(cast.ben), reverse("register.amend_person", kwargs={"code": "P6"})
    form = {"name": "章三", "household": "H5", "area": EAST, "note": "", "id_no": "", "phone": ""}

    without = client.post(url, form)
    done = client.post(url, {**form, "reason": "对照户口簿"})

    assert (without.status_code, done.status_code) == (422, 302)
    assert "章三" in text(client.get(person("P6"))) and "对照户口簿" in text(client.get(person("P6")))


@pytest.fixture
def addresses(field_records: Field) -> list[str]:
    visit = field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    code = find(by="W1", area=WEST, data={"what": "person", "name": "单天方"})
    merged = merge(code, "P3", reference="person", area=WEST, by="W1", reason="x")
    names = ("area", "households", "persons", "places")
    return [
        *(reverse(f"register.{name}", kwargs={"area": WEST}) for name in names),
        *(household(each) for each in ("H1", code)),
        *(person(each) for each in ("P1", code)),
        *(reverse(f"register.{name}", kwargs={"code": "P1"}) for name in ("amend_person", "trail", "reveal")),
        reverse("register.amend_household", kwargs={"code": "H1"}),
        reverse("register.found_one", kwargs={"code": code}),
        *(reverse(f"register.{name}", kwargs={"event": visit.id}) for name in ("event", "undo")),
        reverse("register.take_back", kwargs={"event": merged}),
    ]


def test_dov_sees_nothing_of_another_county(cast: Cast, sign_in: SignIn, addresses: list[str]):
    client = sign_in(cast.dov)

    answers = {url: (client.get(url).status_code, client.post(url).status_code) for url in addresses}

    assert set(answers.values()) == {(404, 404)}
    assert not Reading.objects.filter(account="dov").exists()


def test_chen_reads_and_changes_nothing(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.chen)

    reads = [client.get(url).status_code for url in (household("H1"), person("P1"), reverse("register.area", kwargs={"area": WEST}))]
    writes = [
        client.get(reverse("register.add")).status_code,
        client.get(reverse("register.amend_person", kwargs={"code": "P1"})).status_code,
    ]

    assert (reads, writes) == ([200, 200, 200], [403, 403])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("卢兰利", "P1"),
        ("lulanli", "P1"),
        ("lll", "P1"),
        ("單田芳", "P3"),
        ("shan", "P3"),
        (id_no("19620702", 1)[-4:], "P1"),
        ("0003", "P3"),
        ("H1", "H1"),
    ],
)
def test_the_search_box_finds_masked(cast: Cast, sign_in: SignIn, query: str, code: str):
    answer = sign_in(cast.ana).get(reverse("console.search"), {"q": query})

    page = answer.content.decode()
    assert (person(code) if code.startswith("P") else household(code)) in page
    assert "卢兰利" not in page.replace(f'value="{query}"', "") and id_no("19620702", 1) not in page
    assert code in {each for reading in Reading.objects.filter(screen="console.search") for each in reading.codes}


@pytest.mark.parametrize("query", ["卢兰利", "lulanli", "H1", "西坪", "渡口"])
def test_the_search_box_finds_nothing_of_another_county(cast: Cast, sign_in: SignIn, query: str):
    page = sign_in(cast.dov).get(reverse("console.search"), {"q": query}).content.decode()

    assert "本辖区内未找到" in page


def test_the_search_box_finds_places_and_whom_no_list_knows(cast: Cast, sign_in: SignIn):
    code = find(by="W1", area=WEST, data={"what": "person", "name": "流浪者", "landmark": "车站"})
    client = sign_in(cast.ana)

    pages = {query: client.get(reverse("console.search"), {"q": query}).content.decode() for query in ("渡口", "车站", "liulangzhe")}

    assert "渡口卡点" in pages["渡口"]
    assert person(code) in pages["车站"] and person(code) in pages["liulangzhe"]


def test_under_another_disease_no_word_of_covid_stands_on_a_page(db: None, tmp_path: Any, client: Any):
    build(tmp_path, "generic-measles")
    told = {"outcome": "met", "present": 2, "booster": "done", "code_help": True}
    Field().record("doorknock.visited", household="H1", data=told)
    client.force_login(account("ana", "town_clerk", TOWN, member="W1"))
    urls = [
        household("H1"),
        person("P1"),
        reverse("register.area", kwargs={"area": TOWN}),
        reverse("register.places", kwargs={"area": TOWN}),
    ]
    urls += [
        reverse("register.event", kwargs={"event": Event.objects.get(kind="doorknock.visited").id}),
        reverse("imports.rows"),
        reverse("register.add"),
    ]

    pages = {url: text(client.get(url)) for url in urls}

    words = ("新冠", "加强针", "健康码", "核酸", "Covid", "COVID", "booster")
    assert {url: [word for word in words if word in page] for url, page in pages.items()} == {url: [] for url in urls}
    assert "已见面" in pages[household("H1")]
