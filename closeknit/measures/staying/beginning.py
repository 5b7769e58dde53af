"""Beginning: whom one means, found by name, code or the last digits of the ID within one's own area."""

from django.http import HttpResponse

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import finding, links
from closeknit.console.screens import Request
from closeknit.kit.text import Text

WHO = FormField("who", Text("Who", "人员"), required=True, maximum=80,
                help=Text("Name, code, or the last digits of the ID or telephone.", "姓名、编号，或证件号、电话末几位。"))  # fmt: skip


def begin(request: Request, area: str) -> HttpResponse:
    """A form to find somebody, and those who answer to it; posted, so that no name stands in an address."""
    form = Form([WHO], request.POST or None)
    found = finding.found(request.account, "person", form.values["who"]) if form.valid() else []
    if form.valid() and not found:
        form.refuse("who", finding.NONE.format(words=form.values["who"]))
    trail.read(request.account, request.screen.name, [one.code for one in found], path=request.path)
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "isolation.desk"), (row.name, links.to("isolation.desk", area=area))]
    people = [(one, links.to("isolation.person", code=one.code)) for one in found]
    return show(request, "staying/begin.html", {"form": form, "people": people}, crumbs=crumbs, status=422 if form.errors else 200)
