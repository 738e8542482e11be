"""Serves the program through `textual-serve`: one process a page, on the loopback address only."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.server import Server

from fourstep.errors import UsageError
from fourstep.serving.door import HOST, Door, guarded

_OWN = Path(__file__).parent
_PATIENCE = 1.0
"""Seconds that open pages have to close by themselves once it ends; then their programs are told to."""


class LocalServer(Server):
    """The library's server behind a door of our own, with a page of our own, and without its downloads."""

    def __init__(self, command: str, port: int, door: Door) -> None:
        super().__init__(command, host=HOST, port=port, title="fourstep")
        self._door = door

    @property
    def address(self) -> str:
        """What is to be opened in the browser."""
        return f"{self.public_url}/{self._door.token}/"

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[guarded(self._door, lambda: self.port)])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_OWN / "templates"), autoescape=True)
        app.add_routes(
            [
                web.get(f"/{self._door.token}", self._complete),
                web.get(f"/{self._door.token}/", self.handle_index, name="index"),
                web.get(f"/{self._door.token}/ws", self.handle_websocket, name="websocket"),
                web.static("/static/own", _OWN / "static", name="own"),
                web.static("/static", self.statics_path, name="static"),
            ]
        )
        return app

    async def _complete(self, _: web.Request) -> web.StreamResponse:
        """The address without its last slash leads to the whole of it."""
        raise web.HTTPFound(self.address)

    async def run(self, told: Callable[[str], None]) -> None:
        """Serve until a signal ends it; `told` hears the address once it is open. Raises: UsageError."""
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=_PATIENCE)
        try:
            await self._open(runner)
            told(self.address)
            await _signalled()
        finally:
            await runner.cleanup()

    async def _open(self, runner: web.AppRunner) -> None:
        """Take the port; with 0 the system chooses one, which is known then. Raises: UsageError."""
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self.port).start()
        except OSError as error:
            raise UsageError(
                f"Port {self.port} cannot be used ({error.strerror}).", "Name another: fourstep serve --port 8123"
            ) from error
        self.port = runner.addresses[0][1]
        self.public_url = f"http://{HOST}:{self.port}"


async def _signalled() -> None:
    """Returns when the process is asked to end."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
