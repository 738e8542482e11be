"""`fourstep doctor`: what is set and where it comes from, and what works with the model."""

import argparse
import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

from fourstep.commands.program import front_of
from fourstep.files.places import interviews_folder
from fourstep.foreign_text import one_line
from fourstep.settings import SETTINGS, Settings
from fourstep.wiring.endpoints import address_of, endpoints_of, examined

if TYPE_CHECKING:
    from fourstep.llm.doctor import Check
    from fourstep.llm.endpoint import Endpoint

_SIGNS = {"works": "OK", "limited": "! ", "fails": "✗ "}
_NO_MODEL = """Offline interviewer and grader; no model is set, and none is needed.
To add one: fourstep doctor --model NAME, with --base-url URL for a server of your own; then keep it in the settings.
"""


def run(arguments: argparse.Namespace) -> int:
    """Tell and check; the exit code is that of the first check that fails."""
    settings = front_of(arguments).settings
    report: dict[str, Any] = {"schema": "fourstep.doctor/1", **_told(settings), "models": []}
    as_text = arguments.format == "text"
    if as_text:
        _write_settings(report)
    code = 0
    for endpoint, roles in endpoints_of(settings).items():
        if as_text:
            sys.stdout.write(f"\n{one_line(endpoint.name)} ({', '.join(roles)})\n")
        checks = asyncio.run(_checked(settings, endpoint, aloud=as_text))
        told = {"model": endpoint.model, "server": endpoint.server, "roles": roles}
        report["models"].append({**told, "checks": [_as_json(check) for check in checks]})
        code = code or next((check.error.exit_code for check in checks if check.error), 0)
    if not as_text:
        sys.stdout.write(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    elif not report["models"]:
        sys.stdout.write(f"\n{_NO_MODEL}")
    return code


def _told(settings: Settings) -> dict[str, Any]:
    """Every setting with its origin, and where interviews are kept."""
    values = {name: getattr(settings, name) for name in SETTINGS}
    values = {name: str(value) if name == "data_dir" and value else value for name, value in values.items()}
    listed = [{"name": name, "value": value, "origin": settings.origin_of(name)} for name, value in values.items()]
    return {"settings": listed, "interviews": str(interviews_folder(settings)), "address": address_of(settings)}


def _write_settings(report: dict[str, Any]) -> None:
    sys.stdout.write("Settings, and where they come from\n")
    for setting in report["settings"]:
        value = "–" if setting["value"] is None else one_line(str(setting["value"]))
        sys.stdout.write(f"  {setting['name']:<18} {value:<28} {one_line(setting['origin'])}\n")
    sys.stdout.write(f"Interviews are kept in {one_line(report['interviews'])}\n")


async def _checked(settings: Settings, endpoint: "Endpoint", *, aloud: bool) -> "list[Check]":
    checks = []
    async for check in examined(settings, endpoint):
        checks.append(check)
        if aloud:
            line = f"  {_SIGNS[check.state]} {check.name:<18} {one_line(check.sentence)} ({check.seconds:.2f} s)\n"
            sys.stdout.write(line)
            sys.stdout.flush()
    return checks


def _as_json(check: "Check") -> dict[str, Any]:
    shown = {"name": check.name, "state": check.state, "sentence": check.sentence, "seconds": round(check.seconds, 3)}
    return {**shown, "code": check.error.code} if check.error else shown
