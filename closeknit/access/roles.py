"""THE table of who may do what: one line an area of work, one column a role. A measure without a line fails a test."""

from closeknit.kit.text import Text

ROLES: dict[str, Text] = {
    "grid_worker": Text("Grid worker", "网格员"),
    "village_secretary": Text("Village secretary", "村（社区）书记"),
    "town_clerk": Text("Town clerk", "乡镇专干"),
    "county_supervisor": Text("County supervisor", "县级督导"),
    "inspector": Text("Inspector", "督查员"),
    "epidemiologist": Text("Epidemiologist", "流调分析员"),
    "gate_staff": Text("Gate staff", "卡点值守人员"),
    "laboratory": Text("Laboratory", "检测机构人员"),
    "isolation_staff": Text("Isolation site staff", "隔离场所工作人员"),
    "supply_clerk": Text("Supplies clerk", "物资专员"),
    "administrator": Text("Administrator", "系统管理员"),
}

# v: view, r: record, m: manage (assign, put right for others, decide). Each letter is granted by itself: none implies another.
# An account has its role within its area only (scope.py). `exports r`: may take a list out of the house as a file.
TABLE = """
             grid_worker  village_secretary  town_clerk  county_supervisor  inspector  epidemiologist  gate_staff  laboratory  isolation_staff  supply_clerk  administrator
registry     vr           vr                 vrm         v                  -          v               -           -           -                v             v
doorknock    vr           vr                 vrm         v                  v          v               -           -           -                -             v
returnees    vr           vr                 vrm         vrm                -          v               -           -           -                -             v
lists        vr           vr                 vrm         vm                 -          v               -           -           -                -             v
checkpoints  -            v                  vrm         v                  v          -               vr          -           -                -             v
venues       vr           vr                 vrm         v                  vr         -               -           -           -                -             v
passes       r            vr                 vrm         v                  -          v               r           -           -                -             v
schools      v            vr                 vrm         v                  v          v               -           -           -                -             v
vaccination  vr           vr                 vrm         v                  -          v               -           -           -                -             v
outreach     vr           vr                 vrm         v                  v          -               -           -           -                -             v
workforce    vr           vr                 vrm         v                  vr         -               vr          vr          vr               vr            vm
deployment   -            vr                 vrm         vr                 v          -               -           -           -                -             v
supervision  v            vr                 vrm         vrm                vr         -               -           -           -                -             v
testing      vr           vr                 vrm         v                  -          v               -           -           -                -             v
laboratory   v            v                  vrm         v                  -          v               -           vr          -                -             v
inspections  -            v                  vrm         v                  vrm        -               -           -           -                -             v
legality     -            -                  v           vrm                v          -               -           -           -                -             v
supplies     vr           vr                 vrm         v                  -          -               -           -           vr               vrm           v
care         vr           vr                 vrm         v                  -          -               -           -           vr               v             v
residents    -            vr                 vrm         v                  -          -               -           -           -                -             v
isolation    vr           vr                 vrm         v                  -          v               -           -           vr               -             v
zones        v            vr                 vrm         vrm                vr         v               v           -           -                v             v
zonechecks   v            vr                 vrm         vrm                vr         v               v           -           -                -             v
controls     v            vr                 vrm         vrm                vr         v               vr          -           -                -             v
investigations -          -                  -           -                  -          vrm             -           -           -                -             -
coldchain    -            v                  vrm         v                  vr         -               -           -           -                -             v
clinics      -            vr                 vrm         vr                 vr         v               -           -           -                -             v
routine      vr           vr                 vrm         v                  -          v               -           -           -                -             v
reports      -            vr                 vrm         vrm                v          v               -           -           -                -             v
notices      -            vr                 vrm         vr                 -          -               -           -           -                -             vm
command      v            v                  v           v                  v          v               v           v           v                v             v
headquarters v            vr                 vrm         vrm                v          v               -           -           -                -             v
directives   vr           vr                 vrm         vrm                v          v               -           -           -                -             v
tasks        vr           vrm                vrm         vrm                vr         vr              -           vr          vr               vr            v
ledger       -            vr                 vr          v                  -          -               -           -           -                -             v
campaigns    v            v                  vrm         vrm                -          v               -           -           -                -             v
exports      -            r                  r           r                  -          -               -           -           -                r             -
sheets       v            vr                 vrm         v                  vr         -               v           v           v                v             v
devices      -            v                  vrm         v                  -          -               -           -           -                -             v
access       -            -                  v           v                  -          -               -           -           -                -             vrm
policy       -            v                  v           vrm                v          v               -           -           -                -             vrm
console      -            -                  -           -                  -          -               -           -           -                -             vrm
"""

LETTERS = {"v": "view", "r": "record", "m": "manage"}
WORK_OF = {  # measures whose line has another name
    "premises": "inspections",
    "acts": "inspections",
    "referrals": "inspections",
    "cases": "inspections",
    "whereabouts": "investigations",
    "tracing": "investigations",
    "register": "registry",
    "entries": "registry",
    "found": "registry",
    "imports": "registry",
    "categorised": "registry",
    "daily": "reports",
    "evidence": "reports",
    "arrivals": "ledger",
    "recheck": "supervision",
    "checkplans": "supervision",
    "treemap": "command",
    "results": "supervision",
    "isodesk": "isolation",
    "staying": "isolation",
    "zonedesk": "zones",
    "zoning": "zones",
    "helping": "care",
    "campaigning": "campaigns",
    "enrolling": "devices",
    "sheetentry": "sheets",
    "accounts": "access",
    "membership": "routine",
    "draws": "routine",
    "surfaces": "routine",
    "upward": "reports",
    "channeldesk": "notices",
    "listdoubts": "lists",
    "listintake": "lists",
    "listwork": "lists",
    "equipment": "checkpoints",
    "riskareas": "returnees",
    "away": "returnees",
    "picking": "supplies",
    "chains": "supplies",
    "orders": "supplies",
    "deliveries": "supplies",
    "stock": "supplies",
    "cards": "residents",
    "ownresult": "residents",
    "venueregister": "venues",
    "venueentries": "venues",
    "passcodes": "passes",
    "schoolrounds": "schools",
    "staffing": "deployment",
    "hours": "deployment",
    "shifts": "deployment",
    "volunteers": "deployment",
    "handover": "deployment",
    "teams": "deployment",
    "issuing": "directives",
    "meetings": "headquarters",
    "schemes": "headquarters",
    "parties": "headquarters",
    "liaison": "tasks",
    "stores": "coldchain",
    "goods": "coldchain",
    "coldposts": "coldchain",
    "sectors": "inspections",
    "rounds": "testing",
    "roundplans": "testing",
    "sampling": "testing",
    "tubes": "laboratory",
    "library": "outreach",
    "broadcasts": "outreach",
    "reach": "outreach",
    "rumours": "outreach",
    "rights": "outreach",
    "dueshots": "vaccination",
    "reconciling": "laboratory",
}


def _read(table: str) -> dict[str, frozenset[str]]:
    """Each role's permissions; raises ValueError where the table is not whole."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    granted: dict[str, set[str]] = {role: set() for role in head}
    for work, *cells in lines:
        if len(cells) != len(head) or not set("".join(cells)) <= {*LETTERS, "-"}:
            raise ValueError(f"roles.py: the line {work!r} must have {len(head)} cells of v, r, m or -.")
        for role, cell in zip(head, cells, strict=True):
            granted[role] |= {f"{work}.{LETTERS[letter]}" for letter in cell if letter != "-"}
    return {role: frozenset(permissions) for role, permissions in granted.items()}


PERMISSIONS = _read(TABLE)
WORKS = tuple(line.split()[0] for line in TABLE.strip().splitlines()[1:])
KNOWN = frozenset(f"{work}.{verb}" for work in WORKS for verb in LETTERS.values())


def permissions(role: str) -> frozenset[str]:
    """What a role may do; nothing for a role that the table does not know."""
    return PERMISSIONS.get(role, frozenset())
