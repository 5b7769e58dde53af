"""The manifest of accounts: read this first."""

from closeknit.console.manifest import Measure, register
from closeknit.console.screens import Menu, Screen
from closeknit.kit.text import Text
from closeknit.measures.accounts import screens

MEASURE = register(
    Measure(
        name="accounts",
        label=screens.ACCOUNTS,
        screens=(
            Screen("accounts.list", "accounts/", screens.accounts, screens.ACCOUNTS, "access.view", menu=Menu("system", 10, "users")),
            Screen("accounts.new", "accounts/new/", screens.new, Text("New account", "新增账户"), "access.manage"),
            Screen(
                "accounts.account",
                "accounts/of/<str:username>/",
                screens.account,
                Text("Account", "账户"),
                "access.manage",
                area_of=screens.area_of,
            ),
        ),
        order=95,
    )
)
