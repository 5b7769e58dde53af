"""What `closeknit certificate` prints: what was made, what to set, and the code for phones."""

from collections.abc import Iterator

import segno

from closeknit import environment
from closeknit.console.certificates.names import Name, is_own, of_this_machine, typed
from closeknit.console.certificates.reading import Certificate
from closeknit.console.certificates.serving import answers_to, said, with_hosts
from closeknit.kit.text import Text

MADE = Text("The server's certificate holds until {end} for: {names}", "服务器证书有效期至 {end}，适用于：{names}")
BY = Text("Made by the authority “{title}” (until {end}), fingerprint SHA-256:", "签发机构“{title}”（有效期至 {end}），SHA-256 指纹：")
LIES = Text(
    "Keys lie in {folder}, for this user alone. Whoever copies them can pose as this server.",
    "密钥保存在 {folder}，仅本用户可读。得到密钥者可冒充本服务器。",
)
TO_SET = Text("Set before `closeknit serve`:", "运行 closeknit serve 之前请设置：")
ADDRESS = Text("Phones reach the server at {address}", "手机访问地址：{address}")
AGAIN = Text(
    "Start `closeknit serve` again: it goes on with the certificate that it read at its start.",
    "请重新启动 closeknit serve，新证书才会生效。",
)
THEN = Text(
    "Once for each phone, on the office's own Wi-Fi: closeknit certificate --hand-out",
    "每部手机安装一次，请使用本单位无线网络：closeknit certificate --hand-out",
)
SCAN = Text(
    "Scan this with each phone, and open it in Chrome or Edge (Android), in Safari (iPhone): {address}",
    "请用每部手机扫描，安卓用 Chrome 或 Edge 打开，苹果用 Safari 打开：{address}",
)
ANDROID = Text(
    "Android: download; then Settings → search “CA certificate” → Install → choose closeknit.crt. A screen lock is needed.",
    "安卓：下载后打开“设置”，搜索“CA 证书”，选择安装 closeknit.crt。手机须设有锁屏密码。",
)
IPHONE = Text(
    "iPhone: download; Settings → General → VPN & Device Management → Install; General → About → Certificate Trust Settings → on.",
    "苹果：下载后打开“设置 → 通用 → VPN 与设备管理”安装，再到“通用 → 关于本机 → 证书信任设置”打开开关。",
)
COMPARE = Text(
    "Compare what the phone shows in the certificate's details with this fingerprint:", "请将手机“证书详情”中的指纹与以下指纹核对："
)


def port() -> str:
    """The port that `closeknit serve` listens on."""
    return environment.text("CLOSEKNIT_BIND").rpartition(":")[2]


def first(names: list[Name]) -> Name:
    """The name under which phones come: the first that can be today, so not an address that the machine no longer has."""
    here = set(of_this_machine())
    others = [name for name in names if not is_own(name)]
    return next((name for name in others if isinstance(name, str) or name in here), (others or names)[0])


def server_address(names: list[Name]) -> str:
    """Where phones reach the server."""
    return environment.text("CLOSEKNIT_ADDRESS").strip().rstrip("/") or f"https://{typed(first(names))}:{port()}"


def to_set(names: list[Name]) -> Iterator[str]:
    """The settings that are still missing, as one types them."""
    address, _, listening = environment.text("CLOSEKNIT_BIND").rpartition(":")
    if not environment.switch("CLOSEKNIT_TLS"):
        yield "export CLOSEKNIT_TLS=on"
    if address in {"127.0.0.1", "localhost", "[::1]"}:
        yield f"export CLOSEKNIT_BIND=0.0.0.0:{listening}"
    if not all(answers_to(name) for name in names):
        yield f"export CLOSEKNIT_HOSTS={with_hosts(*names)}"
    if not environment.text("CLOSEKNIT_ADDRESS"):
        yield f"export CLOSEKNIT_ADDRESS={server_address(names)}"


def summary(authority: Certificate, served: Certificate, folder: object) -> Iterator[str]:
    """What was made, and what to do next."""
    yield str(MADE.format(end=served.last_day, names=said(served.names)))
    yield str(BY.format(title=authority.issuer, end=authority.last_day))
    yield f"  {authority.fingerprint}"
    yield str(LIES.format(folder=folder))
    yield str(ADDRESS.format(address=server_address(served.names)))
    if lines := list(to_set(served.names)):
        yield f"\n{TO_SET}"
        yield from (f"  {line}" for line in lines)
    else:
        yield f"\n{AGAIN}"
    yield str(THEN)


def guide(authority: Certificate, address: str) -> Iterator[str]:
    """What the clerk's screen shows while the certificate is handed out."""
    yield code(address)
    yield str(SCAN.format(address=address))
    yield f"\n1. {ANDROID}"
    yield f"2. {IPHONE}"
    yield f"\n{COMPARE}\n  {authority.fingerprint}"


def code(address: str) -> str:
    """A QR code, two of its rows a line; both colours are said, so that it is the right way round on any terminal."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=3)]
    lines = []
    for upper, lower in zip(rows[::2], [*rows[1::2], [0] * len(rows[0])], strict=False):
        cells = (f"\033[{30 if over else 97};{40 if under else 107}m▀" for over, under in zip(upper, lower, strict=True))
        lines.append("".join(cells) + "\033[0m")
    return "\n".join(lines)
