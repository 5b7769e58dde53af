"""What can be said of the register: somebody was found, proved to be in a roster, or was put right."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, WordList, Words
from closeknit.ledger.kinds import REFERENCES, Mentions, Opening, Reference, Said, kind


class What(Code):
    """What was found."""

    PERSON = "person", "Person", "人员"
    HOUSEHOLD = "household", "Household", "户"


class Category(Code):
    """How somebody belongs to the place."""

    RESIDENT = "resident", "Resident", "常住"
    NON_LOCAL = "non_local", "Non-local", "外来"
    PASSING = "passing", "Passing through", "过往"
    NO_FIXED_HOME = "no_fixed_home", "No fixed home", "居无定所"


@kind(
    "registry.found",
    Text("Found, in no roster", "名册外发现"),
    retention="roster",
    examples=({"what": "household", "landmark": "渡口旧船坞"}, {"what": "person", "name": "张三", "category": "no_fixed_home"}),
)
class FoundSaid(Opening):
    """A household or a person whom no list knows: due from now on like everybody."""

    what: Annotated[What, Field(Text("What was found", "发现对象"))]
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    household: Annotated[Words, Field(Text("Lives in household", "所在户编号"))] = ""
    id_no: Annotated[Words, Field(Text("ID number", "证件号码"), "personal")] = ""
    birth_date: Annotated[Time, Field(Text("Date of birth", "出生日期"), "personal")] = ""
    sex: Annotated[Words, Field(Text("Sex", "性别"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    category: Annotated[Category | None, Field(Text("Category", "人员类别"))] = None
    landmark: Annotated[Words, Field(Text("Landmark", "位置说明"), "personal")] = ""

    def introduces(self, event_id: UUID) -> Mentions:
        reference: Reference = "person" if self.what is What.PERSON else "household"
        return ((reference, f"found:{event_id}"),)

    def mentions(self) -> Mentions:
        return (("household", self.household),) if self.household else ()


@kind(
    "registry.merged",
    Text("Proved to be in the roster", "与名册对象合并"),
    retention="roster",
    by_form=False,
    by_phone=False,
    needs_one_of=("household", "person"),
    examples=({"canonical": "433122108001-0001"},),
)
class Merged(Said):
    """The household or person of this code is the same as the one of another code; withdrawn by a void."""

    canonical: Annotated[Words, Field(Text("Is the same as", "对应名册编号"))]
    reference: Annotated[What, Field(Text("What is merged", "合并对象"))] = What.HOUSEHOLD
    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")] = ""

    def mentions(self) -> Iterable[tuple[Reference, str]]:
        reference: Reference = "person" if self.reference is What.PERSON else "household"
        return ((reference, self.canonical),)


@kind(
    "registry.amended",
    Text("Register put right", "名册更正"),
    retention="roster",
    by_form=False,
    by_phone=False,
    may=REFERENCES,
    examples=(
        {"fields": ["id_no"], "reason": "对照证件核实"},
        {"fields": ["phone"], "reason": "登记联系电话", "worker": "W00001"},
        {"fields": ["chiefs"], "reason": "岗位调整", "chiefs": ["industry:W00002"]},
    ),
)
class Amended(Said):
    """Somebody put a person's, household's, worker's or place's entry in the register right; the register keeps both versions."""

    fields: Annotated[list[Words], Field(Text("What was changed", "更正项目"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")]
    worker: Annotated[Words, Field(Text("Whose entry, of a worker", "工作人员编号"))] = ""
    chiefs: Annotated[WordList, Field(Text("Chiefs named", "指定责任人"))] = []

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the entry is changed.", "请填写更正原因。"))
