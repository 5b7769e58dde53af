"""Planning a campaign by school and class, and the weekly draw of all schools at once."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.campaigns.planning import BadPlan, plan
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.draws.kinds import Wish, draw, last_day
from closeknit.measures.schools.kinds import KIND, School, live, places
from closeknit.policy.packs import policy

SCHOOLS, PLAN, DRAW = Text("Schools", "学校"), Text("Plan a campaign", "部署专项检测"), Text("Draw this week", "本周抽检")
NOBODY = Text("Nobody is named in these schools and classes yet. Add their people first.", "所选学校、班级尚无名单，请先加入人员。")
PLANNED = Text("Planned: {n} persons of {schools} school{schools:s}.", "已部署：{schools} 所学校，共 {n} 人。")
DRAWN = Text("Drawn in {n} school{n:s}.", "已在 {n} 所学校抽检。")
DRAWN_IN_SOME = Text("Drawn in {n} of {all} schools; the rest have nobody named.", "{all} 所学校中 {n} 所已抽检，其余尚无名单。")
CLASSES_HELP = Text("One a line, as in its list; left empty: all classes.", "每行一个，与名单一致；不填则为全部班级。")


def _chosen(form: Form, schools: list[School]) -> tuple[list[School], set[str]]:
    """The schools that the form means, and everybody in the classes that it names."""
    wanted = set(form.values.get("schools") or [])
    meant = [each for each in schools if not wanted or each.code in wanted]
    classes = {name.strip() for name in form.values.get("classes") or []}
    people = {one for each in meant for name, members in each.members.items() if not classes or name in classes for one in members}
    return meant, people


def _fields(schools: list[School]) -> list[FormField]:
    listed = [(each.code, each.place.name) for each in schools]
    every = Text("None chosen: all of them.", "不选则为全部学校。")
    return [FormField("schools", SCHOOLS, "list", choices=listed, help=every)] if listed else []


def campaign(request: Request, area: str) -> HttpResponse:
    """A campaign over the schools of an area: who belongs to them now is listed, and stays due whoever moves later."""
    row, pack, schools = Area.objects.current().get(code=area), policy(area), live(places(area), clock.now())
    fields = [
        FormField("event", "", "hidden"), FormField("name", Text("Name", "名称"), required=True, maximum=100), *_fields(schools),
        FormField("classes", Text("Classes", "班级"), "list", help=CLASSES_HELP),
        FormField("from", Text("First day", "开始日期"), "date", required=True),
        FormField("to", Text("Last day", "结束日期"), "date", required=True),
    ]  # fmt: skip
    today = clock.now().astimezone(pack.timezone).date()
    initial = {"event": str(uuid7()), "from": today, "to": today + timedelta(days=2)}
    form = Form(fields, request.POST if request.method == "POST" else None, initial)
    if form.valid():
        meant, people = _chosen(form, schools)
        if not people:
            form.refuse("schools", NOBODY)
        elif _planned(form, area, people):
            tell(request, PLANNED.format(n=len(people), schools=len(meant)))
            return redirect("schools.schools", area=area)
    back = links.to("schools.schools", area=area)
    heading = Text("School campaign: {area}", "{area} 学校专项检测", area=row.name)
    context = {"form": form, "cancel": back, "submit": PLAN}
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=[(SCHOOLS, back)], status=422 if form.errors else 200)


def _planned(form: Form, area: str, people: set[str]) -> bool:
    zone, said = policy(area).timezone, form.values
    begins, ends = (datetime.combine(day, time(), zone) for day in (said["from"], said["to"] + timedelta(days=1)))
    try:
        plan(
            {"code": f"schools-{_number(form).hex[-12:]}", "kind": KIND, "name": said["name"], "area": area, "from": begins, "to": ends,
             "targets": {"persons": sorted(people)}}
        )  # fmt: skip
    except BadPlan as trouble:
        form.refuse(trouble.field, trouble.text)
        return False
    return True


def _number(form: Form) -> UUID:
    try:
        return UUID(form.values["event"])
    except ValueError as error:
        raise BadRequest from error


def lots(request: Request, area: str) -> HttpResponse:
    """Draws of each class of each school the share that the pack, or its list, says; the same form sent twice draws once."""
    row, pack, schools = Area.objects.current().get(code=area), policy(area), live(places(area), clock.now())
    until = FormField("until_day", Text("To be sampled by", "采样截止日期"), "date", required=True)
    today = clock.now().astimezone(pack.timezone).date()
    initial = {"event": str(uuid7()), "until_day": last_day(today, int(pack.get("routine.draw_within_days")))}
    form = Form([FormField("event", "", "hidden"), *_fields(schools), until], request.POST if request.method == "POST" else None, initial)
    if form.valid():
        meant, _ = _chosen(form, schools)
        done = sum(_drawn(request, form, each) for each in meant)
        if done:
            tell(request, (DRAWN if done == len(meant) else DRAWN_IN_SOME).format(n=done, all=len(meant)))
            return redirect(f"{reverse('schools.proof', args=[area])}?day={today.isoformat()}")
        if not form.errors:
            form.refuse("schools", NOBODY)
    back = links.to("schools.schools", area=area)
    heading = Text("Draw by lot: schools of {area}", "{area} 学校随机抽检", area=row.name)
    context = {"form": form, "cancel": back, "submit": DRAW}
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=[(SCHOOLS, back)], status=422 if form.errors else 200)


def _drawn(request: Request, form: Form, one: School) -> bool:
    share = float(policy(one.place.area).get("schools.share"))
    found = False
    for group in one.groups if one.people else []:
        wish = Wish(group.share or share, None, "", form.values["until_day"])
        try:
            draw(request.account, group, wish, event_id=uuid5(_number(form), group.topic))
            found = True
        except Invalid as invalid:
            if invalid.field == "until_day":
                form.refuse("until_day", invalid.text)
    return found
