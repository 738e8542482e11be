"""Who may come in: pages of our own, on this machine, that know the secret part of the address."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

HOST = "127.0.0.1"
_PORT_OF_PAGES = 80
"""The port that browsers leave out of an address."""
STATIC = "/static/"
"""Files of the libraries, in which there is nothing to protect."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The terminal in the page sets styles of its own, so inline ones are allowed; scripts are not."""


@dataclass(frozen=True)
class Door:
    """The secret of one run, and the check of whoever knocks."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """Stands in the address that is printed, and nowhere else."""

    def check(self, request: web.Request, port: int) -> str:
        """Why a request may not come in; empty where it may.

        A foreign name in `Host` is a name that was pointed at this machine; a foreign `Origin` is another page. Nor is
        `localhost` let in: the page's own parts come from the number, and to a browser that is another place.
        """
        hosts = {f"{HOST}:{port}", *([HOST] if port == _PORT_OF_PAGES else [])}
        origin = request.headers.get("Origin")
        if request.host not in hosts:
            return f"Only {HOST} is answered here. Copy the whole address that fourstep printed."
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return "Another page asked for this one."
        if origin is None and request.headers.get("Upgrade"):
            return "Whoever connects must say from which page."
        if request.path.startswith(STATIC):
            return ""
        if not secrets.compare_digest(request.path.removeprefix("/").partition("/")[0].encode(), self.token.encode()):
            return "The address is not the one that fourstep printed when it was started. Copy the whole of that one."
        return ""


def guarded(door: Door, port: Callable[[], int]) -> Middleware:
    """The middleware that asks the door before anything else happens, and closes the page to everything foreign."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if why := door.check(request, port()):
            return web.Response(status=403, text=why, headers=_HEADERS)
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.update(_HEADERS)
            raise
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    return guard
