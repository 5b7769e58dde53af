"""Checks of the way by which phones reach the server: https, its certificate, and the app that they open."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from closeknit import environment
from closeknit.console.certificates import authority, folder
from closeknit.console.certificates.asking import shown_at
from closeknit.console.certificates.names import Name, is_own, read
from closeknit.console.certificates.reading import Certificate, from_file
from closeknit.console.certificates.serving import address_name, answers_to, hosts, said, with_hosts
from closeknit.console.doctor.finding import Finding, State, judged
from closeknit.kit import clock
from closeknit.kit.text import Text

SOON = timedelta(days=30)
WAYS = "docs/running.md, “How a phone reaches the server”"
CERTIFICATE = Text("Certificate", "证书")
RENEW = Text(
    "Type: closeknit certificate (a county's own: put the new one in its place), then start the server again.",
    "请运行 closeknit certificate（自有证书请替换为新证书），然后重新启动服务。",
)

ANEW = Text(
    "Type: closeknit certificate --new-authority, then hand it out to every phone again.",
    "请运行 closeknit certificate --new-authority，再让每部手机重新安装。",
)
END = Text("Certificate's end", "证书有效期")


def secure(tls: bool, shows: bool) -> Finding:
    """Whether a phone's browser gives the app what it needs; `shows`: whether `closeknit serve` has a certificate of its own."""
    itself = Text("https, by `closeknit serve` itself", "https，由 closeknit serve 直接提供")
    in_front = Text("https, by a web server in front", "https，由前置网页服务器提供")
    none = Text(
        "no https: phones have no camera, no encryption and no work without a network; only this computer itself, at localhost, has",
        "未启用 https：手机无法使用摄像头、加密和离线功能，仅本机 localhost 不受限",
    )
    return judged(
        "phones",
        Text("A phone can reach it", "手机访问"),
        well=tls,
        otherwise=State.NOTE,
        seen=none if not tls else itself if shows else in_front,
        cure=Text("Choose one of three ways: {ways}", "三种办法任选其一，见 {ways}").format(ways=WAYS),
    )


def unread(path: Path, why: str) -> Finding:
    """A certificate that is none."""
    cure = Text("Look at CLOSEKNIT_TLS_CERT, or type: closeknit certificate", "请检查 CLOSEKNIT_TLS_CERT，或运行：closeknit certificate")
    return Finding("certificate", CERTIFICATE, State.FAILED, Text("{path}: {why}", "{path}：{why}").format(path=path, why=why), cure)


def made_by(shown: Certificate, ours: Certificate | None) -> Finding:
    """By our authority, or by another; then phones need what lies between as well."""
    if ours is not None and shown.made_by(ours.read):
        seen = Text("by our authority “{title}”, {fingerprint}", "由本机签发机构“{title}”签发，指纹 {fingerprint}")
        return Finding("certificate", CERTIFICATE, State.FINE, seen.format(title=ours.issuer, fingerprint=ours.fingerprint))
    alone = shown.vouches_for_itself or not shown.behind
    return judged(
        "certificate",
        CERTIFICATE,
        well=not alone,
        otherwise=State.NOTE,
        seen=Text(
            "by another authority, “{title}”, with {count} certificate{count:s} behind it",
            "由其他机构“{title}”签发，文件中另有 {count} 个上级证书",
        ).format(title=shown.issuer, count=len(shown.behind)),
        cure=Text(
            "Where phones refuse it, put the whole chain into the file (fullchain.pem): the server's certificate first.",
            "如手机拒绝，请将完整证书链（fullchain.pem）放入文件，服务器证书排在最前。",
        ),
    )


def named(shown: Certificate, address: Name | None, others: list[Name]) -> Finding:
    """Whether phones take it for CLOSEKNIT_ADDRESS (must be) and for every name of CLOSEKNIT_HOSTS (should be)."""
    asked = [name for name in others if not is_own(name)]
    missing = [name for name in asked if not shown.covers(name)]
    fails = address is not None and not shown.covers(address)
    if fails and address not in missing:
        missing.append(str(address))
    return judged(
        "certificate_names",
        Text("Certificate's names", "证书名称"),
        well=not missing,
        otherwise=State.FAILED if fails or len(missing) == len(asked) else State.NOTE,
        seen=Text("it stands for {names}; not for: {missing}", "适用于 {names}；不适用于：{missing}").format(
            names=said(shown.names), missing=said(missing) or "0"
        ),
        cure=Text(
            "Type: closeknit certificate --name NAME (or --address IP), or take it out of CLOSEKNIT_HOSTS and CLOSEKNIT_ADDRESS.",
            "请运行：closeknit certificate --name 主机名（或 --address IP 地址），或将其从 CLOSEKNIT_HOSTS 和 CLOSEKNIT_ADDRESS 中去掉。",
        ),
    )


def answered(names: list[Name], address: Name | None) -> Finding:
    """Whether the server answers under the names that phones use."""
    wanted = [name for name in ([address] if address else names) if not is_own(name)]
    refused = [name for name in wanted if not answers_to(name)]
    return judged(
        "hosts",
        Text("Names that the server answers to", "服务器响应的名称"),
        well=not refused,
        otherwise=State.FAILED if len(refused) == len(wanted) else State.NOTE,
        seen=Text("CLOSEKNIT_HOSTS lacks: {refused}", "CLOSEKNIT_HOSTS 缺少：{refused}").format(refused=said(refused) or "0"),
        cure=Text("Set CLOSEKNIT_HOSTS={hosts}", "请设置 CLOSEKNIT_HOSTS={hosts}").format(hosts=with_hosts(*refused)),
    )


def lasting(slug: str, check: Text, shown: Certificate, cure: Text) -> Finding:
    """Whether it holds today and for thirty days more, by this machine's clock."""
    now = clock.now()
    days = (shown.ends - now).days
    if shown.begins > now:
        seen = Text("begins only on {begin}: this machine's clock is slow", "{begin} 才生效，说明本机时钟慢了").format(
            begin=f"{shown.begins:%Y-%m-%d %H:%M} UTC"
        )
        return Finding(slug, check, State.FAILED, seen, Text("Type: timedatectl set-ntp true", "请运行：timedatectl set-ntp true"))
    over = shown.ends <= now
    seen = (
        Text("ended on {end}", "已于 {end} 到期")
        if over
        else Text("until {end}, {days} day{days:s} more", "有效期至 {end}，还有 {days} 天")
    )
    return judged(
        slug,
        check,
        well=shown.ends - now > SOON,
        otherwise=State.FAILED if over else State.NOTE,
        seen=seen.format(end=shown.last_day, **({} if over else {"days": days})),
        cure=cure,
    )


def keys_kept(keys: list[Path]) -> Finding:
    """Whether the keys of the certificates are for this user alone."""
    wide = [str(path) for path in keys if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    return judged(
        "certificate_keys",
        Text("Keys of the certificates are closed to others", "证书密钥权限"),
        well=not wide,
        seen=Text("{count} key{count:s}; open to others: {wide}", "共 {count} 个密钥；对他人开放：{wide}").format(
            count=sum(path.exists() for path in keys), wide=", ".join(wide) or "0"
        ),
        cure=Text("Type: chmod 600 {wide}", "请运行：chmod 600 {wide}").format(wide=" ".join(wide)),
    )


def app_built(root: Path) -> Finding:
    """Whether there is an app that phones could open."""
    return judged(
        "field_app",
        Text("App for phones", "手机应用"),
        well=(root / "field/index.html").is_file(),
        otherwise=State.NOTE,
        seen=Text("looked for in {root}", "查找位置：{root}").format(root=root),
        cure=Text("Type: make field, or set CLOSEKNIT_FIELD_APP.", "请运行 make field，或设置 CLOSEKNIT_FIELD_APP。"),
    )


def taken(shown: Certificate | None, refusal: str, address: str) -> Finding:
    """What a phone meets at CLOSEKNIT_ADDRESS, where a web server stands in front; this machine's roots stand for the phone's."""
    if shown is None:
        seen = Text("{address} does not answer from here: {why}", "本机无法访问 {address}：{why}").format(address=address, why=refusal)
        cure = Text("Look whether a phone reaches it, on the network that phones use.", "请用手机在其所用网络中确认能否访问。")
        return Finding("certificate", CERTIFICATE, State.NOTE, seen, cure)
    return judged(
        "certificate",
        CERTIFICATE,
        well=not refusal,
        seen=Text("{address} shows one by “{title}”; refused: {why}", "{address} 的证书由“{title}”签发；拒绝原因：{why}").format(
            address=address, title=shown.issuer, why=refusal or "0"
        ),
        cure=Text(
            "Phones refuse it. The web server has to show a certificate for this name, with its whole chain (docs/phones-cloud.md).",
            "手机会拒绝。请在网页服务器上配置该名称的证书及完整证书链（见 docs/phones-cloud.md）。",
        ),
    )


def in_front(address: str) -> Iterator[Finding]:
    """The checks where `closeknit serve` itself shows no certificate."""
    known = address_name()
    if known is None or is_own(known) or not address.startswith("https://"):
        return
    shown, refusal = shown_at(address)
    yield taken(shown, refusal, address)
    yield answered([], known)
    if shown is not None:
        yield named(shown, known, [])
        yield lasting("certificate_end", END, shown, RENEW)


def by_itself(certificate: Path, key: Path) -> Iterator[Finding]:
    """The checks of the certificate that `closeknit serve` shows."""
    try:
        shown, ours = from_file(certificate), authority.kept()
    except (OSError, ValueError) as error:
        yield unread(certificate, getattr(error, "strerror", None) or str(error))
        return
    yield made_by(shown, ours)
    yield named(shown, address_name(), [read(host.removeprefix(".")) for host in hosts() if host != "*"])
    yield answered(shown.names, address_name())
    yield lasting("certificate_end", END, shown, RENEW)
    if ours is not None and shown.made_by(ours.read):
        yield lasting("authority_end", Text("Local authority's end", "本机签发机构有效期"), ours, ANEW)
    yield keys_kept(sorted({key, folder.key_file(folder.AUTHORITY)}))


def examine() -> Iterator[Finding]:
    """All checks of this file."""
    files, tls = environment.certificate(), environment.switch("CLOSEKNIT_TLS")
    yield secure(tls, files is not None)
    yield app_built(Path(settings.WHITENOISE_ROOT))
    if tls:
        yield from by_itself(*files) if files else in_front(environment.text("CLOSEKNIT_ADDRESS").strip())
