"""Colours as lists write them that no table knows: a person says what each word means, for all items that bear it."""

from collections import defaultdict

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Empty
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.batch import Answer
from closeknit.ledger.models import Event
from closeknit.measures.listdoubts.places import tabs
from closeknit.measures.lists.kinds import Colour, Item

DECIDED = Text("{n} item{n:s}: {written} means {colour}.", "{n} 条：“{written}”判定为{colour}。")
NONE = Empty(
    Text("No colour is in doubt", "暂无待判颜色"),
    Text("A word that no table knows is never guessed; it waits here.", "无法识别的颜色写法不作推测，在此由人工判定。"),
    icon="circle-check",
)
LONGEST_WORD = 40


def _words(area: str) -> dict[str, list[Item]]:
    """The open items in doubt by the word that was written."""
    here = Area.objects.below(area).values("code")
    items = {each.topic: each for each in Item.objects.open().filter(area__in=here, colour_doubtful=True)}
    pushes = Event.objects.filter(kind="lists.pushed", superseded_at__isnull=True, topic__in=items, data__has_key="colour")
    written = {event.topic: event.data["colour"] for event in sorted(pushes.defer("personal", "digest"), key=lambda event: event.order)}
    words: dict[str, list[Item]] = defaultdict(list)
    for topic, word in sorted(written.items()):
        words[word].append(items[topic])
    return dict(words)


def colours(request: Request, area: str) -> HttpResponse:
    """The words with how many items bear each; one press decides."""
    words = _words(area)
    if request.method == "POST":
        return _decided(request, area, words)
    row = Area.objects.current().get(code=area)
    context = {
        "words": [(word, len(items)) for word, items in words.items()],
        "colours": list(Colour),
        "tabs": tabs(request, area, "colours"),
        "none": NONE,
    }
    heading = Text("Colours in doubt: {area}", "{area} 颜色待判", area=row.name)
    return show(request, "lists/colours.html", context, heading=heading, crumbs=links.above(request.account, row, "lists.colours"))


def _decided(request: Request, area: str, words: dict[str, list[Item]]) -> HttpResponse:
    written = request.POST.get("written", "")
    try:
        colour = Colour(request.POST.get("colour", ""))
    except ValueError as error:
        raise BadRequest from error
    data = {"colour": str(colour.value)}
    entries = [Entry(uuid7(), "lists.colour_read", each.area, {**data, "item": each.topic}) for each in words.get(written, ())]
    done = sum(isinstance(each, Answer) for each in save_many(request.account, entries, by=author(request.account)))
    tell(request, DECIDED.format(n=done, written=written[:LONGEST_WORD], colour=colour.label))
    return redirect(reverse("lists.colours", args=[area]))
