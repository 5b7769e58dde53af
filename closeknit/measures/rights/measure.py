"""The manifest of the public page of laws, rights and duties: read this first. Its texts are those of the library."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.measures.rights import pages

MEASURE = register(
    Measure(
        name="rights",
        label=pages.TITLE,
        screens=(
            Screen("rights.page", "rights/", pages.page, pages.TITLE, "", public=True),
            Screen("rights.area", "rights/<str:area>/", pages.of_area, pages.TITLE, "", public=True),
        ),
        order=85,
    )
)
