"""What the console refuses of acts: a power that is not there, a step that cannot follow, a judge in their own cause."""

from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.console.records.saving import Entry, author, guard
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.inspections.kinds import ORDER_WORDS, STANDS, Act, State, acts_of, who_may, written_troubles
from closeknit.policy.packs import Policy, policy
from closeknit.registry.reading.names import area_of_place

NO_ACT = Text("No inspection has ordered this at this place. Record the inspection first.", "该场所没有此项处置，请先登记检查。")
ENDED = Text("This act has ended or was set aside; nothing more follows from it.", "该处置已结束或已撤销，不能再办理。")
NOT_YOURS = Text(
    "Your role may not set out {action}. Who may: {roles}. Leave it to them, or tell a department: {offices}.",
    "您的岗位不能出具{action}文书。可出具岗位：{roles}。请交其办理，或移送有权机关：{offices}。",
)
NOBODY = Text("nobody by the policy pack in force", "现行规则未授权任何岗位")
NO_PAPER = Text("Nothing is set out on paper yet, so there is nothing to serve.", "尚未出具文书，无从送达。")
NOTHING_TO_LIFT = Text("No such act stands at this place.", "该场所没有此项执行中的措施。")
NO_OBJECTION = Text("There is no open objection under this number.", "没有该编号的待处理异议。")
OWN_CAUSE = Text("You made this act yourself. Somebody else decides about the objection.", "该处置由您作出，异议须由其他人员处理。")


def _of(entry: Entry) -> tuple[dict[str, Act], Policy]:
    code = entry.references.get("place", "")
    area = area_of_place(code) or entry.area
    return acts_of(code, area), policy(area)


def _named(entry: Entry) -> tuple[Act, State, Policy]:
    """The act that the entry names, and how it stands."""
    acts, pack = _of(entry)
    act = acts.get(str(entry.data.get("act", "")))
    if act is None:
        raise Invalid("data.act", "no_act", NO_ACT)
    return act, act.state(entry.at or clock.now(), pack.timezone), pack


def _standing(entry: Entry) -> tuple[Act, Policy]:
    act, state, pack = _named(entry)
    if state not in STANDS and entry.corrects is None:
        raise Invalid("data.act", "ended", ENDED)
    return act, pack


def written(account: Account, entry: Entry) -> None:
    """Set out only by who may, for an office that has the power, by enough officers, with an end."""
    act, pack = _standing(entry)
    action = str(entry.data.get("action", ""))
    if act.action != action:
        raise Invalid("data.action", "no_act", NO_ACT)
    roles = (pack.get("inspections.by_role") or {}).get(action, ())
    if account.role not in roles:
        named = [ROLES[role] for role in roles if role in ROLES]
        words = Text(", ".join(each.en for each in named), "、".join(each.zh for each in named)) if named else NOBODY
        refused = NOT_YOURS.format(action=ORDER_WORDS[action], roles=words, offices=who_may(action, pack))
        raise Invalid("data.action", "no_power", refused)
    if {"office", "officers"} <= entry.data.keys():  # what is missing the ledger says
        for trouble in written_troubles(entry.data, entry.at or clock.now(), pack):
            raise Invalid(f"data.{trouble.field}", "against_rule", trouble.text)


def served(account: Account, entry: Entry) -> None:
    """Only what stands on paper can be served."""
    act, _ = _standing(entry)
    if act.written is None:
        raise Invalid("data.act", "no_paper", NO_PAPER)


def carried_out(account: Account, entry: Entry) -> None:
    """Only what still stands can be carried out."""
    _standing(entry)


def lifted(account: Account, entry: Entry) -> None:
    """Only a closure or a sealing that was ordered, and not lifted yet."""
    acts, pack = _of(entry)
    now = entry.at or clock.now()
    live = [act for act in acts.values() if act.state(now, pack.timezone) in (*STANDS, State.OVER)]
    if entry.data.get("action") not in {act.action for act in live} and entry.corrects is None:
        raise Invalid("data.action", "nothing", NOTHING_TO_LIFT)


def decided(account: Account, entry: Entry) -> None:
    """Nobody decides about an objection to an act of their own."""
    act, _, _ = _named(entry)
    if str(entry.data.get("objection")) not in {each.topic for each in act.objections} and entry.corrects is None:
        raise Invalid("data.objection", "no_objection", NO_OBJECTION)
    if author(account) in act.hands:
        raise Invalid("data.outcome", "own_cause", OWN_CAUSE)


def objected(account: Account, entry: Entry) -> None:
    """An objection is to an act that was made."""
    acts, _ = _of(entry)
    if entry.data.get("act") and entry.data["act"] not in acts:
        raise Invalid("data.act", "no_act", NO_ACT)


for name, refuses in (
    ("written", written), ("served", served), ("carried_out", carried_out), ("lifted", lifted), ("objection_decided", decided),
    ("objected", objected),
):  # fmt: skip
    guard(f"inspections.{name}", refuses)
