"""What can be said of schools, and how they stand: the only file that other measures read. Who belongs to a class is said with groups."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.schools.campaigns import KIND
from closeknit.measures.schools.progress import running
from closeknit.measures.schools.standing import School, live, places

__all__ = ["KIND", "ClassSet", "ClassState", "School", "live", "places", "running"]

LONGEST_CLASS = 60
BAD_CLASS = Text("A class is one line of at most {n} characters.", "班级名称为一行，不超过 {n} 个字。")


class ClassState(Code):
    """Whether a class is kept."""

    IN_USE = "in_use", "In use", "在用"
    CLOSED = "closed", "Closed", "停用"


@kind(
    "schools.class_set",
    Text("Class set", "班级设置"),
    retention="open",
    needs=("place",),
    feature="testing",
    by_phone=False,
    examples=({"school_class": "三年级2班", "state": "in_use", "people": 42, "teacher": "班主任"},),
)
class ClassSet(Said):
    """A class of a school: how many belong to it, and who answers for it. The latest word on a class counts."""

    school_class: Annotated[Words, Field(Text("Class", "班级"))]
    state: Annotated[ClassState, Field(Text("State", "状态"))]
    people: Annotated[Count | None, Field(Text("How many belong to it", "应有人数"))] = None
    teacher: Annotated[Words, Field(Text("Class teacher", "班主任"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""

    def check(self) -> None:
        if not self.school_class.strip() or not self.school_class.isprintable() or len(self.school_class) > LONGEST_CLASS:
            raise Invalid("data.school_class", "wrong_type", BAD_CLASS.format(n=LONGEST_CLASS))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.school_class
