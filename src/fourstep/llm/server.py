"""What an OpenAI-compatible server says of itself: the models that it has, and whatever its own pages tell."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fourstep.errors import ConfigurationError, ModelError, ReplyError
from fourstep.llm.endpoint import NO_KEY, OPENAI, Endpoint
from fourstep.llm.faults import translated


@dataclass(frozen=True, slots=True)
class Server:
    """The server of one endpoint; nothing is sent before it is asked something."""

    endpoint: Endpoint

    async def models(self) -> Any:
        """Its list of models as it gave it; None where it keeps none. Raises: ModelError."""
        address = self.endpoint.base_url or OPENAI
        try:
            return await self._get(f"{address}/models")
        except ConfigurationError as error:
            if _status(error) != 404:
                raise
        if await self._has(f"{address}/v1/models"):
            raise ConfigurationError(f"The address {address} lacks /v1 at its end.", f"Set it to {address}/v1")
        return None

    async def page(self, path: str) -> Any:
        """What it tells at a path from its root; None where it tells nothing there."""
        parts = urlsplit(self.endpoint.base_url or OPENAI)
        try:
            return await self._get(f"{parts.scheme}://{parts.netloc}{path}")
        except ModelError:
            return None

    async def _has(self, url: str) -> bool:
        try:
            await self._get(url)
        except ModelError:
            return False
        return True

    async def _get(self, url: str) -> Any:
        from openai import AsyncOpenAI  # 0.8 s that a start without a check saves

        client = AsyncOpenAI(
            api_key=self.endpoint.key or NO_KEY, base_url=url, timeout=self.endpoint.timeout, max_retries=0
        )
        try:
            async with client:
                answer = await client.get(url, cast_to=object)
        except Exception as error:  # the translation of provider errors
            raise translated(error, self.endpoint) from error
        if not isinstance(answer, dict):  # a page of HTML comes as text
            raise ReplyError(f"{self.endpoint.server} answered with a page, not with data.", "Check the address.")
        return answer


def _status(error: ModelError) -> int | None:
    return getattr(error.__cause__, "status_code", None)
