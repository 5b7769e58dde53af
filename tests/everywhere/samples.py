"""A thing for each part of an address, and where each address leads: what the tests of every address, screen and word walk through."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from closeknit.console.manifest import screens
from closeknit.kit import clock
from closeknit.measures.library.tests.telling import decide, write
from closeknit.registry.models import Place, RosterRow
from closeknit.reports.closing import seal
from closeknit.reports.duty import owe
from tests.everywhere.addresses import Address
from tests.everywhere.enforcement import an_act
from tests.everywhere.outward import a_form, a_notice
from tests.everywhere.papers import a_home_card, a_sheet
from tests.everywhere.populations import a_draw
from tests.everywhere.zones import a_zone
from tests.phones import CARD, CODE, PHONE, a_phone
from tests.town import EAST, GRID, START, TOWN, WEST, Field, account

DAY = "2022-03-18"
# An address and its parts; {name} stands for a sample. What is not here takes its parts from USUAL.
PARTS = f"""
campaigning.campaign      code=sweep
campaigning.change        code=sweep
campaigning.end           code=sweep
register.household        code=H1
register.amend_household  code=H1
register.person           code=P1
register.amend_person     code=P1
register.reveal           code=P1
register.trail            code=P1
register.found_one        code=found:{{found}}
register.undo             event={{found}}
register.take_back        event={{found}}
checkpoints.post          code=CP1
equipment.post            code=CP1
venues.place              code=S1
venues.change             code=S1
venues.desk               code=S1
passes.person             code=P1
passes.answer             event={{none}}
schools.people            code=SCH
schools.school            code=SCH
supervision.problem       code=P-1
checkplans.plan           code=DC-001
checkplans.change         code=DC-001
checkplans.end            code=DC-001
checkplans.check          code=DC-001 unit={WEST}
results.unit              area={WEST} code={WEST}
results.draw              area={WEST} code={WEST}
inspections.place         code=S1
inspections.inspect       code=S1
acts.act                  act={{act}} code=S1
acts.say                  what=served act={{act}} code=S1
acts.notice               act={{act}} code=S1
referrals.tell            act={{act}} code=S1
referrals.answer          event={{referral}}
legality.draw             event={{acts_draw}}
legality.review           act={{act}} code=S1
cases.public              area=990101
cases.draft               act={{act}} code=S1
cases.case                case={{typical}}
cases.say                 what=withdrawn case={{typical}}
cases.text                case={{typical}}
checkplans.plan           code=DC-001
checkplans.change         code=DC-001
checkplans.end            code=DC-001
checkplans.check          code=DC-001 unit={WEST}
results.unit              area={WEST} code={WEST}
results.draw              area={WEST} code={WEST}
directives.directive      area={WEST} number=Z-001
directives.say            area={WEST} number=Z-001
directives.told           area={WEST} number=Z-001
directives.end            area={WEST} number=Z-001
tasks.task                number=R-001
tasks.step                number=R-001 step=done
meetings.one              number={{meeting}}
meetings.decide           number={{meeting}}
liaison.hand_over         code=HQ1
liaison.solve             number={{log}}
liaison.body              area={WEST} body=T-1
liaison.log               area={WEST} body=T-1
schemes.one               area={WEST} name=M-1
schemes.edit              area={WEST} name=M-1
schemes.take              area={WEST} name=M-1
schemes.say               area={WEST} name=M-1
routine.draw              event={{draw}}
routine.group             code=KP-1
routine.change            code=KP-1
routine.add               code=KP-1
routine.draw_new          code=KP-1
lists.item                item=none
lists.decide              item=none
tubes.tube                code=T-1
roundplans.rounds         area={WEST} scheme=weekly day=2022-03-20
sampling.site             code=TS1
sampling.desk             code=TS1
accounts.account          username=sample
console.unsave            number=1
records.record            kind=doorknock.visited
records.list              kind=doorknock.visited
records.find              reference=household
daily.why                 area={WEST} day={DAY} name=doorknock.due
daily.evidence            name=doorknock.due
imports.row               row={{row}}
imports.check             row={{row}}
arrivals.clear            area={WEST} refusal={{none}}
imports.workbook          brought={{none}}
orders.line               event={{parked}}
deliveries.undo           area={WEST} base={{none}}
stock.place               code=S1
stores.store              code=CS1
stores.chiefs             code=CS1
stores.undo               event={{none}} code=CS1
stores.notice             code=CS1
goods.batch               batch=B-1 code=CS1
clinics.clinic            code=MI1
sectors.places            area={WEST} sector=food
workforce.member          code=W1
staffing.place            code=CP1
deployment.confirm        code=D-001
volunteers.call           code=Z-001
volunteers.take           event={{none}}
shifts.plan               code=CP1
handover.pass             what=grid code={GRID}
handover.cannot           what=grid code={GRID}
devices.device            code={PHONE}
devices.revoke            code={PHONE}
devices.letters_of        code={PHONE}
residents.enter           code=23456789ABCD
residents.for_household   code=H1
cards.card                number={{home_card}}
cards.poster              number={{poster}}
enrolling.worker          code=W1
enrolling.invited         number={CODE}
enrolling.card            number={CARD}
enrolling.withdraw        number={CARD}
sheets.paper              code={{sheet}}
sheetentry.sheet          code={{sheet}}
sheetentry.scan           code={{sheet}} scan={{scan}}
rumours.rumour            code={{rumour}}
library.text              code=T-001
library.sheet             code=T-001
library.decide            code=T-001
care.request              code={{help}}
care.take                 code={{help}}
isolation.person          code=P1
isolation.notice          code=P1
isolation.order           code=P1
isolation.press           code=P1
isolation.say             code=P1 what=needs_told
zones.say                 zone=Z-1 what=announced
zones.household           zone=Z-1 code=H9
investigations.done       case=none task=none
tracing.present           case=none asked={{none}}
"""
USUAL = (
    f"area={WEST} day={DAY} event={{visit}} draft={{none}} entry={{none}} upload={{none}} "
    "zone=Z-1 control=K-1 case=none "
    "form={form} channel={channel} message={message} delivery={delivery}"
)
QUERY = {"daily.evidence": f"?area={WEST}&from=2022-03-17T17:00:00%2B08:00&to=2022-03-18T17:00:00%2B08:00"}


class Samples(dict[str, Any]):
    """What stands behind the parts; of what is not there the id of nothing."""

    def __missing__(self, name: str) -> object:
        return uuid4()


def lived_in(field: Field, *, with_testing: bool = True) -> Samples:
    """A morning's records, all in the western village but the doubtful row, which lies in the east; the day there is sealed."""
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=START.date())
    made = Samples(
        visit=field.record("doorknock.visited", household="H1", data={"outcome": "met", "present": 3}).id,
        found=field.record("registry.found", data={"what": "household", "landmark": "渡口"}).id,
        rumour=field.record("outreach.rumour_heard", data={"words": "超市要关门", "heard_on": "chat"}).id,
        help=field.record("care.help_requested", person="P1", data={"matter": "medicine", "urgency": "normal"}).id,
        parked=field.record("supplies.line_parked", data={"line": "我家也要两份水果", "why": "no_door", "day": DAY}).id,
        row=RosterRow.objects.current().get(person="P6").id,
        meeting=field.record("meetings.held", data={"title": "调度会", "began_at": f"{DAY}T20:00+08:00"}).id,
        log=field.record("liaison.logged", data={"body": "T-1", "progress": "已巡查 86 家", "problem": "缺测温枪"}).id,
    )
    field.record("doorknock.visited", household="H2", data={"outcome": "refused"})
    field.record("checkpoints.person_checked", place="CP1", data={"decision": "referred", "reason": "发热"})
    asked = {
        "directive": "Z-001",
        "version": 1,
        "title": "逐户走访",
        "text": "三日内完成",
        "to": [WEST, EAST],
        "read_by": f"{DAY}T12:00+08:00",
    }
    field.record("directives.issued", area=TOWN, data=asked | {"act_by": DAY})
    field.record("tasks.set", data={"task": "R-001", "matter": "增设卡点值守", "where": "渡口卡点", "owner": "W1", "due_at": DAY})
    field.record("headquarters.formed", data={"body": "T-1", "type": "task_force", "leader": "W1"})
    field.record("schemes.written", data={"scheme": "M-1", "version": 1, "task_forces": ["卡点专班", "后勤专班"]})
    field.record("schemes.taken", data={"scheme": "M-1", "version": 1, "items": {"task_forces": ["卡点专班", "后勤专班"]}})
    Place.objects.create(code="HQ1", category="command_post", name="指挥部", area=WEST, learned_at=START - timedelta(days=1))
    Place.objects.create(code="MI1", category="clinic", name="河街诊所", area=WEST, learned_at=START)
    field.record("coldchain.batch_arrived", place="CS1", data={"batch": "B-1", "goods": "冻带鱼", "imported": True})
    field.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未开窗通风", "due_at": DAY})
    plan = {"plan": "DC-001", "title": "村级督查", "checklist": ["值守纪律"], "due_on": DAY, "villages": [WEST, EAST]}
    field.record("checkplans.planned", area=TOWN, data=plan)
    field.record("deployment.called", place="CP1", data={"call": "Z-001", "post": "order", "number": 1, "day": "2022-03-19"})
    times = {"from_at": f"{DAY}T09:00+08:00", "to_at": f"{DAY}T17:00+08:00"}
    field.record("deployment.ordered", place="CP1", data={"order": "D-001", "number": 1, "post": "order", **times})
    decide(field, write(field))
    a_zone(field)
    made |= an_act(field)
    if with_testing:
        made |= _tested(field, str(made["visit"]))
    account("sample", "grid_worker", WEST)
    a_phone()
    with clock.at(START + timedelta(hours=10)):
        seal(WEST, START.date(), by="ben")
        made |= {**a_sheet(), **a_home_card(), **a_form(), **a_notice()}
    return made


def _tested(field: Field, visit: str) -> dict[str, Any]:
    """A site, a tube, an order, a draw of those who are tested by rote."""
    Place.objects.create(code="TS1", category="test_site", name="采样点", area=WEST, learned_at=START)
    Place.objects.create(code="SCH", category="school", name="河口小学", area=WEST, learned_at=START)
    field.record("testing.sampled", person="P1", place="TS1", data={"tube": "T-1", "pool": 10})
    until = (START + timedelta(days=7)).date().isoformat()
    order = {"measure": "home", "rule": "secondary", "evidence": [visit], "until": until, "told": "paper"}
    field.record("isolation.ordered", person="P1", data=order)
    return {"draw": a_draw(field).id}


def _read(table: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (line.partition(" ") for line in table.strip().splitlines())}


WANTED = _read(PARTS)


def address_of(one: Address, samples: Samples) -> str:
    """The sample's address."""
    screen = next(each for each in screens() if each.name == one.name)
    own = WANTED.get(one.name)
    pairs = [word.partition("=") for word in (own or USUAL).split()]
    wanted = {name: value for name, _, value in pairs if own or f":{name}>" in screen.path}
    return reverse(one.name, kwargs={name: value.format_map(samples) for name, value in wanted.items()}) + QUERY.get(one.name, "")
