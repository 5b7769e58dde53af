"""Its part of the daily report."""

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.measures.coldchain.kinds import COLD_STORE, ColdVehicleChecked, StoreChecked, has_three_chiefs
from closeknit.registry.models import Place
from closeknit.reports.counting import count, distinct
from closeknit.reports.figures import CodeRows, Figure, Question, Section, section


def _stores(question: Question) -> list[Place]:
    areas = Area.objects.below(question.area, question.as_of).values("code")
    return list(Place.objects.as_of(question.as_of).filter(category=COLD_STORE, area__in=areas))


def _all(question: Question) -> CodeRows:
    return CodeRows("place", sorted(store.code for store in _stores(question)))


def _with_three_chiefs(question: Question) -> CodeRows:
    return CodeRows("place", sorted(store.code for store in _stores(question) if has_three_chiefs(store.chiefs)))


SECTION = section(
    Section(
        "coldchain",
        Text("Cold chain", "冷链管理"),
        (
            Figure("coldchain.stores", Text("Cold stores", "冷库"), _all, state=True),
            Figure("coldchain.checked", Text("Checked", "已查冷库"), distinct("place", StoreChecked)),
            Figure("coldchain.three_chiefs", Text("With three chiefs", "三级库长齐备"), _with_three_chiefs, state=True),
            Figure("coldchain.vehicles", Text("Vehicles", "冷链车"), count(ColdVehicleChecked), whereabouts=True),
        ),
        order=58,
        feature="coldchain",
    )
)
