"""Who records while the first list is still being read is counted under the names that it tells later."""

from datetime import timedelta
from pathlib import Path

from closeknit.areas.loading import load_areas
from closeknit.campaigns.models import LastSample
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.routine.projections import LastSamples
from closeknit.policy.packs import adopt
from closeknit.registry.importing import import_roster
from closeknit.registry.loading import load_members
from closeknit.registry.models import Person
from tests.town import AREAS, COUNTY, HEADINGS, MEMBERS, ROSTER, START, Field, write_csv


def kept() -> list[tuple[str, object]]:
    return sorted(LastSample.objects.values_list("person", "event"))


def test_a_name_that_the_first_import_tells_after_a_sample_has_it_too(db: None, tmp_path: Path):
    field = Field()
    with clock.at(START - timedelta(days=1)):
        load_areas(write_csv(tmp_path / "areas.csv", ("code", "parent", "name", "level"), AREAS))
        load_members(write_csv(tmp_path / "members.csv", ("code", "name", "unit", "team", "role", "area"), MEMBERS))
        adopt(COUNTY, "cn-covid-2022-v9")
    first = write_csv(tmp_path / "a.csv", HEADINGS, ROSTER)
    same = write_csv(tmp_path / "b.csv", HEADINGS, [("X1", "H1", "西坪村", "卢兰利", ROSTER[0][4], "19900000001", "1组1号")])

    def sampled(name: str, done: int, _of: int) -> None:
        if name == "a.csv" and done == len(ROSTER) and Person.objects.exists() and not Event.objects.exists():
            field.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 1})

    with clock.at(field.now):
        import_roster([first, same], by="test", progress=sampled)
    field.later(hours=1).record(
        "testing.sampled", person="P1", at=(field.now - timedelta(hours=5)).isoformat(), data={"tube": "T2", "pool": 1}
    )

    live = kept()
    LastSamples.rebuild()
    assert [name for name, _ in live] == ["P1", "X1"] and live == kept()
