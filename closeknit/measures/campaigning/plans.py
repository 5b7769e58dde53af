"""The form of a plan: what it asks, what it makes, how a campaign is ended."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, in_scope
from closeknit.areas.models import Level
from closeknit.campaigns.models import Campaign, Listed
from closeknit.campaigns.planning import BadPlan, fresh_code, plan
from closeknit.console.forms import Form, FormField
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.campaigning import targets
from closeknit.policy.packs import Policy, policy

OUTSIDE = Text("This area lies outside yours. Choose one from the list.", "该地区不在您的辖区，请从列表中选择。")
OVER = Text("This campaign is over; plan a new one.", "该行动已结束，请另行部署。")
LISTED = Text("Whom it lists by name stays as it is.", "指定人员名单保持不变。")
MOST_AREAS = 400
DAYS = 2


def fields(account: Account, in_force: Policy, held: Campaign | None) -> list[FormField]:
    """The questions of a plan; of one that is changed its kind stays as it is."""
    kinds = [(name, each.label) for name, each in targets.offered_types(in_force).items()]
    rows = areas_of(account).exclude(level__in=(Level.PROVINCE, Level.PREFECTURE)).order_by("path")
    areas = [(row.code, f"{row.name} {row.code}") for row in rows[:MOST_AREAS]]
    asked = [FormField("kind", Text("Kind", "行动类型"), "choice", True, kinds)] if held is None else []
    asked += [
        FormField("name", Text("Name", "名称"), required=True, maximum=100, help=Text("As people will call it.", "便于称呼的名称。")),
        FormField("area", Text("Area", "地区"), "choice", True, areas),
        FormField("from", Text("Begins", "开始时间"), "datetime", True),
        FormField("to", Text("Ends", "结束时间"), "datetime", True),
    ]
    if held is not None and "persons" in held.targets and not isinstance(held.targets, str):
        return asked
    offered = targets.choices(in_force)
    asked.append(FormField("targets", Text("Whom it must reach", "行动对象"), "choice", True, offered))
    if targets.PLACES in dict(offered):
        words = Text("Only where places are reached.", "仅对象为场所时选择。")
        asked.append(
            FormField("categories", Text("Categories of places", "场所类别"), "list", choices=[*targets.CATEGORIES.items()], help=words)
        )
    return asked


def form(account: Account, data: QueryDict | None, held: Campaign | None = None) -> Form:
    """The form of a plan, new or of a campaign that is changed."""
    in_force = policy(account.area)
    return Form(fields(account, in_force, held), data, _initial(account, in_force, held))


def _initial(account: Account, in_force: Policy, held: Campaign | None) -> dict[str, Any]:
    if held is not None:
        chosen, categories = targets.choice_of(held.targets)
        said = {"name": held.name, "area": held.area, "from": held.starts_at, "to": held.ends_at}
        return {**said, "targets": chosen, "categories": categories}
    begins = clock.now().astimezone(in_force.timezone)
    ends = datetime.combine(begins.date() + timedelta(days=DAYS), time(17), in_force.timezone)
    first = next(iter(targets.offered_types(in_force)), "")
    return {"kind": first, "area": account.area, "from": begins, "to": ends, "targets": next(iter(dict(targets.choices(in_force))), "")}


def planned(account: Account, answered: Form, held: Campaign | None = None) -> Campaign | None:
    """The campaign that the answers make; None where some must change, which the form then shows."""
    if not answered.valid():
        return None
    values = answered.values
    try:
        if not in_scope(account, values["area"]):
            raise BadPlan("area", OUTSIDE)
        with transaction.atomic():
            return plan(_raw(values, policy(account.area), held))
    except BadPlan as bad:
        answered.refuse(bad.field if bad.field in values else "", bad.text)
        return None


def _raw(values: dict[str, Any], in_force: Policy, held: Campaign | None) -> dict[str, Any]:
    kind = held.kind if held else values["kind"]
    if "targets" in values:
        rule = targets.rule(kind, values["targets"], values.get("categories", []), in_force)
    else:
        assert held is not None
        rule = {"persons": _listed(held, "target")}
    return {
        "code": held.code if held else fresh_code(kind), "kind": kind, "name": values["name"], "area": values["area"],
        "from": values["from"], "to": values["to"], "targets": rule, "excused": _excused(held),
    }  # fmt: skip


def _listed(held: Campaign, as_what: str) -> list[str]:
    return list(Listed.objects.filter(campaign=held.code, as_what=as_what).values_list("person", flat=True))


def _excused(held: Campaign | None) -> dict[str, Any]:
    if held is None or not held.excused:
        return {}
    return {**held.excused, **({"persons": _listed(held, "excused")} if "persons" in held.excused else {})}


def end(held: Campaign) -> Campaign:
    """Ends a campaign now. Raises `BadPlan` where it is over already; one that has not begun ends a moment after its beginning."""
    now = clock.now()
    if held.ends_at <= now:
        raise BadPlan("to", OVER)
    targets_now = {"persons": _listed(held, "target")} if "persons" in held.targets and not isinstance(held.targets, str) else held.targets
    ends = max(now, held.starts_at + timedelta(seconds=1))
    return plan(
        {
            "code": held.code, "kind": held.kind, "name": held.name, "area": held.area, "from": held.starts_at, "to": ends,
            "targets": targets_now, "excused": _excused(held),
        }
    )  # fmt: skip
