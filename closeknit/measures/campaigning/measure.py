"""The manifest of campaigning: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.campaigning import screens

MEASURE = register(
    Measure(
        name="campaigning",
        label=Text("Campaigns", "专项行动"),
        screens=(
            Screen(
                "campaigning.list",
                "campaigns/",
                screens.campaigns,
                Text("Campaigns", "专项行动"),
                "campaigns.view",
                menu=Menu("doors", 5, "flag"),
            ),
            Screen("campaigning.plan", "campaigns/plan/", screens.plan, Text("Plan a campaign", "部署行动"), "campaigns.manage"),
            Screen("campaigning.campaign", "campaigns/<str:code>/", screens.campaign, Text("Campaign", "专项行动"), "campaigns.view"),
            Screen(
                "campaigning.change",
                "campaigns/<str:code>/change/",
                screens.change,
                Text("Change a campaign", "修改行动"),
                "campaigns.manage",
            ),
            Screen("campaigning.end", "campaigns/<str:code>/end/", screens.end, Text("End a campaign", "结束行动"), "campaigns.manage"),
        ),
        order=5,
    )
)
