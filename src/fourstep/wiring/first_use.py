"""A model that was never used from here is tried out while its first interview begins, without holding it up."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fourstep.files.tried import note_tried, was_tried
from fourstep.settings import Settings
from fourstep.wiring.endpoints import endpoints_of, examined

if TYPE_CHECKING:
    from fourstep.llm.endpoint import Endpoint

Tell = Callable[[str], None]


def try_out_new(settings: Settings, root: Path, tell: Tell) -> None:
    """Examine every model that is new, on a thread that ends with the program; `tell` hears what does not work."""
    new = [endpoint for endpoint in endpoints_of(settings) if not was_tried(root, endpoint.name)]
    if new:

        def try_out() -> None:
            asyncio.run(_try_out(settings, root, new, tell))

        threading.Thread(target=try_out, name="try-out", daemon=True).start()


async def _try_out(settings: Settings, root: Path, endpoints: "list[Endpoint]", tell: Tell) -> None:
    for endpoint in endpoints:
        sound = True
        async for check in examined(settings, endpoint):
            sound = sound and check.state != "fails"
            if check.state != "works":
                tell(f"{endpoint.model}: {check.sentence}")
        if sound:
            note_tried(root, endpoint.name)
