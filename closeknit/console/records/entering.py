"""The form of a kind: which questions it asks whom, and what becomes of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, in_scope
from closeknit.console.forms import Form, FormField
from closeknit.console.records import finding, questions
from closeknit.console.records.saving import Entry, save
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import REFERENCES, Kind, Reference
from closeknit.ledger.models import Event
from closeknit.ledger.record import Answer
from closeknit.policy.packs import Policy, policy

MOST_AREAS = 400
OUTSIDE = Text("This area lies outside yours. Choose one from the list.", "该地区不在您的辖区，请从列表中选择。")
WHEN = FormField("when", Text("When it happened", "发生时间"), "datetime", help=Text("Left empty: now.", "不填即为现在。"))
REASON = FormField("reason", Text("Reason for the correction", "更正原因"), "long_text", required=True)
AREA = Text("Area", "地区")
AREA_HELP = Text(
    "Left empty: where the household, person or place lies, else your own area.", "不填则取户、人员或场所所在地，否则取本人辖区。"
)


@dataclass
class Entering:
    """One form of one kind before one account, empty or answered. `corrects`: the record that it puts right."""

    account: Account
    kind: Kind
    query: QueryDict
    posted: QueryDict | None = None
    corrects: Event | None = None
    errors: dict[str, Text] = field(default_factory=dict)

    @cached_property
    def policy(self) -> Policy:
        """The pack in force where the account works."""
        return policy(self.account.area)

    @cached_property
    def event_id(self) -> str:
        """The id that the record will have: made when the form is drawn, carried by it."""
        given = self.posted.get("event", "") if self.posted is not None else ""
        try:
            return str(UUID(given))
        except ValueError:
            return str(uuid7())

    @cached_property
    def form(self) -> Form:
        """The kind's own fields, when it was, and where."""
        shapes = questions.shown(self.kind, self.policy)
        fields = [_required(each) if self.corrects and each.name == "reason" else each for each in map(questions.question, shapes)]
        if self.corrects and not any(each.name == "reason" for each in fields):
            fields.append(REASON)
        if not self.corrects:
            fields.append(WHEN)
        return Form([*fields, *self._areas()], self.posted, self._initial())

    def _areas(self) -> list[FormField]:
        areas = list(areas_of(self.account).order_by("path").values_list("code", "name")[:MOST_AREAS])
        if len(areas) < 2:
            return []
        listed = FormField("ref_area", AREA, "choice", choices=[(code, f"{name} {code}") for code, name in areas], help=AREA_HELP)
        return [listed if len(areas) < MOST_AREAS else replace(listed, type="text", choices=())]

    def _initial(self) -> dict[str, Any]:
        if self.corrects is None:
            names = {shape.name for shape in self.kind.shapes}
            return {name: self.query[name] for name in names & set(self.query)} | {"ref_area": self.query.get("area", "")}
        said = questions.asked_again(self.kind.shapes, self.corrects.told())
        return {**said, "reason": "", "ref_area": self.corrects.area}

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references that this kind takes, the required first."""
        ordered = (*self.kind.needs, *self.kind.needs_one_of, *self.kind.may)
        return cast(tuple[Reference, ...], tuple(dict.fromkeys(each for each in ordered if finding.may_find(self.account, each))))

    @cached_property
    def asked(self) -> list[finding.Asked]:
        """Each reference as it stands in the form."""
        return [self._asked(each) for each in self.references]

    def _asked(self, reference: Reference) -> finding.Asked:
        required = reference in self.kind.needs
        if self.posted is None:
            code = getattr(self.corrects, reference) if self.corrects else self.query.get(reference, "")
            one = finding.called(self.account, reference, code)
            return finding.Asked(reference, required, "", one.code if one else "", (one,) if one else ())
        typed, chosen = self.posted.get(f"ref_{reference}", "")[:80], self.posted.get(f"chosen_{reference}", "")[:80]
        try:
            one = finding.resolve(self.account, reference, typed, chosen)
        except Invalid as invalid:
            offered = finding.found(self.account, reference, typed)
            self.errors[reference] = invalid.text
            return finding.Asked(reference, required, typed, "", tuple(offered), invalid.text)
        return finding.Asked(reference, required, "" if one else typed, one.code if one else "", (one,) if one else ())

    def recorded(self) -> Answer | None:
        """What became of the answers; None where some must change, which the form then shows."""
        codes = {each.reference: each.chosen for each in self.asked}
        if not self.form.valid() or self.errors:
            return None
        try:
            area, at = self._area(codes), self.form.values.get("when")
            return save(self.account, self._entry(area, at, codes))
        except Invalid as invalid:
            self._refuse(invalid)
            return None

    def _entry(self, area: str, at: datetime | None, codes: dict[Reference, str]) -> Entry:
        shapes = questions.shown(self.kind, self.policy)
        data = questions.answers(shapes, self.form.values, self.policy.timezone)
        references: dict[str, str] = {str(name): code for name, code in codes.items()}
        if self.corrects is None:
            return Entry(UUID(self.event_id), self.kind.name, area, data, references, at)
        told = self.corrects.told()  # what the pack in force no longer asks stays as it was said
        data |= {shape.name: told[shape.name] for shape in self.kind.shapes if shape not in shapes and shape.name in told}
        data["reason"] = self.form.values["reason"]
        references = {name: references.get(name, getattr(self.corrects, name)) for name in REFERENCES}
        return Entry(UUID(self.event_id), self.kind.name, area, data, references, self.corrects.said_at, self.corrects.id)

    def _area(self, codes: dict[Reference, str]) -> str:
        typed = self.form.values.get("ref_area") or (self.corrects.area if self.corrects else "")
        if typed and not in_scope(self.account, typed):
            raise Invalid("area", "outside", OUTSIDE)
        lies_in = (finding.area_of(self.account, name, code) for name, code in codes.items() if code)
        return typed or next(filter(None, lies_in), "") or self.account.area

    def _refuse(self, invalid: Invalid) -> None:
        name = invalid.field.removeprefix("data.").split(".")[0]
        if name in REFERENCES and invalid.field == name:
            self.errors[name] = invalid.text
            self.asked = [replace(each, error=invalid.text) if each.reference == name else each for each in self.asked]
            return
        fields = {each.name for each in self.form.fields}
        name = {"area": "ref_area", "at": "when"}.get(name, name)
        self.form.refuse(name if name in fields else "", invalid.text)

    @property
    def parts(self) -> tuple[Sequence[Any], Sequence[Any]]:
        """The questions that stand open, and those that are folded away: when, and where."""
        asked = self.form.asked
        return [each for each in asked if each.field.name not in FOLDED], [each for each in asked if each.field.name in FOLDED]

    @property
    def folded_open(self) -> bool:
        """Whether something in the folded part must be seen."""
        return any(each.error for each in self.parts[1]) or any(each.error for each in self.more)

    @property
    def main(self) -> list[finding.Asked]:
        """The references that are asked for openly: required, one of several, or named already."""
        return [each for each in self.asked if each.reference not in self.kind.may or each.chosen or each.typed]

    @property
    def more(self) -> list[finding.Asked]:
        """The other references that the kind may name."""
        return [each for each in self.asked if each not in self.main]


FOLDED = frozenset({"when", "ref_area"})


def _required(question: FormField) -> FormField:
    return replace(question, required=True, label=REASON.label)
