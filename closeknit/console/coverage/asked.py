"""Which campaign a page is about, and from where it is looked at."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from closeknit.access.models import Account
from closeknit.areas.models import Area, Level
from closeknit.campaigns import live
from closeknit.campaigns.live import Live
from closeknit.campaigns.models import Campaign
from closeknit.console.parts import Tab, Tabs
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy, policy

VILLAGE = frozenset({Level.VILLAGE, Level.GRID})
CAMPAIGNS = Text("Campaigns", "行动")
OVER, RUNNING, COMING = Text("over", "已结束"), Text("running", "进行中"), Text("not begun", "未开始")
MOST_TABS = 8


def state_of(campaign: Campaign) -> Text:
    """Whether a campaign runs, is over, or has not begun."""
    now = clock.now()
    return OVER if now >= campaign.ends_at else RUNNING if now >= campaign.starts_at else COMING


@dataclass(frozen=True)
class Asked:
    """The campaign that a request asks for, in its area; `campaign` is None where none of the kind reaches here."""

    request: Request
    area: Area
    campaigns: tuple[Campaign, ...]
    campaign: Campaign | None

    @property
    def account(self) -> Account:
        return self.request.account

    @cached_property
    def policy(self) -> Policy:
        return policy(self.area.code)

    @property
    def final_after(self) -> int:
        """So many polite visits that were refused make a refusal final."""
        return int(self.policy.get("doorknock.refusals_final_after", 0))

    @cached_property
    def sees_final(self) -> bool:
        """Whether the reader may see by name who refused finally: that list stays in the village."""
        own = Area.objects.current().filter(code=self.account.area).first()
        return own is not None and own.level in VILLAGE

    @cached_property
    def live(self) -> Live | None:
        """How the campaign stands now, here and in each area right below."""
        return live.live(self.campaign, self.area, final_after=self.final_after) if self.campaign else None

    @property
    def runs(self) -> bool:
        """Whether a record of this moment counts."""
        return self.campaign is not None and self.campaign.starts_at <= clock.now() < self.campaign.ends_at

    @property
    def state(self) -> Text:
        return state_of(self.campaign) if self.campaign else OVER

    @property
    def tabs(self) -> Tabs | None:
        """The other campaigns of the kind that reach here; none where there is one."""
        if len(self.campaigns) < 2:
            return None
        path = self.request.path
        tabs = [
            Tab(str(each), f"{path}?{urlencode({'campaign': each.code})}", each == self.campaign) for each in self.campaigns[:MOST_TABS]
        ]
        return Tabs(tabs, CAMPAIGNS)

    def url(self, screen: str, area: str = "", **query: str) -> str:
        """The address of a screen of an area, with the chosen campaign kept."""
        address, pairs = links.to(screen, area=area or self.area.code), {**self.kept, **query}
        return f"{address}?{urlencode(pairs)}" if address and pairs else address

    @property
    def kept(self) -> dict[str, str]:
        """What keeps the campaign in a link, where one was chosen."""
        return {"campaign": self.campaign.code} if self.campaign and self.request.GET.get("campaign") else {}

    def crumbs(self, screen: str) -> list[tuple[Text | str, str]]:
        """The areas above, as far as the reader sees."""
        return [*links.above(self.account, self.area, screen, urlencode(self.kept))]


def asked(request: Request, kind: str, area: str) -> Asked:
    """The campaign of a kind that the query names, else the one that runs or ran last; the guard has seen that the area is in scope."""
    row = Area.objects.current().get(code=area)
    campaigns = live.touching(kind, row)
    code = request.GET.get("campaign") or request.POST.get("campaign", "")
    return Asked(request, row, tuple(campaigns), live.chosen(campaigns, code))
