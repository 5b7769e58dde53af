"""The status of persons as their records stand: read, reckoned and forgotten; a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from closeknit.ledger.fields import day_of
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import homes_of, of_persons
from closeknit.measures.passes.rules import Known, Sampling, Status, status
from closeknit.measures.testing.kinds import Resulted, Sampled
from closeknit.measures.vaccination.kinds import Given
from closeknit.policy.packs import Policy, policy
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, names_as_of
from closeknit.registry.models import Person


def statuses(persons: Iterable[str], at: datetime, as_of: datetime | None = None) -> dict[str, Status]:
    """The status of each of these persons at a moment, by the code that is left where codes were merged."""
    names = names_as_of("person", as_of)
    codes = {names.get(code, code) for code in persons}
    homes = homes_of(codes, as_of)
    packs = {area: policy(area, as_of) for area in {homes.get(code, "") for code in codes}}
    known = _known(codes, at, as_of, {code: packs[homes.get(code, "")] for code in codes})
    return {code: status(known[code], packs[homes.get(code, "")], at) for code in sorted(codes)}


def _known(codes: set[str], at: datetime, as_of: datetime | None, packs: dict[str, Policy]) -> dict[str, Known]:
    born = _born(codes, as_of)
    found = {code: Known(born=born.get(code)) for code in codes}
    for code, stay in of_persons(codes, until=at, as_of=as_of).items():
        if code in found and stay.order is not None:
            found[code] = replace(found[code], ordered_until=stay.end(packs[code].timezone), order=str(stay.order.id))
    names = names_as_of("person", as_of)
    meant = codes | {name for name, code in names.items() if code in codes}
    for code, tests in _tests(meant, at, as_of, names).items():
        found[code] = replace(found[code], tests=tests)
    for event in standing(Given, as_of=as_of).filter(person__in=meant, at__lt=at).defer("personal", "digest"):
        code = names.get(event.person, event.person)
        if int(event.data["dose"]) > found[code].doses:
            found[code] = replace(found[code], doses=int(event.data["dose"]), dose=str(event.id))
    return found


def _born(codes: set[str], as_of: datetime | None) -> dict[str, date | None]:
    """The dates of birth of the register; of who stands in none, as it was said when they were found."""
    born = dict(Person.objects.as_of(as_of).filter(code__in=codes).values_list("code", "birth_date"))
    finds = {code.removeprefix(FOUND) for code in codes if code.startswith(FOUND)}
    for find in standing(FoundSaid, as_of=as_of).filter(topic__in=finds):
        born[f"{FOUND}{find.topic}"] = day_of(find.told().get("birth_date", ""))
    return born


def _tests(meant: set[str], at: datetime, as_of: datetime | None, names: Mapping[str, str]) -> dict[str, list[Sampling]]:
    samples = sorted(
        standing(Sampled, as_of=as_of).filter(person__in=meant, at__lt=at).defer("personal", "digest"), key=lambda event: event.order
    )
    results: dict[str, Event] = {}
    said = standing(Resulted, as_of=as_of).filter(topic__in={each.topic for each in samples}, at__lt=at).defer("personal", "digest")
    for event in sorted(said, key=lambda event: event.order):
        results[event.topic] = event
    tests: dict[str, list[Sampling]] = defaultdict(list)
    for each in samples:
        if (result := results.get(each.topic)) is not None:
            records = (str(each.id), str(result.id))
            test = Sampling(each.at, result.at, int(each.data["pool"]), str(result.data["result"]), records)
            tests[names.get(each.person, each.person)].append(test)
    return tests
