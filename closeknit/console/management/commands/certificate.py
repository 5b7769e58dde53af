"""`closeknit certificate`: a local authority, the server's certificate by it, and handing the authority's to phones."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localtime
from django.utils.translation import get_language

from closeknit import environment
from closeknit.console.certificates import authority, folder, telling
from closeknit.console.certificates.handing_out import MINUTES, Desk
from closeknit.console.certificates.names import OWN, Name, of_this_machine, read_address, read_name, typed, unique
from closeknit.console.certificates.reading import Certificate
from closeknit.console.certificates.serving import address_name, said
from closeknit.kit import clock
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text

DAYS = Text("days that the server's certificate holds (1 to 397)", "服务器证书有效天数（1 至 397）")
MORE_NAME = Text("a further name of this server, more than once if need be", "服务器的其他主机名，可重复")
MORE_ADDRESS = Text("a further address of this server, more than once if need be", "服务器的其他 IP 地址，可重复")
ANEW = Text("make a new authority: every phone has to install its certificate again", "重建签发机构：每部手机都须重新安装证书")
HAND_OUT = Text("give the authority's certificate to phones for ten minutes, by plain http", "通过 http 向手机发放证书，十分钟后自动停止")
PORT = Text("port of the page for phones", "手机下载页面的端口")
NO_DAYS = Text(
    "{value}: a certificate holds 1 to 397 days; phones refuse one that holds longer.",
    "{value}：证书有效期应为 1 至 397 天，更长的手机不接受。",
)
NOT_BOUND = Text(
    "The authority may not vouch for {names}: it was bound when it was made. With --new-authority it can; then every phone "
    "installs the new certificate.",
    "现有签发机构不能为 {names} 签发证书，其范围在创建时已限定。可加 --new-authority 重建，但每部手机须重新安装证书。",
)
LEFT_OUT = Text("Left out, because the authority may not vouch for it: {names}", "以下名称不在签发机构范围内，未写入证书：{names}")
OWN_CERTIFICATE = Text(
    "CLOSEKNIT_TLS_CERT is set: `closeknit serve` shows that certificate and not this one.",
    "已设置 CLOSEKNIT_TLS_CERT，closeknit serve 使用该证书，不使用此证书。",
)
TAKEN = Text("Port {port} cannot be used: {why}. Choose another: --port 8081", "端口 {port} 无法使用：{why}。请换一个：--port 8081")
GOING = Text("This page answers for {minutes} minutes (stop with Ctrl-C).", "此页面开放 {minutes} 分钟（按 Ctrl-C 停止）。")
GIVEN = Text("{time} fetched by {phone}", "{time} 已由 {phone} 下载")
OVER = Text("The page is closed.", "页面已关闭。")


def kind(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader for argparse, which prints the sentence of a ValueError only from its own exception."""

    def reader(value: str) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from error

    return reader


def read_days(value: str) -> int:
    """Days that phones accept. Raises ValueError with a sentence where they are too many or none."""
    if not value.isdecimal() or not 1 <= int(value) <= authority.MOST_DAYS:
        raise ValueError(str(NO_DAYS.format(value=value)))
    return int(value)


class Command(Speaking):
    """Run again, it renews the server's certificate; the authority stays, and phones need nothing."""

    summary = Text(
        "Make or renew the certificate by which phones reach a box in the town hall.", "制作或更新证书，供手机访问本单位服务器。"
    )
    example = "closeknit certificate\ncloseknit certificate --name townhall.local --address 192.168.1.20\ncloseknit certificate --hand-out"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Names and addresses; how long; whether phones are given the authority's certificate now."""
        parser.add_argument("--name", action="append", default=[], type=kind(read_name), metavar="HOST", help=str(MORE_NAME))
        parser.add_argument("--address", action="append", default=[], type=kind(read_address), metavar="IP", help=str(MORE_ADDRESS))
        parser.add_argument("--days", type=kind(read_days), default=authority.MOST_DAYS, metavar="N", help=str(DAYS))
        parser.add_argument("--new-authority", action="store_true", help=str(ANEW))
        parser.add_argument("--hand-out", action="store_true", help=str(HAND_OUT))
        parser.add_argument("--port", type=int, default=8080, metavar="N", help=str(PORT))

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes what is missing or was asked for; then hands out, where that was asked for."""
        asked = bool(options["name"] or options["address"] or options["new_authority"])
        ours, shown = authority.kept(), authority.served()
        if ours is None or shown is None or asked or not options["hand_out"]:
            ours, shown = self._make([*options["name"], *options["address"]], options["days"], anew=options["new_authority"])
            for line in telling.summary(ours, shown, folder.folder()):
                self.stdout.write(line)
        if environment.text("CLOSEKNIT_TLS_CERT"):
            self.stderr.write(str(OWN_CERTIFICATE))
        if options["hand_out"]:
            self._hand_out(ours, shown, options["port"])

    def _make(self, given: list[Name], days: int, *, anew: bool) -> tuple[Certificate, Certificate]:
        before = authority.served()
        names = unique([*given, *(before.names if before and not anew else ()), *of_this_machine()])
        ours = None if anew else authority.kept()
        if ours is None or ours.ends <= clock.now():
            ours = authority.make_authority(names)
        outside = [name for name in names if not authority.permits(ours, name)]
        if set(outside) & set(given):
            raise CommandError(str(NOT_BOUND.format(names=said(name for name in outside if name in given))))
        if outside:
            self.stderr.write(str(LEFT_OUT.format(names=said(outside))))
        kept = [name for name in names if name not in outside]
        return ours, authority.make_certificate(ours, unique([*kept, *OWN]), days=days)

    def _hand_out(self, ours: Certificate, shown: Certificate, port: int) -> None:
        language = get_language() or "zh-hans"  # the page answers in threads, which know of none

        def told(phone: str) -> None:
            self.stdout.write(GIVEN.format(time=f"{localtime(clock.now()):%H:%M:%S}", phone=phone).of(language))
            self.stdout.flush()

        try:
            desk = Desk(("", port), ours, telling.server_address(shown.names), told)
        except (OSError, OverflowError) as error:
            raise CommandError(str(TAKEN.format(port=port, why=getattr(error, "strerror", None) or error))) from error
        with desk:
            for line in telling.guide(ours, f"http://{typed(address_name() or telling.first(shown.names))}:{port}/"):
                self.stdout.write(line)
            self.stdout.write(str(GOING.format(minutes=MINUTES)))
            self.stdout.flush()
            with suppress(KeyboardInterrupt):
                desk.open_for(MINUTES * 60)
        self.stdout.write(str(OVER))
