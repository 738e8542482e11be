"""Who may come in when the program is served to a browser: over real HTTP, with every door but the right one closed."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from aiohttp.test_utils import TestServer, make_mocked_request

from fourstep.errors import UsageError
from fourstep.serving.door import Door
from fourstep.serving.server import LocalServer

COMMAND = r"""printf '__GANGLION__\nM\0\0\0\017{"type":"exit"}'"""
"""A program that only says, in the library's own protocol, that it ends."""


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    """A server on a free port, with its address known."""
    serving = LocalServer(COMMAND, 0, Door())
    async with TestServer(await serving._make_app(), host="127.0.0.1") as listening:
        assert listening.port
        serving.port, serving.public_url = listening.port, f"http://127.0.0.1:{listening.port}"
        yield serving


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The programs that were begun behind pages."""
    programs: list[Process] = []
    begin = asyncio.create_subprocess_shell

    async def noted(*arguments: Any, **options: Any) -> Process:
        programs.append(await begin(*arguments, **options))
        return programs[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_shell", noted)
    return programs


async def got(url: str, **headers: str) -> tuple[int, str]:
    async with ClientSession() as client, client.get(url, headers=headers) as response:
        return response.status, await response.text()


async def test_the_whole_address_opens_the_page(server: LocalServer) -> None:
    status, page = await got(server.address)
    assert status == 200
    assert f'data-session-websocket-url="ws://127.0.0.1:{server.port}/' in page


@pytest.mark.parametrize("path", ["/", "/ws", "/wrong/", "/wrong/ws", "//", "/download/x"])
async def test_an_address_without_the_token_is_refused(server: LocalServer, path: str) -> None:
    status, why = await got(f"{server.public_url}{path}")
    assert (status, "not the one that fourstep printed" in why) == (403, True)


async def test_a_request_for_no_path_is_refused(server: LocalServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode())
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_what_is_not_there_is_as_closed_as_what_is(server: LocalServer) -> None:
    async with ClientSession() as client, client.get(f"{server.address}nothing") as response:
        assert response.status == 404
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_a_port_that_is_taken_is_a_sentence(server: LocalServer) -> None:
    with pytest.raises(UsageError, match=f"Port {server.port} cannot be used"):
        await LocalServer(COMMAND, server.port, Door()).run(lambda _: None)


async def test_a_reader_who_is_gone_is_not_taken_for_a_port_that_is_in_use() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await LocalServer(COMMAND, 0, Door()).run(gone)


@pytest.mark.parametrize("name", ["evil.example", "localhost"])
async def test_another_name_for_this_machine_is_refused(server: LocalServer, name: str) -> None:
    status, why = await got(server.address, Host=f"{name}:{server.port}")
    assert (status, why) == (403, "Only 127.0.0.1 is answered here. Copy the whole address that fourstep printed.")


def test_a_browser_leaves_out_the_port_that_pages_have_anyway() -> None:
    door = Door()
    headers = {"Host": "127.0.0.1", "Origin": "http://127.0.0.1"}
    request = make_mocked_request("GET", f"/{door.token}/", headers=headers)
    assert (door.check(request, 80), door.check(request, 8080) != "") == ("", True)


async def test_another_page_is_refused_even_with_the_token(server: LocalServer) -> None:
    assert await got(server.address, Origin="http://evil.example") == (403, "Another page asked for this one.")


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "https://127.0.0.1"])
async def test_a_connection_of_another_page_or_of_none_is_refused(server: LocalServer, origin: str | None) -> None:
    async with ClientSession() as client:
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(f"{server.address}ws", origin=origin)
    assert refused.value.status == 403


async def test_our_own_page_may_connect(server: LocalServer, begun: list[Process]) -> None:
    async with ClientSession() as client, client.ws_connect(f"{server.address}ws", origin=server.public_url) as socket:
        assert not socket.closed
        async for _ in socket:  # until its program has said that it ends
            pass
    (program,) = begun
    await program.communicate()  # the library does not wait for it, and a later test would be blamed


async def test_nothing_is_fetched_from_elsewhere_and_nothing_may_be(server: LocalServer) -> None:
    async with ClientSession() as client, client.get(server.address) as response:
        page = await response.text()
        assert "http://" not in page.replace(server.public_url, "")
        assert "https://" not in page
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_downloads_are_off(server: LocalServer) -> None:
    assert (await got(f"{server.address}download/x"))[0] == 404


async def test_every_run_has_another_token() -> None:
    assert Door().token != Door().token
    assert len(Door().token) >= 43


async def test_the_address_without_its_last_slash_leads_to_the_page(server: LocalServer) -> None:
    status, page = await got(server.address.removesuffix("/"))
    assert (status, "data-session-websocket-url" in page) == (200, True)
