"""Whoever comes registers by themselves: the code of an entrance opens this page, on their own phone and without an account."""

from django.http import HttpResponse

from closeknit.access.limits import spend
from closeknit.console.forms import Form, FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.residents.kinds import FORM, Visitor, Way, address, asked_first, draw, later, new_form, number_of, say, visitor, way
from closeknit.registry.models import Place

ASKED = (
    FormField("name", Text("Your name", "姓名"), required=True, maximum=40),
    FormField("phone", Text("Telephone", "联系电话"), maximum=30),
    FormField("helped", Text("I register somebody else, who has no phone", "为无手机的人代登记"), "boolean"),
    FORM,
)
THANKS = Text("Registered: {place}. Thank you; go in.", "已登记：{place}。谢谢，请进。")
TOO_MANY = Text(
    "Too many register now. Do not wait: sign the sheet at the entrance, and go in.",
    "当前登记人数过多，不必等待，请在纸质表登记后进入。",
)
NO_PLACE = Text(
    "Only the code of an entrance registers an entry. Scan it there, or sign the sheet.", "请扫描出入口的登记码，或在纸质表登记。"
)


def _fits(who: Visitor) -> bool:
    return bool(who.place) and who.policy.has("venue_code")


WAY = way(
    Way("venues.enter", Text("Register that I came", "进入登记"), Text("at the entrance where this hangs", "登记码所在出入口"), _fits)
)  # fmt: skip


def enter(request: Request) -> HttpResponse:
    """One entry; the same form sent twice is one. Where too many come at once the page sends them in by hand."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    if not _fits(who):
        return draw(request, "residents/message.html", who, {"message": NO_PLACE, "tone": "look"})
    form = Form(ASKED, request.POST if request.method == "POST" else None, {"form": new_form()})
    if form.valid():
        most = int(who.policy.get("venues.entries_an_hour"))
        until = spend("venue-entry", f"{who.device}|{address(request)}", limit=most, minutes=60)
        if until is not None:
            return later(request, who, TOO_MANY, max(1, int((until - clock.now()).total_seconds())))
        try:
            return _registered(request, who, form)
        except Invalid as invalid:
            form.refuse("", invalid.text)
    return draw(request, "residents/form.html", who, {"form": form}, status=422 if form.errors else 200)


def _registered(request: Request, who: Visitor, form: Form) -> HttpResponse:
    said = form.values
    data = {"way": "scanned", "name": said["name"], "phone": said["phone"], "entrance": who.entrance, "helped": said["helped"]}
    number = say(who, "venues.entered", {name: value for name, value in data.items() if value}, form=said["form"], place=who.place)
    place = Place.objects.current().filter(code=who.place).values_list("name", flat=True).first() or who.place
    context = {"thanks": THANKS.format(place=place), "numbers": [number_of(number)], "at": clock.now()}
    return draw(request, "residents/receipt.html", who, context)
