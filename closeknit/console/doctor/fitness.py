"""Checks of how open the site is, and what is missing before real persons may be put in."""

from collections.abc import Iterator

from django.conf import settings

from closeknit import environment
from closeknit.console.doctor.finding import Finding, State, judged
from closeknit.kit.text import Text

# The page's foot shows the same list.
MISSING = (
    Text("a second factor at sign-in", "登录双重验证"),
    Text("a log of who read what that cannot be altered unseen", "查阅日志防篡改"),
    Text("proof on files that data were destroyed", "数据销毁证明"),
    Text("a review by outsiders", "外部安全评审"),
)


def local(bind: str) -> bool:
    """Whether only this machine reaches an address like 127.0.0.1:8000."""
    return bind.rpartition(":")[0].strip("[]") in {"127.0.0.1", "localhost", "::1"}


def debugging(debug: bool) -> Finding:
    """Error pages with a stack trace show what is in the database."""
    return judged(
        "debug",
        Text("Error pages", "错误页面"),
        well=not debug,
        seen=Text("CLOSEKNIT_DEBUG is {value}", "CLOSEKNIT_DEBUG 为 {value}").format(value="on" if debug else "off"),
        cure=Text("Set CLOSEKNIT_DEBUG=off: these pages show personal data.", "请设置 CLOSEKNIT_DEBUG=off：错误页面会显示个人信息。"),
    )


def encrypted(tls: bool, bind: str) -> Finding:
    """Whether what others see on the way is encrypted; on this machine alone it need not be."""
    return judged(
        "tls",
        Text("Encryption on the way", "传输加密"),
        well=tls or local(bind),
        seen=Text("CLOSEKNIT_TLS is {value}, listening on {bind}", "CLOSEKNIT_TLS 为 {value}，监听 {bind}").format(
            value="on" if tls else "off", bind=bind
        ),
        cure=Text(
            "Set CLOSEKNIT_TLS=on, with a certificate by `closeknit certificate` or a web server with https in front (docs/running.md).",
            "请设置 CLOSEKNIT_TLS=on，用 closeknit certificate 制作证书，或在前面部署 https 网页服务器（见 docs/running.md）。",
        ),
    )


def fit_for_real_persons(accepted: bool) -> Finding:
    """Never fine as long as something is missing."""
    gaps = Text("; ".join(gap.en for gap in MISSING), "；".join(gap.zh for gap in MISSING))
    return Finding(
        "fitness",
        Text("Not yet fit for real persons", "尚不可用于真实个人信息"),
        State.NOTE,
        Text("missing: {gaps}", "尚缺：{gaps}").format(gaps=gaps),
        Text(
            "CLOSEKNIT_REAL_DATA=accepted is set: the risk is yours. Read SECURITY.md.",
            "已设置 CLOSEKNIT_REAL_DATA=accepted，风险自负。请阅读 SECURITY.md。",
        )
        if accepted
        else Text("Import invented persons only (IDs that begin with 99).", "目前只导入虚构人员（证件号以 99 开头）。"),
    )


def examine() -> Iterator[Finding]:
    """All checks of this file."""
    yield debugging(settings.DEBUG)
    yield encrypted(environment.switch("CLOSEKNIT_TLS"), environment.text("CLOSEKNIT_BIND"))
    yield fit_for_real_persons(settings.REAL_DATA)
