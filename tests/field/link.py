"""A bad link: bytes pass with a delay, some are lost and come again later, and now and then everything is cut."""

import asyncio
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

AGAIN_S = 1.0  # after so long TCP sends again what was lost
CHUNK = 1_400  # what one packet carries


@dataclass
class Link:
    """Listens on `port` and passes on to `to`. `delay_s` one way; `loss` of packets; cut every `cut_every_s` for `cut_for_s`."""

    to: int
    delay_s: float = 0.0
    loss: float = 0.0
    cut_every_s: float = 0.0
    cut_for_s: float = 2.0
    seed: int = 1
    port: int = 0
    carried: int = 0  # bytes from the server
    cuts: int = 0
    open: bool = True
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _stop: Callable[[], None] = lambda: None

    def start(self) -> "Link":
        """Begins in a thread of its own."""
        ready = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._run(ready)), daemon=True)
        thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Ends it."""
        self._stop()

    def cut(self) -> None:
        """Ends every connection now."""
        self.cuts += 1
        for writer in [*self._writers]:
            writer.transport.abort()

    async def _run(self, ready: threading.Event) -> None:
        chance = random.Random(self.seed)
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        self._stop = lambda: loop.call_soon_threadsafe(ended.set)
        server = await asyncio.start_server(lambda reader, writer: self._serve(reader, writer, chance), "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        cutter = asyncio.create_task(self._cutting())
        ready.set()
        await ended.wait()
        cutter.cancel()
        server.close()
        self.cut()

    async def _cutting(self) -> None:
        since = 0.0
        while True:
            await asyncio.sleep(0.1)
            since = since + 0.1 if self.cut_every_s else 0.0
            if self.cut_every_s and since >= self.cut_every_s:
                self.open, since = False, 0.0
                self.cut()
                await asyncio.sleep(self.cut_for_s)
                self.open = True

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chance: random.Random) -> None:
        there = await self._reach() if self.open else None
        if there is None:
            writer.transport.abort()
            return
        there_reader, there_writer = there
        self._writers |= {writer, there_writer}
        await asyncio.gather(
            self._pass(reader, there_writer, chance, counted=False), self._pass(there_reader, writer, chance, counted=True)
        )
        self._writers -= {writer, there_writer}
        for each in (writer, there_writer):
            each.transport.abort()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            return await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            return None

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chance: random.Random, *, counted: bool) -> None:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        pump = asyncio.create_task(self._pump(queue, writer))
        try:
            while chunk := await reader.read(CHUNK):
                late = AGAIN_S if chance.random() < self.loss else 0.0
                queue.put_nowait((loop.time() + self.delay_s + late, chunk))
                self.carried += len(chunk) if counted else 0
        except OSError:
            pass
        queue.put_nowait((loop.time() + self.delay_s, b""))
        await pump

    async def _pump(self, queue: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                due, chunk = await queue.get()  # in order: what was lost holds back what follows, as in TCP
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not chunk:
                    if writer.can_write_eof():
                        writer.write_eof()
                    return
                writer.write(chunk)
                await writer.drain()
        except (OSError, RuntimeError):
            return
