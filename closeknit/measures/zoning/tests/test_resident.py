"""A household in a zone reads its order without an account, in the lines of every order to stay, and objects there."""

import html
from datetime import timedelta

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.residents.tests.conftest import opened, sent
from closeknit.measures.zones.tests.places import ZONE, order
from closeknit.paper.cards.issuing import issue, put_up
from tests.town import START, WEST, Field

NOON = START + timedelta(hours=6)


def test_a_household_with_a_card_reads_its_order_and_objects(field_records: Field):
    order(field_records)
    with clock.at(NOON):
        inside, outside = (opened(issue([(home, WEST)], by="ana")[0]) for home in ("H1", "H2"))
        page = html.unescape(inside.get("/r/zone/").content.decode())
        free = html.unescape(outside.get("/r/zone/").content.decode())
        receipt = sent(inside, "/r/zone/", words="We do not live in that building").status_code

    for words in (
        "Until: 2022-03-20 08:00. It ends by itself",
        "《传染病防治法》第四十二条",
        "Doors are not sealed",
        "You may object at any time",
    ):
        assert words in page, words
    assert ("You are free to go out" in free, "Object to it" in free) == (True, False)
    objection = Event.objects.get(kind="zones.objected")
    assert (receipt, objection.household, objection.data) == (200, "H1", {"zone": ZONE, "way": "page"})
    assert Reading.objects.filter(screen="residents.zone", codes=["H1"]).exists()


def test_a_poster_shows_the_order_of_the_village_and_takes_no_objection(field_records: Field):
    order(field_records, areas=[WEST], households=[])
    with clock.at(NOON):
        page = html.unescape(opened(put_up(WEST, place="", by="ana")).get("/r/zone/").content.decode())
    with clock.at(START + timedelta(hours=48)):
        over = html.unescape(opened(put_up(WEST, place="", by="ana")).get("/r/zone/").content.decode())

    assert ("河街片区" in page, 'name="words"' in page, "河街片区" in over) == (True, False, False)
