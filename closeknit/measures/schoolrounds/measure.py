"""The manifest of campaigns and draws of schools: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.measures.schoolrounds import demonstration, planning, proof, watch  # noqa: F401 these declare themselves

MANAGE, FEATURE = "schools.manage", "testing"

MEASURE = register(
    Measure(
        name="schoolrounds",
        label=Text("Campaigns and draws of schools", "学校专项检测与抽检"),
        screens=(
            Screen("schools.plan", "schools/<str:area>/plan/", planning.campaign, planning.PLAN, MANAGE, scoped_by="area", feature=FEATURE),
            Screen("schools.draw", "schools/<str:area>/draw/", planning.lots, planning.DRAW, MANAGE, scoped_by="area", feature=FEATURE),
            Screen("schools.proof", "schools/<str:area>/proof/", proof.proof, proof.PROOF, "schools.view", scoped_by="area",
                   feature=FEATURE),
        ),
        order=61,
    )
)  # fmt: skip
