"""THE table of addresses: what each asks for, and where its sample lies. An address that is missing here fails a test."""

from dataclasses import dataclass

# name                     permission           lies in
# lies in: west, east = the sample belongs to that village, so whoever works elsewhere must not see that it exists;
#          town = the whole town's, which its villages may see too; whole = the whole town's, for those who answer for all of it;
#          - = it is about no area (a list shows what lies in the reader's scope); gone = the sample does not exist; public = for everybody
TABLE = """
console.home               -                    -
console.search             -                    -
console.about              -                    public
console.sign_in            -                    public
console.sign_out           -                    -
console.password           -                    -
console.account            -                    -
console.language           -                    public
console.looks              -                    public
console.save               -                    -
console.unsave             -                    -
console.parts              console.view         -
records.record             doorknock.record     -
records.menu               -                    -
records.list               doorknock.view       -
records.find               registry.view        -
records.undo               -                    -
records.correct            doorknock.manage     west
records.withdraw           doorknock.manage     west
campaigning.list           campaigns.view       -
campaigning.plan           campaigns.manage     -
campaigning.campaign       campaigns.view       town
campaigning.change         campaigns.manage     whole
campaigning.end            campaigns.manage     -
command.board              command.view         west
arrivals.records           ledger.view          west
register.area              registry.view        west
register.households        registry.view        west
register.persons           registry.view        west
register.places            registry.view        west
register.household         registry.view        west
register.amend_household   registry.record      west
register.person            registry.view        west
register.amend_person      registry.record      west
register.reveal            registry.view        west
register.trail             registry.manage      west
register.event             doorknock.view       west
register.found             registry.view        -
register.add               registry.record      -
register.found_one         registry.record      west
register.undo              registry.record      west
register.take_back         registry.record      west
imports.list               registry.manage      -
imports.rows               registry.record      -
imports.row                registry.record      east
imports.check              registry.record      east
imports.bring              registry.manage      -
imports.workbook           exports.record       gone
imports.one                registry.manage      gone
imports.again              registry.manage      -
imports.heading            registry.manage      -
doorknock.coverage         doorknock.view       west
doorknock.gaps             doorknock.view       west
doorknock.sheet            doorknock.view       west
doorknock.visit            doorknock.record     west
rounds.coverage            testing.view         west
rounds.persons             testing.view         west
rounds.marks               testing.view         west
rounds.singly              testing.view         west
tubes.list                 laboratory.view      west
reconciling.list           laboratory.view      west
reconciling.clear          testing.record       west
tubes.tube                 laboratory.view      west
laboratory.work            laboratory.record    west
laboratory.receive         laboratory.record    west
laboratory.results         laboratory.record    west
laboratory.rest            laboratory.record    west
laboratory.upload          laboratory.record    west
laboratory.let_go          laboratory.record    west
doorknock.recheck          supervision.record   west
doorknock.draw             supervision.manage   west
doorknock.call             supervision.record   west
returnees.list             returnees.view       west
lists.items                lists.view           west
lists.verify               lists.record         west
lists.item                 lists.view           gone
lists.day                  lists.view           west
lists.remind               lists.manage         west
lists.pairs                lists.manage         west
lists.places               lists.manage         west
lists.colours              lists.manage         west
lists.decide               lists.manage         gone
lists.bring                lists.manage         -
lists.parked               lists.manage         -
lists.draft                lists.manage         gone
lists.take                 lists.manage         -
lists.drop                 lists.manage         -
riskareas.list             returnees.view       -
riskareas.keep             returnees.manage     -
riskareas.end              returnees.manage     -
away.list                  returnees.view       west
away.leaving               returnees.view       west
away.contact               returnees.record     west
checkpoints.posts          checkpoints.view     west
checkpoints.owed           checkpoints.view     west
checkpoints.post           checkpoints.view     west
venues.patrol              venues.view          west
venues.places              venues.view          west
venues.place               venues.view          west
staffing.board             workforce.view       west
staffing.place             workforce.view       west
staffing.skills            deployment.view      west
hours.load                 deployment.view      west
hours.odd                  deployment.view      west
deployment.orders          workforce.view       west
deployment.confirm         workforce.record     west
teams.teams                deployment.view      west
teams.groups               deployment.record    west
teams.pairings             deployment.view      west
shifts.roster              workforce.view       west
shifts.plan                deployment.record    west
handover.grids             workforce.view       west
handover.mine              workforce.record     -
handover.pass              workforce.record     west
handover.cannot            workforce.record     west
supervision.problems       supervision.view     west
supervision.units          supervision.view     west
supervision.problem        supervision.view     west
vaccination.answers        vaccination.view     west
workforce.now              workforce.view       west
workforce.days             workforce.view       west
workforce.members          workforce.manage     west
workforce.member           workforce.manage     west
orders.line                supplies.record      west
orders.lines               supplies.view        west
orders.chain               supplies.view        west
supplies.packs             supplies.view        west
isolation.desk             isolation.view       west
isolation.rooms            isolation.view       west
isolation.readings         isolation.record     west
isolation.begin            registry.view        west
isolation.arrive           isolation.record     west
isolation.person           isolation.view       west
isolation.notice           isolation.view       west
isolation.order            isolation.record     west
isolation.say              isolation.record     west
isolation.press            isolation.record     west
care.people                care.view            west
care.help                  care.view            west
care.referrals             care.view            west
care.request               care.view            west
care.take                  care.record          west
outreach.sums              outreach.view        west
outreach.records           outreach.view        west
accounts.list              access.view          -
accounts.new               access.manage        -
accounts.account           access.manage        west
sheets.list                sheets.view          -
sheets.print               sheets.view          -
sheets.paper               sheets.view          west
sheetentry.sheet           sheets.record        west
sheetentry.scan            sheets.record        west
devices.list               devices.view         -
devices.device             devices.view         west
devices.revoke             devices.manage       west
devices.letters            devices.view         -
devices.letters_of         devices.view         west
devices.outbox             devices.manage       -
enrolling.workers          devices.manage       -
enrolling.worker           devices.manage       west
enrolling.shift            devices.manage       -
enrolling.invited          devices.manage       west
enrolling.cards            devices.manage       -
enrolling.card             devices.manage       west
enrolling.withdraw         devices.manage       west
notices.list               notices.view         -
notices.write              notices.record       -
notices.channels           notices.manage       -
notices.new                notices.manage       -
notices.channel            notices.manage       west
notices.close              notices.manage       west
notices.message            notices.view         west
notices.press              notices.record       west
upward.list                reports.view         -
upward.bring               reports.manage       -
upward.form                reports.view         west
upward.cells               reports.manage       west
upward.renew               reports.manage       west
upward.fill                reports.record       west
upward.retire              reports.manage       west
residents.declare          -                    public
residents.help             -                    public
residents.order            -                    public
residents.mine             -                    public
residents.objection        -                    public
residents.paper            -                    public
residents.leave            -                    public
residents.home             -                    public
residents.enter            -                    public
residents.for_household    registry.record      west
cards.list                 residents.view       west
cards.card                 residents.view       west
cards.issue                residents.record     west
cards.print                residents.record     west
cards.posters              residents.view       west
cards.poster               residents.view       west
cards.use                  residents.view       west
daily.mine                 reports.record       -
daily.day                  reports.view         west
daily.archive              reports.view         west
daily.bulletin             reports.view         west
daily.docx                 reports.view         west
daily.text                 reports.view         west
daily.changed              reports.view         west
daily.why                  reports.view         west
daily.unit                 reports.view         west
daily.confirm              reports.record       west
daily.undo                 reports.record       west
daily.phone                reports.manage       west
daily.declare              reports.manage       west
daily.seal                 reports.manage       west
daily.evidence             reports.view         west
"""


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    name: str
    permission: str
    lies_in: str


ADDRESSES = tuple(
    Address(name, "" if permission == "-" else permission, lies_in)
    for name, permission, lies_in in (line.split() for line in TABLE.strip().splitlines())
)
