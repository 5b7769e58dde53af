"""Who may see whose stay: those in whose area the person lives, is, or is on the way to."""

from django.http import Http404

from closeknit.access.models import Account
from closeknit.access.scope import areas_of
from closeknit.measures.isolation.kinds import Stay, homes_of, of_persons
from closeknit.registry.known import canonical
from closeknit.registry.models import Place


def areas_about(stay: Stay) -> list[str]:
    """The areas that a stay is about, the one where the person is before the others: site, home, where a transfer goes."""
    to = [str(event.data.get("to", "")) for event in stay.trip.values()] if stay.stage else []
    lies = dict(Place.objects.current().filter(code__in=[stay.place, *to]).values_list("code", "area"))
    return [area for area in dict.fromkeys([lies.get(stay.place, ""), stay.home, *(lies.get(code, "") for code in to)]) if area]


def stay_of(account: Account, code: str) -> tuple[Stay, str]:
    """The person's stay and the area in which this account's records about it are made. Raises Http404 for who lies outside its scope."""
    end = canonical("person", [code]).get(code, code)
    stay = of_persons([end]).get(end) or Stay(end, homes_of([end]).get(end, ""))
    about = areas_about(stay)
    seen = set(areas_of(account).filter(code__in=about).values_list("code", flat=True))
    if not seen:
        raise Http404
    return stay, next(area for area in about if area in seen)
