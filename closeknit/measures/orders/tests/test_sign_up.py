"""A sign-up is pasted, taken, pasted again, and what nobody could read is settled."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from closeknit.access.models import Reading
from closeknit.areas.loading import load_areas
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.chains.kinds import doors_of, read_chain, words_for
from closeknit.measures.supplies.kinds import LineParked, Ordered
from closeknit.registry.importing import import_roster
from tests.town import START, TOWN, WEST, Cast, account

pytestmark = pytest.mark.django_db
NOON = START + timedelta(hours=4)  # in the town's time
EVENING = START + timedelta(hours=12)
CHAIN = "#接龙 预订\n1. 1组1号 菜包1份\n2. 2组1号 肉包2份 谢谢\n今天几点送？\n"


def test_liv_01_the_ten_sign_ups_of_a_town_come_out_to_the_letter(db, scenario, tmp_path):
    folder = scenario("jinshan")
    chats = json.loads((folder / "orders/expected.json").read_text())
    load_areas(folder / "areas.csv")
    wanted = {chat["village"] for chat in chats}
    import_roster([path for path in sorted((folder / "roster").iterdir()) if any(code in path.name for code in wanted)], by="test")
    towns = {village: (doors_of(village), words_for(village)) for village in wanted}

    for chat in chats:
        found = read_chain((folder / "orders" / chat["file"]).read_text(), *towns[chat["village"]])

        assert (found.orders, found.look_at) == (chat["orders"], chat["look_at"]), chat["file"]
    printed = StringIO()
    call_command("orders", folder / "orders" / chats[0]["file"], village=chats[0]["village"], json=True, stdout=printed)
    assert json.loads(printed.getvalue()) == {"orders": chats[0]["orders"], "look_at": chats[0]["look_at"]}


Paste = Callable[..., Any]


@pytest.fixture
def paste(client: Any, cast: Cast) -> Paste:
    """Ana pastes a text and takes what it says."""
    client.force_login(cast.ana)
    client.cookies["django_language"] = "en"

    def pasted(text: str, *, at: datetime = NOON, do: str = "take", **rest: str) -> Any:
        with clock.at(at):
            return client.post(reverse("orders.chain", args=[WEST]), {"village": WEST, "text": text, "do": do, **rest})

    return pasted


def orders() -> list[tuple[str, str, int]]:
    """What stands."""
    events = standing(Ordered).order_by("household", "data__pack")
    return [(event.household, event.data["pack"], event.data["quantity"]) for event in events]


def waiting() -> list[str]:
    return [event.told()["line"] for event in standing(LineParked).filter(data__settled__isnull=True).order_by("at", "id")]


def test_liv_01_the_same_chain_pasted_ten_times_each_longer_gives_each_order_once(paste: Paste):
    grown = [CHAIN, CHAIN + "3. 1组2号 水果1份\n", CHAIN + "3. 1组2号 水果1份\n2组1号 取消\n"]
    for text in [grown[0]] * 4 + [grown[1]] * 3 + [grown[2]] * 3:
        assert paste(text).status_code == 302

    assert orders() == [("H1", "vegetable", 1), ("H2", "fruit", 1)]
    assert Event.objects.filter(kind="supplies.ordered", corrects=None).count() == 3


def test_a_changed_line_corrects_what_was_taken_of_it(paste: Paste):
    paste(CHAIN)
    paste(CHAIN.replace("菜包1份", "水果3份"))

    assert orders() == [("H1", "fruit", 3), ("H3", "meat", 2)]
    paste(CHAIN.replace("菜包1份", "水果2份"))
    assert orders() == [("H1", "fruit", 2), ("H3", "meat", 2)]
    assert Event.objects.filter(kind="supplies.ordered", corrects__isnull=False).count() == 1


def test_another_chain_of_the_same_round_is_added(paste: Paste):
    paste(CHAIN)
    shown = paste("#接龙 水果专场\n1. 1组1号 水果1份\n", do="look")
    paste("#接龙 水果专场\n1. 1组1号 水果1份\n")

    assert "Another sign-up was taken for this round" in shown.content.decode()
    assert orders() == [("H1", "fruit", 1), ("H1", "vegetable", 1), ("H3", "meat", 2)]


def test_a_household_that_a_stale_copy_lacks_keeps_its_order(paste: Paste):
    paste(CHAIN)
    paste("1. 1组1号 菜包1份\n")

    assert orders() == [("H1", "vegetable", 1), ("H3", "meat", 2)]


def test_the_preview_records_nothing_and_says_how_each_line_is_read(paste: Paste):
    page = paste(CHAIN + "3. 9组9号 菜包1份\n", do="look").content.decode()

    assert (orders(), waiting()) == ([], [])
    assert "This flat is not in the register" in page and "Meat packs 2" in page
    assert "今天几点送" not in page.partition("<table")[2]
    assert [reading.codes for reading in Reading.objects.filter(screen="orders.chain")] == [["H1", "H3"]]


def test_an_order_after_closing_goes_into_the_next_round_and_says_so(paste: Paste):
    shown = paste(CHAIN, at=EVENING, do="look").content.decode()
    paste(CHAIN, at=NOON)
    paste(CHAIN, at=EVENING)

    assert "Orders of 2022-03-18 closed at 18:00. What is taken now goes into the round of 2022-03-19." in shown
    assert len(orders()) == 4


def test_a_text_that_was_written_before_the_closing_stays_in_its_round(paste: Paste):
    paste(CHAIN, at=NOON)
    paste(CHAIN, at=EVENING, until="2022-03-18T17:30")

    assert len(orders()) == 2


def test_an_order_for_a_flat_that_is_not_there_waits_for_a_person_and_is_settled(paste: Paste, client: Any, cast: Cast):
    paste(CHAIN + "3. 9组9号 菜包1份\n")
    paste(CHAIN + "3. 9组9号 菜包1份\n")
    line = standing(LineParked).get()
    address = reverse("orders.line", args=[line.id])

    assert waiting() == ["3. 9组9号 菜包1份"]
    assert "菜包" not in json.dumps(line.data, ensure_ascii=False)
    assert "9组9号" in client.get(reverse("orders.lines", args=[WEST])).content.decode()
    assert client.post(address, {"n_vegetable": "1"}).status_code == 422
    with clock.at(NOON):
        assert client.post(address, {"chosen_household": "H2", "n_vegetable": "1"}).status_code == 302
    paste(CHAIN + "3. 9组9号 菜包1份\n")
    assert (orders(), waiting()) == ([("H1", "vegetable", 1), ("H2", "vegetable", 1), ("H3", "meat", 2)], [])


def test_what_a_person_settled_is_not_undone_by_the_next_paste(paste: Paste, client: Any):
    several = "1. 1组1号 菜包1份 肉包1份\n1组1号改成菜包3份\n"
    paste(several)
    with clock.at(NOON):
        client.post(
            reverse("orders.line", args=[standing(LineParked).get().id]), {"chosen_household": "H1", "n_vegetable": "3", "n_meat": "0"}
        )
    paste(several)

    assert (orders(), waiting()) == ([("H1", "vegetable", 3)], [])


def test_a_line_that_is_no_order_is_dropped_and_does_not_come_back(paste: Paste, client: Any):
    paste("我家也要两份水果\n")
    client.post(reverse("orders.line", args=[standing(LineParked).get().id]), {"do": "drop"})
    paste("5. 我家也要两份水果\n")

    assert (orders(), waiting()) == ([], [])


def test_a_file_is_read_like_a_text_and_nothing_at_all_is_refused(client: Any, cast: Cast, tmp_path: Path):
    client.force_login(cast.ben)
    file = tmp_path / "chain.txt"
    file.write_text(CHAIN, encoding="gb18030")
    with clock.at(NOON), file.open("rb") as stream:
        page = client.post(reverse("orders.chain", args=[TOWN]), {"village": WEST, "file": stream, "do": "look"})
        nothing = client.post(reverse("orders.chain", args=[TOWN]), {"village": WEST, "text": " ", "do": "take"})

    assert "1组1号 菜包1份" in page.content.decode().partition("<textarea")[2]
    assert (nothing.status_code, orders()) == (422, [])


def test_who_may_not_record_only_looks_on(client: Any, cast: Cast):
    client.force_login(account("sue", "county_supervisor", TOWN))
    with clock.at(NOON):
        client.post(reverse("orders.chain", args=[WEST]), {"village": WEST, "text": CHAIN, "do": "take"})

    assert orders() == []
