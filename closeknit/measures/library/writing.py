"""Writing a text, and writing its next version."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import Form as AskedForm
from closeknit.console.forms import FormField
from closeknit.console.page import show
from closeknit.console.records.saving import Entry, guard, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import next_number, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.library.listing import ABOUTS, FORMS, WRITE
from closeknit.measures.library.texts import WRITTEN, LibraryText, texts
from closeknit.registry.reading.personal import findings, place_words

PERSONAL = Text("“{piece}” is {why}. Take it out: a text names nobody.", "“{piece}”为{why}，请删除：文稿不得含个人信息。")
KEPT = Text("Version {n} is kept. It can be used once it is approved.", "第 {n} 版已保存，审定后方可使用。")
FIELDS = (
    FormField("title", Text("Title", "标题"), required=True, maximum=100),
    FormField("form", Text("Form", "形式"), "choice", required=True, choices=list(FORMS.items())),
    FormField("about", Text("About", "内容类别"), "choice", required=True, choices=list(ABOUTS.items()), help=Text(
        "Laws, rights, duties and answers to rumours stand on the public page once they are approved.",
        "法律法规、权利、义务、辟谣答复审定后在公开页面展示。")),
    FormField("words", Text("Words", "正文"), "long_text", required=True, maximum=4000, help=Text(
        "Of a recording what it says, of a poster what stands on it. It names nobody.",
        "音频填写播报内容，海报填写文字内容。不得含个人信息。")),
    FormField("file", Text("Where the recording or poster lies", "音频或海报文件位置"), maximum=400),
)  # fmt: skip


def without_persons(area: str, *said: str) -> None:
    """Raises `Invalid` where words that go out name a person."""
    found = findings("\n".join(said), area, place_words(area))
    if found:
        raise Invalid("data.words", "personal", PERSONAL.format(piece=found[0].piece, why=found[0].why))


guard(WRITTEN, lambda account, entry: without_persons(entry.area, *(str(entry.data.get(name, "")) for name in ("title", "words"))))


def write(request: Request, area: str) -> HttpResponse:
    """The form of a new text; with `?text=` of the next version of that one, in the area where it lies."""
    held = texts(request.GET["text"]).get(request.GET["text"]) if request.GET.get("text") else None
    if request.GET.get("text") and (held is None or not in_scope(request.account, held.area)):
        raise Http404
    before: dict[str, Any] = held.latest.written.data if held else {}
    asked = AskedForm(FIELDS, request.POST if request.method == "POST" else None, before)
    if asked.valid():
        said = _said(held, asked.values)
        try:
            save(request.account, Entry(uuid7(), WRITTEN, held.area if held else area, said))
        except Invalid as invalid:
            asked.refuse(invalid.field.removeprefix("data."), invalid.text)
        else:
            tell(request, KEPT.format(n=said["version"]))
            return redirect("library.text", code=said["text"])
    back = reverse("library.text", args=[held.code]) if held else reverse("library.texts", args=[area])
    row = Area.objects.current().get(code=held.area if held else area)
    heading = Text("Next version: {title}", "修订：{title}", title=before["title"]) if held else WRITE
    context = {"form": asked, "cancel": back}
    crumbs = [(row.name, reverse("library.texts", args=[area]))]
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if asked.errors else 200)


def _said(held: LibraryText | None, values: dict[str, Any]) -> dict[str, Any]:
    code = held.code if held else next_number(Event.objects.filter(kind=WRITTEN).values_list("topic", flat=True).distinct(), "T-001")
    return {"text": code, "version": held.latest.number + 1 if held else 1, **{name: value for name, value in values.items() if value}}
