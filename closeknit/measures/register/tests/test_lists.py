"""The register's lists: masked, scoped, and every code that is shown written down."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.access.trail import read_by_member
from closeknit.registry.actions import find
from tests.town import TOWN, WEST, Cast, id_no

SignIn = Callable[..., Any]


def links_to(name: str, answer: Any) -> set[str]:
    return set(re.findall(rf'href="/{name}/([^/"]+)/"', answer.content.decode()))


@pytest.mark.parametrize(
    ("name", "page", "codes"), [("persons", "person", {"P1", "P2", "P3", "P4"}), ("households", "household", {"H1", "H2", "H3"})]
)
def test_what_a_list_shows_is_what_is_written_down(cast: Cast, sign_in: SignIn, name: str, page: str, codes: set[str]):
    answer = sign_in(cast.ana).get(reverse(f"register.{name}", kwargs={"area": WEST}))

    assert links_to(page, answer) == codes
    assert set(Reading.objects.get(screen=f"register.{name}").codes) == codes


@pytest.mark.parametrize("name", ["persons", "households"])
def test_a_list_masks_names_and_numbers_also_in_its_files(cast: Cast, sign_in: SignIn, name: str):
    client, url = sign_in(cast.ben), reverse(f"register.{name}", kwargs={"area": TOWN})

    answers = [client.get(f"{url}{query}").content.decode() for query in ("", "?as=csv", "?as=print")]

    for secret in ("卢兰利", "单田芳", id_no("19620702", 1), "19900000001"):
        assert not any(secret in answer for answer in answers)
    assert "卢＊＊" in answers[0]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("doubt=1", {"P6"}),
        ("sex=", {"P1", "P2", "P3", "P4", "P5", "P6"}),
        ("q=shan", {"P3"}),
        ("q=兰利", {"P1"}),
        ("q=0005", {"P5"}),
        ("q=P2", {"P2"}),
        ("tag=key", set()),
    ],
)
def test_persons_are_filtered_and_searched(cast: Cast, sign_in: SignIn, query: str, codes: set[str]):
    answer = sign_in(cast.ben).get(f"{reverse('register.persons', kwargs={'area': TOWN})}?{query}")

    assert links_to("person", answer) == codes


@pytest.mark.parametrize(("query", "codes"), [("q=H2", {"H2"}), ("q=单田芳", {"H2"}), ("q=luxiaohe", {"H1"})])
def test_households_are_found_by_code_or_by_who_lives_there(cast: Cast, sign_in: SignIn, query: str, codes: set[str]):
    answer = sign_in(cast.ben).get(f"{reverse('register.households', kwargs={'area': TOWN})}?{query}")

    assert links_to("household", answer) == codes


def test_places_are_listed_by_category(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ben).get(f"{reverse('register.places', kwargs={'area': TOWN})}?category=shop")

    page = answer.content.decode()
    assert "河街商店" in page and "东岭商店" in page and "一号冷库" not in page


def test_those_whom_no_list_knows_are_listed_until_they_are_merged(cast: Cast, sign_in: SignIn):
    first = find(by="W1", area=WEST, data={"what": "person", "name": "流浪者", "landmark": "车站"})
    second = find(by="W1", area=WEST, data={"what": "household", "name": "船家"})
    client, url = sign_in(cast.ana), reverse("register.found")

    listed = client.get(url)
    client.post(reverse("register.found_one", kwargs={"code": second}), {"canonical": "H1", "reason": "同一户"})
    after = client.get(f"{url}?q=车站")

    assert (links_to("person", listed), links_to("household", listed)) == ({first}, {second})
    assert (links_to("person", after), links_to("household", after)) == ({first}, set())
    assert set(Reading.objects.filter(screen="register.found").order_by("pk")[0].codes) == {first, second}


def test_who_has_read_a_person_is_told_to_those_who_manage(cast: Cast, sign_in: SignIn):
    sign_in(cast.ana).get(reverse("register.person", kwargs={"code": "P1"}))
    url = reverse("register.trail", kwargs={"code": "P1"})

    ana, ben = sign_in(cast.ana).get(url), sign_in(cast.ben).get(url)

    assert ana.status_code == 403
    assert "Ana" in ben.content.decode() and "村（社区）书记" in ben.content.decode()


def test_a_worker_who_has_a_person_on_the_phone_is_named(cast: Cast, sign_in: SignIn):
    read_by_member("W1", "field.pull", ["P1"], what="register", path="/api/v1/pull")

    page = sign_in(cast.ben).get(reverse("register.trail", kwargs={"code": "P1"})).content.decode()

    assert [word for word in ("村干部甲", "村（社区）干部", "工作人员手机底册") if word not in page] == []


def test_a_code_that_begins_like_another_is_not_taken_for_it(cast: Cast, sign_in: SignIn):
    Reading.objects.create(at="2022-03-18T00:00:00Z", account="somebody", screen="x", what="person", codes=["P11"])

    answer = sign_in(cast.ben).get(reverse("register.trail", kwargs={"code": "P1"}))

    assert "somebody" not in answer.content.decode()


def test_dov_lists_nobody_of_another_county(cast: Cast, sign_in: SignIn):
    find(by="W1", area=WEST, data={"what": "person", "name": "流浪者"})

    answer = sign_in(cast.dov).get(reverse("register.found"))

    assert links_to("person", answer) == set()


def test_hits_name_persons_in_full_to_who_keeps_the_register_and_the_trail_says_so(cast: Cast, sign_in: SignIn):
    find(by="W1", area=WEST, data={"what": "person", "name": "卢兰芳"})
    said = {}
    for who in ("ana", "ben", "chen"):
        said[who] = sign_in(getattr(cast, who)).get("/search/?q=卢兰").content.decode().split("<main")[1]

    assert {who: [name in page for name in ("卢兰利", "卢兰芳")] for who, page in said.items()} == {
        "ana": [False, False],
        "ben": [True, True],
        "chen": [False, False],
    }
    assert "卢＊＊" in said["ana"] and id_no("19620702", 1) not in said["ben"]
    reading = Reading.objects.get(account="ben")
    assert (reading.purpose, reading.codes[0], reading.path) == ("hits", "P1", "/search/")
