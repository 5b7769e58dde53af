"""Screens of the tests' own beside all others, so that the gate is tried with one of every sort."""

from django.http import HttpResponse
from django.urls import path

from closeknit.console.guard import guarded
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401  (Django reads them here)
from tests.town import EAST, WEST

HOUSES = {"H1": WEST, "H4": EAST}
SCREENS = (
    Screen(
        "sample.area",
        "sample/<str:area>/",
        lambda request, area: HttpResponse(f"area {area}"),
        Text("Area", "辖区"),
        "doorknock.view",
        scoped_by="area",
    ),
    Screen(
        "sample.house",
        "sample-house/<str:code>/",
        lambda request, code: HttpResponse(f"house {code}"),
        Text("House", "户"),
        "registry.view",
        area_of=lambda code: HOUSES.get(code),
    ),
    Screen("sample.gate", "sample-gate/", lambda request: HttpResponse("gate"), Text("Gate", "卡点"), "checkpoints.record"),
)

urlpatterns = [*urlpatterns, *(path(screen.path, guarded(screen), name=screen.name) for screen in SCREENS)]
