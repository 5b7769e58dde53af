"""`closeknit enrol CODE`: lets a device push, and prints its token once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from closeknit.areas.models import Area
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.sync.models import enrol


class Command(Speaking):
    """Enrols a device."""

    summary = Text("Let a device push records; prints its token once.", "登记上传设备；令牌仅显示一次。")
    example = "closeknit enrol D0417 --area 433122108001"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The device and its area."""
        parser.add_argument("code", help=str(Text("the device's code", "设备编码")))
        parser.add_argument("--area", required=True, help=str(Text("code of the area where it works", "使用地区代码")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Enrols and prints."""
        if not Area.objects.current().filter(code=options["area"]).exists():
            raise CommandError(str(Text("The area {n} is not known.", "未登记的地区 {n}。", n=options["area"])))
        self.stdout.write(enrol(options["code"], area=options["area"], by="command line"))
