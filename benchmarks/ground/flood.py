"""Clients that push without end while pages are read: what `overload` and `soak` stand on."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from benchmarks.ground.serving import Client, Push, Site, Told, answered, signed_in

AGAIN_S = 0.2  # who is refused comes again that soon, whatever was said
LOOK_S = 0.5


@dataclass
class Flood(Told):
    """What the crowd was told, how long all of it took, and what readers met meanwhile: seconds of a status's page, and HTTP statuses."""

    took_s: float = 0.0
    reads: list[float] = field(default_factory=list)
    pages: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Records a second that were acknowledged."""
        return len(self.records) / self.took_s


async def flood(
    site: Site,
    clients: int,
    seconds: float,
    *,
    sizes: tuple[int, ...],
    every_s: float = 0.0,
    pages: Sequence[tuple[str, str]] = (),
    told: Flood | None = None,
) -> Flood:
    """So many clients push for so long, each as soon as it was answered, or not oftener than `every_s`, evenly spread; each speaks for its
    share of all devices, so that every village is as likely. pages: (name, request) of what is read meanwhile. told: what is filled in,
    where somebody else watches it."""
    told, began = told or Flood(), time.perf_counter()
    until = time.monotonic() + seconds
    devices = list(site.county.devices)
    pushing = [
        _pushes(Client(site, told), _of(site, devices[place % len(devices) :: clients], sizes), until, every_s, every_s * place / clients)
        for place in range(clients)
    ]
    looking = [_reads(site, told, name, request, until) for name, request in pages]
    await asyncio.gather(*pushing, *looking)
    told.took_s = time.perf_counter() - began
    return told


_seeds = count(1)


def _of(site: Site, devices: Sequence[str], sizes: tuple[int, ...]) -> Iterator[Push]:
    from benchmarks.ground.county import pushes

    return pushes(site.county, float("inf"), at=site.now, sizes=sizes, seqs=site.seqs, seed=next(_seeds), devices=devices)


async def _pushes(client: Client, share: Iterator[Push], until: float, every_s: float, first_s: float) -> None:
    await client.connect()
    begins = time.monotonic() + first_s
    while begins < until:
        await asyncio.sleep(begins - time.monotonic())
        device, body = next(share)
        while await client.push(device, body) != 200 and time.monotonic() < until:
            client.writer.close()  # a server that refuses unread what was sent hangs up
            await asyncio.sleep(AGAIN_S)
            await client.connect()
        begins = max(begins + every_s, time.monotonic())
    client.writer.close()


async def _reads(site: Site, told: Flood, name: str, request: str, until: float) -> None:
    while time.monotonic() < until:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        began = time.perf_counter()
        writer.write(request.encode())
        status, _body = await answered(reader)
        if name == "household":
            told.reads.append(time.perf_counter() - began)
        told.pages[f"{name} {status}"] += 1
        writer.close()
        await asyncio.sleep(LOOK_S)


def requests(site: Site) -> list[tuple[str, str]]:
    """What a village secretary reads meanwhile: a household, the village's board, its persons as a file."""
    from django.urls import reverse

    village = site.county.villages[0]
    cookie = signed_in("village_secretary", village)
    paths = [
        ("household", reverse("register.household", kwargs={"code": "H1"})),
        ("board", reverse("command.board", kwargs={"area": village})),
        ("file", reverse("register.persons", kwargs={"area": village}) + "?as=xlsx"),
    ]
    return [(name, f"GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n") for name, path in paths]
