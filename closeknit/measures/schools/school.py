"""One school: its classes with who is due, sampled and left, its draws with their proof; and its people by name."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.kinds import Drawn
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts, Progress
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.schools import keeping
from closeknit.measures.schools.listing import SCHOOLS
from closeknit.measures.schools.progress import Round, running
from closeknit.measures.schools.standing import CATEGORY, School, live
from closeknit.registry.models import Person, Place
from closeknit.registry.searching import search_persons

MOST_DRAWS, MOST_FOUND = 12, 400
NO_CLASS, OUTSIDE = Text("Without a class", "未分班级"), Text("Lives in another area", "居住在其他辖区")
LEFT, SAMPLED, NOT_DUE = (
    Badge(Text("left", "未检"), "watch"),
    Badge(Text("sampled", "已检"), "good"),
    Badge(Text("not due", "无需检测"), "quiet"),
)
BEGUN = Text("The school's list is kept now. Add its people.", "已建立该校名单，请加入人员。")
ROSTERED = Text("{n} added by their mark in the register.", "已按底册标签加入 {n} 人。")


def area_of_school(code: str) -> str | None:
    """Where a school lies; None for any other place."""
    return Place.objects.current().filter(code=code, category=CATEGORY).values_list("area", flat=True).first()


def held(code: str) -> School:
    """The school as it stands now. Raises Http404 where there is none."""
    found = live(Place.objects.current().filter(code=code, category=CATEGORY), clock.now())
    if not found:
        raise Http404
    return found[0]


@dataclass(frozen=True)
class ClassLine:
    """One class as the page shows it."""

    name: str
    named: int
    expected: int | None
    progress: Progress | None
    left: int
    url: str
    change: str


def school(request: Request, code: str) -> HttpResponse:
    """The page; a press begins its list, another takes over who bears its mark in the register."""
    one = held(code)
    if request.method == "POST":
        if not can(request.account, "schools.manage"):
            raise PermissionDenied
        if not one.groups:
            keeping.begin(request.account, one)
            tell(request, BEGUN)
        else:
            tell(request, ROSTERED.format(n=keeping.take_marked(request.account, one)))
        return redirect("schools.school", code=code)
    area = Area.objects.current().get(code=one.place.area)
    round_ = running(area, clock.now())
    draws = standing(Drawn).filter(topic__in=[each.topic for each in one.groups]).defer("personal", "digest").order_by("-at")[:MOST_DRAWS]
    marked = len(keeping.marked(request.account, one)) if can(request.account, "schools.manage") else 0
    context = {
        "facts": _facts(one, area), "lines": _lines(request, one, round_), "round": round_, "marked": marked, "school": one,
        "draws": [(each, len(each.data["drawn"]), links.to("routine.draw", event=str(each.id))) for each in draws],
        "may": can(request.account, "schools.manage"),
    }  # fmt: skip
    crumbs = [*links.above(request.account, area, "schools.schools"), (area.name, links.to("schools.schools", area=area.code))]
    actions = _actions(request, one)
    return show(request, "schools/school.html", context, heading=one.place.name, crumbs=crumbs, actions=actions)


def _facts(one: School, area: Area) -> Facts:
    return Facts(
        [
            (Text("Area", "地区"), area.name), (Text("Classes", "班级"), str(len(one.classes))),
            (Text("Persons", "师生人数"), str(len(one.people))), (Text("Not named yet", "未列名人数"), str(one.unnamed)),
            (Text("Code", "编号"), one.code),
        ]
    )  # fmt: skip


def _lines(request: Request, one: School, round_: Round | None) -> list[ClassLine]:
    way, change = links.to("schools.people", code=one.code), links.to("records.record", kind="schools.class_set")
    change = change if can(request.account, "schools.record") else ""
    made = []
    for name in [*one.classes, *([""] if one.members.get("") else [])]:
        people, expected = one.members[name], one.expected(name)
        asked = {
            "place": one.code,
            "school_class": name,
            "state": "in_use",
            "next": request.path,
            **({"people": expected} if expected else {}),
        }
        url, put_right = f"{way}?{urlencode({'class': name})}", f"{change}?{urlencode(asked)}" if change and name else ""
        left = len(round_.left(people)) if round_ else 0
        made.append(ClassLine(name, len(people), expected, round_.of(people) if round_ else None, left, url, put_right))
    return made


def _actions(request: Request, one: School) -> list[Action]:
    actions = [Action(Text("People by name", "人员名单"), links.to("schools.people", code=one.code), "users", primary=True)]
    if can(request.account, "schools.record"):
        asked = urlencode({"place": one.code, "state": "in_use", "next": request.path})
        new = f"{links.to('records.record', kind='schools.class_set')}?{asked}"
        actions.append(Action(Text("Set a class", "设置班级"), new, "plus"))
    for group in one.groups[:1]:
        ways = (
            ("routine.add", Text("Add people", "加入人员"), "user-plus"), ("routine.draw_new", Text("Draw by lot", "随机抽检"), "refresh"),
            ("routine.group", Text("Its list", "人群组"), "list"),
        )  # fmt: skip
        actions += [Action(label, url, icon) for screen, label, icon in ways if (url := links.to(screen, code=group.topic))]
    return actions


@dataclass(frozen=True)
class Line:
    """One person of the school as the list shows them."""

    row: Any
    name: Text | str
    school_class: str
    area: str
    state: Badge


def people(request: Request, code: str) -> HttpResponse:
    """Who belongs to the school, by class, and who is left. Of who lives outside the reader's area the class and the state alone."""
    one = held(code)
    area = Area.objects.current().get(code=one.place.area)
    round_, of = running(area, clock.now()), {person: name for name, people in one.members.items() for person in people}
    rows = Person.objects.current().filter(code__in=one.people)
    mine = set(visible(rows, request.account).values_list("code", flat=True))
    full = names.in_full(request.account, "schools.record")
    left = round_.left(one.people) if round_ else set()
    due = round_.due if round_ else frozenset()

    def dress(page: list[Any]) -> list[Line]:
        seen = [each.code for each in page if each.code in mine]
        called, areas = names.persons(seen, full=full), Area.objects.names({each.area for each in page if each.code in mine})
        return [
            Line(
                each, called[each.code].name if each.code in called else OUTSIDE, of[each.code], areas.get(each.area, ""), state(each.code)
            )
            for each in page
        ]

    def state(person: str) -> Badge:
        return LEFT if person in left else SAMPLED if person in due else NOT_DUE

    def in_state(found: QuerySet[Any], wanted: str) -> QuerySet[Any]:
        return found.filter(code__in=left) if wanted == "left" else found.filter(code__in=due - left)

    classes = [(name, name) for name in one.classes]
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.name, phone="title",
                   link=lambda line: links.to("register.person", code=line.row.code) if line.row.code in mine else ""),
            Column("state", Text("State", "状态"), lambda line: line.state, phone="end"),
            Column("class", Text("Class", "班级"), lambda line: line.school_class or NO_CLASS),
            Column("area", Text("Lives in", "居住地"), lambda line: line.area or None, sort=("area", "code")),
            Column("code", Text("Code", "人员编号"), lambda line: line.row.code if line.row.code in mine else "",
                   sort=("code",), hidden=True),
        ),
        order="code", dress=dress, codes=lambda line: [line.row.code],
        empty=Empty(Text("Nobody is named yet", "尚无名单"),
                    Text("Add people on the school's page, from the register or by pasting codes.", "请在学校页面按标签或编号加入。"),
                    icon="users"),
        filters=(
            *([Filter("class", Text("Class", "班级"), lambda found, name: found.filter(code__in=one.members[name]), choices=classes)]
              if classes else []),
            *([Filter("state", Text("State", "状态"), in_state, choices=[("left", LEFT.label), ("sampled", SAMPLED.label)])]
              if round_ else []),
        ),
        search=lambda found, words: found.filter(code__in=[each.code for each in search_persons(words, found, most=MOST_FOUND)]),
    )  # fmt: skip
    crumbs = [(SCHOOLS, links.to("schools.schools", area=area.code)), (one.place.name, links.to("schools.school", code=code))]
    return listing.respond(request, rows, heading=Text("People: {name}", "{name} 人员名单", name=one.place.name), crumbs=crumbs)
