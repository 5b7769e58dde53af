"""What is mine: my account, the language and looks of my pages, the views I keep."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST

from closeknit.access.models import Account, Reading, SavedFilter
from closeknit.access.roles import LETTERS, ROLES, WORKS, permissions
from closeknit.areas.models import Area
from closeknit.console.manifest import measures, screens
from closeknit.console.page import show
from closeknit.console.pages.signing import back_to
from closeknit.console.parts import Action, Facts
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy, policy

YEAR = 365 * 24 * 3600
LANGUAGES = ("zh-hans", "en")
KEPT_MOST = 50
WORK_LABELS = {
    "registry": Text("Register", "底册"),
    "reports": Text("Reports", "日报"),
    "ledger": Text("Records", "登记流水"),
    "campaigns": Text("Campaigns", "专项行动"),
    "exports": Text("Exports as files", "导出文件"),
    "access": Text("Accounts", "账户"),
    "policy": Text("Policy values", "政策参数"),
    "console": Text("This console", "本系统"),
}


def _keep(response: HttpResponse, request: Request, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=name != "theme", secure=request.is_secure())


@require_POST
def language(request: Request) -> HttpResponse:
    """The reader's language, in a cookie; also the account's, for somebody signed in."""
    response = redirect(back_to(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        _keep(response, request, "django_language", chosen)
        if isinstance(request.user, Account):
            Account.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@require_POST
def looks(request: Request) -> HttpResponse:
    """Light or dark, large type or not."""
    response = redirect(back_to(request, request.POST.get("next", "")))
    theme, size = request.POST.get("theme", ""), request.POST.get("type", "")
    if theme in {"light", "dark", "auto"}:
        _keep(response, request, "theme", theme)
    if size in {"large", "normal"}:
        _keep(response, request, "type", size)
        if isinstance(request.user, Account):
            Account.objects.filter(pk=request.user.pk).update(large_type=size == "large")
    return response


def _rights(role: str, in_force: Policy) -> list[tuple[Text | str, list[bool]]]:
    """What the role may do, without the measures that the pack in force does not know."""
    labels = {measure.name: measure.label for measure in measures()} | WORK_LABELS
    unknown = {each.name for each in measures() if each.sections and not any(in_force.has(section.feature) for section in each.sections)}
    granted = permissions(role)
    works = [work for work in WORKS if work not in unknown]
    rows = [(labels.get(work, work), [f"{work}.{verb}" in granted for verb in LETTERS.values()]) for work in works]
    return [row for row in rows if any(row[1])]


def _readings(account: Account) -> list[dict[str, Any]]:
    titles = {screen.name: screen.title for screen in screens()}
    last = Reading.objects.filter(account=account.username).order_by("-pk")[:20]
    return [{"at": row.at, "title": titles.get(row.screen, row.screen), "count": len(row.codes)} for row in last]


def account(request: Request) -> HttpResponse:
    mine = request.account
    area = Area.objects.current().filter(code=mine.area).first()
    facts = Facts(
        [
            (Text("Name", "姓名"), mine.shown_name),
            (Text("User name", "用户名"), mine.username),
            (Text("Role", "角色"), ROLES.get(mine.role, mine.role)),
            (Text("Area", "辖区"), area.name if area else None),
            (Text("Signed in", "本次登录"), mine.last_login),
        ]
    )
    context = {"facts": facts, "rights": _rights(mine.role, policy(mine.area)), "readings": _readings(mine), "may_word": Text("yes", "可")}
    actions = [Action(Text("Change password", "修改密码"), reverse("console.password"), "key")]
    return show(request, "console/pages/account.html", context, actions=actions)


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep a view of a list. Its query comes without search words, which may be somebody's name."""
    path, query = request.POST.get("path", ""), request.POST.get("query", "")[:1000]
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        raise Http404 from None
    if SavedFilter.objects.filter(account=request.account).count() >= KEPT_MOST:
        tell(request, Text("You keep {n} views already; remove one first.", "已收藏 {n} 个视图，请先移除一个。", n=KEPT_MOST), tone="watch")
        return redirect("console.home")
    title = request.POST.get("name", "").strip()[:100] or name
    kept, _ = SavedFilter.objects.update_or_create(
        account=request.account, path=path[:255], query=query, defaults={"screen": name, "name": title}
    )
    tell(request, Text("Kept. It stands on your first screen.", "已收藏，可在首页打开。"), undo=reverse("console.unsave", args=[kept.pk]))
    return redirect(kept.url)


@require_POST
def unsave(request: Request, number: int) -> HttpResponse:
    """Keep a view no longer. Somebody else's is answered like one that does not exist."""
    gone, _ = SavedFilter.objects.filter(account=request.account, pk=number).delete()
    if not gone:
        raise Http404
    tell(request, Text("Removed.", "已移除。"), tone="info")
    return redirect("console.home")
