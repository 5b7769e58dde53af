"""The console's own manifest: the screens that every installation has."""

from closeknit.console.manifest import Measure, register
from closeknit.console.pages import home, mine, parts, signing
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text

register(
    Measure(
        "console",
        Text("Console", "控制台"),
        order=0,
        searches=(home.find_screens,),
        screens=(
            Screen("console.home", "", home.home, Text("Home", "首页"), ""),
            Screen("console.search", "search/", home.search, Text("Search", "搜索"), ""),
            Screen("console.about", "about/", home.about, Text("Test data only", "仅限测试数据"), "", public=True),
            Screen("console.sign_in", "sign-in/", signing.sign_in, Text("Sign in", "登录"), "", public=True),
            Screen("console.sign_out", "sign-out/", signing.sign_out, Text("Sign out", "退出登录"), ""),
            Screen("console.password", "account/password/", signing.password, Text("Change password", "修改密码"), ""),
            Screen("console.account", "account/", mine.account, Text("My account", "我的账户"), ""),
            Screen("console.language", "language/", mine.language, Text("Language", "语言"), "", public=True),
            Screen("console.looks", "looks/", mine.looks, Text("Looks", "外观"), "", public=True),
            Screen("console.save", "saved/", mine.save, Text("Keep this view", "收藏此视图"), ""),
            Screen("console.unsave", "saved/<int:number>/remove/", mine.unsave, Text("Remove a view", "移除视图"), ""),
            Screen(
                "console.parts",
                "console/parts/",
                parts.parts,
                Text("Parts and looks", "界面组件"),
                "console.view",
                menu=Menu("system", 90, "layout-dashboard"),
            ),
        ),
    )
)
