"""Cards by the village: issued once a household, printed, revoked, opened again; posters; use."""

from datetime import timedelta

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.cards.actions import issue, reissue
from closeknit.paper.cards import codes, issuing, tries
from closeknit.paper.models import PageUse, ResidentCard
from tests.town import EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db


def said(kind: str) -> list[str]:
    """The households of which this was said."""
    return sorted(Event.objects.filter(kind=kind).values_list("household", flat=True))


def test_x_01_a_village_gets_a_card_a_household_once_those_of_no_list_too(ben, field_records: Field):
    found = field_records.record("registry.found", data={"what": "household", "landmark": "渡口"})

    to_paper = ben.post(f"/cards/{WEST}/issue/", {"area": WEST})
    again = ben.post(f"/cards/{WEST}/issue/", {"area": WEST})

    assert to_paper.headers["Location"] == f"/cards/{WEST}/print/"
    assert said("residents.card_issued") == sorted(["H1", "H2", "H3", f"found:{found.id}"])
    assert again.status_code == 422 and "Every household here has a card" in again.content.decode()


def test_a_card_is_made_for_one_household(ben):
    one = ben.post(f"/cards/{WEST}/issue/", {"area": WEST, "household": "H1"})
    nowhere = ben.post(f"/cards/{WEST}/issue/", {"area": WEST, "household": "H9"})

    assert said("residents.card_issued") == ["H1"]
    assert one.headers["Location"] == f"/cards/{WEST}/print/?card={ResidentCard.objects.get().pk}"
    assert nowhere.status_code == 422 and "lies in your area" in nowhere.content.decode()


def test_cards_are_printed_with_code_address_and_both_languages_in_walking_order(ben):
    ben.post(f"/cards/{WEST}/issue/", {"area": WEST})

    page = ben.get(f"/cards/{WEST}/print/").content.decode()
    printed = [codes.in_groups(codes.code_of(card)) for card in issuing.standing()]

    assert len(printed) == 3 and all(code in page for code in printed)
    places = [page.index(f"{each}号") for each in ("1组1", "1组2", "2组1")]
    assert places == sorted(places)
    assert "仅凭此卡不能查询结果" in page and "The card by itself never shows a result." in page and "卢兰利" not in page
    assert Reading.objects.get(screen="cards.print").codes == ["H1", "H2", "H3"]
    assert printed[0] in ben.get(f"/cards/{WEST}/print/").content.decode()  # a page that is opened again has lost nothing
    ben.post(f"/cards/{WEST}/print/", {"numbers": " ".join(card.number for card in issuing.standing())})
    assert "Every card here is printed" in ben.get(f"/cards/{WEST}/print/").content.decode()


def test_the_list_shows_what_holds_and_finds_a_card_by_the_number_on_it(ben, field_records: Field):
    west, east = issue([("H1", WEST), ("H4", EAST)], by="ben")

    whole = ben.get(f"/cards/{TOWN}/").content.decode()
    one = ben.get(f"/cards/{TOWN}/", {"q": east.number}).content.decode()
    village = ben.get(f"/cards/{WEST}/").content.decode()

    assert west.number in whole and east.number in whole and "not printed yet" in whole
    assert east.number in one and west.number not in one
    assert west.number in village and east.number not in village


def test_an_empty_list_says_what_to_do_first(ben):
    assert "Issue them village by village" in ben.get(f"/cards/{WEST}/").content.decode()
    assert "Make one, hang it" in ben.get(f"/cards/{WEST}/posters/").content.decode()
    assert "Bring the cards to the doors" in ben.get(f"/cards/{WEST}/use/").content.decode()


def test_a_lost_card_is_revoked_and_issued_anew_with_a_reason(ben, field_records: Field):
    card = issue([("H1", WEST)], by="ben")[0]

    without = ben.post(f"/cards/of/{card.pk}/", {"do": "reissue"})
    ben.post(f"/cards/of/{card.pk}/", {"do": "reissue", "reason": "lost"})
    ben.post(f"/cards/of/{card.pk}/", {"do": "revoke", "reason": "twice"})

    assert without.status_code == 422
    assert (said("residents.card_revoked"), said("residents.card_issued")) == (["H1"], ["H1", "H1"])
    assert issuing.standing().get().household == "H1" and issuing.opened_by(codes.code_of(card)) is None


def test_only_one_card_of_a_household_stands(field_records: Field):
    card = issue([("H1", WEST)], by="ben")[0]

    assert issue([("H1", WEST)], by="ben") == []
    assert reissue(card, by="ben", reason="x") is not None and reissue(card, by="ben", reason="x") is None


def test_who_is_shut_out_is_on_the_list_and_the_board_and_is_opened_again(ben, field_records: Field):
    card = issue([("H1", WEST)], by="ben")[0]
    for _ in range(6):
        tries.spend("H1", "卢兰利", area=WEST, person="P1")

    listed = ben.get(f"/cards/{TOWN}/", {"state": "locked"}).content.decode()
    board = ben.get(f"/board/{TOWN}/", {"at": "now"}).content.decode()
    ben.post(f"/cards/of/{card.pk}/", {"do": "open", "reason": "came to the office"})

    assert card.number in listed and "tries used up today" in listed
    assert "Households shut out from their results today: 1" in board
    assert not tries.locked().exists() and said("residents.tries_renewed") == ["H1"]
    assert card.number not in ben.get(f"/cards/{TOWN}/", {"state": "locked"}).content.decode()


def test_no_more_tries_are_granted_than_the_pack_says_and_old_ones_go(field_records: Field):
    granted = [tries.spend("H1", "卢兰利", area=WEST, person="P1") is not None for _ in range(8)]
    tries.forget(clock.now() + timedelta(seconds=1))

    assert granted == [True] * 5 + [False] * 3
    assert tries.spend("H1", "卢兰利", area=WEST, person="P1") is not None


def test_a_poster_is_made_once_printed_and_taken_down(ben, field_records: Field):
    made = ben.post(f"/cards/{WEST}/posters/", {"area": WEST, "place": "S1"})
    ben.post(f"/cards/{WEST}/posters/", {"area": WEST, "place": "S1"})
    poster = issuing.posters().get()
    page = ben.get(made.headers["Location"]).content.decode()

    assert codes.in_groups(codes.code_of(poster)) in page and "西坪村" in page and "河街商店" in page
    ben.post(f"/cards/poster/{poster.pk}/")
    assert issuing.opened_by(codes.code_of(poster)) is None


def test_use_is_shown_by_day_and_village(ben, field_records: Field):
    with clock.at(START + timedelta(hours=3)):
        for what in ("opened", "opened", "declared"):
            issuing.count_use(WEST, what)

    page = ben.get(f"/cards/{TOWN}/use/").content.decode()

    assert "西坪村" in page and "2022-03-18" in page
    assert set(PageUse.objects.values_list("what", "number")) == {("opened", 2), ("declared", 1)}


def test_who_may_only_look_changes_nothing(client, cast, field_records: Field):
    card = issue([("H1", WEST)], by="ben")[0]
    poster = issuing.put_up(WEST, place="", by="ben")
    cast.ben.role = "administrator"
    cast.ben.save()
    client.force_login(cast.ben)

    answers = [
        client.post(f"/cards/of/{card.pk}/", {"do": "revoke", "reason": "x"}), client.post(f"/cards/poster/{poster.pk}/"),
        client.post(f"/cards/{WEST}/posters/", {"area": WEST}), client.post(f"/cards/{WEST}/issue/", {"area": WEST}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [403] * 4
    assert issuing.standing().exists() and issuing.posters().filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("typed", ["", "x", "2222", "2" * 200, "口" * 12, "23456789ABCDE"])
def test_what_can_be_no_code_opens_nothing(field_records: Field, typed: str):
    assert codes.read(typed) == "" and issuing.opened_by(typed) is None
