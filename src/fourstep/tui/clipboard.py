"""Copying that tells the truth about where the text went."""

import os
import shutil
import subprocess

_TOOLS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
_SECONDS = 2.0


def copy_by_tool(text: str) -> str | None:
    """Hand the text to tmux or to the system's own tool, and say which; None where neither took it."""
    if os.environ.get("TMUX") and _taken(("tmux", "load-buffer", "-w", "-"), text):
        return "Copied to the tmux buffer; paste it with tmux's own key, usually Ctrl+B ]."
    for tool in _TOOLS:
        if _usable(tool[0]) and _taken(tool, text):
            return f"Copied to the clipboard, by {tool[0]}."
    return None


BY_TERMINAL = "Sent to the terminal's clipboard (OSC 52); some terminals ignore that."


def _usable(tool: str) -> bool:
    """Whether the tool is there and has a display to speak to."""
    if tool == "wl-copy" and not os.environ.get("WAYLAND_DISPLAY"):
        return False
    if tool in ("xclip", "xsel") and not os.environ.get("DISPLAY"):
        return False
    return shutil.which(tool) is not None


def _taken(command: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
