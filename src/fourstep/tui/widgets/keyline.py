"""The last line of a screen: the keys that work here, made from the real bindings, as many as fit."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

_SIGNS = {
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "question_mark": "?",
    "slash": "/",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "tab": "Tab",
    "space": "Space",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "home": "Home",
    "end": "End",
    "backspace": "Backspace",
}


def key_sign(key: str) -> str:
    """How a key is written for people: `^J`, `F2`, `Enter`."""
    if key.startswith("ctrl+"):
        rest = key.removeprefix("ctrl+")
        return f"^{rest.upper()}" if len(rest) == 1 else f"Ctrl+{key_sign(rest)}"
    if key.startswith("shift+"):
        return f"Shift+{key_sign(key.removeprefix('shift+'))}"
    if key.startswith("super+"):
        return f"Cmd+{key.removeprefix('super+').upper()}"
    return _SIGNS.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def keys_of(screen: "Screen[object]", *, shown_only: bool = True) -> list[tuple[str, Binding]]:
    """What works on a screen now: the signs of its keys with the binding they share, in the order of declaration.

    Those that every text box or list of the library has are left out.
    """
    found: dict[tuple[object, str], tuple[list[str], Binding]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or not _is_ours(active.node, binding) or (shown_only and not binding.show):
            continue
        signs, _ = found.setdefault((active.node, binding.action), ([], binding))
        sign = binding.key_display or key_sign(binding.key)
        if sign not in signs:
            signs.append(sign)
    return [("/".join(signs), binding) for signs, binding in found.values()]


def _is_ours(node: object, binding: Binding) -> bool:
    """Whether the binding was declared in this program, and not by a widget of the library that it extends."""
    ours = (kind for kind in type(node).__mro__ if kind.__module__.startswith("fourstep."))
    return any(declared.action == binding.action for kind in ours for declared in vars(kind).get("BINDINGS", ()))


class KeyLine(Widget):
    """Each key can be clicked; when it gets narrow, later ones go, and help never does."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $bar; color: $foreground; padding: 0 1; link-style: none;
        link-style-hover: bold; link-color-hover: $chosen-text; link-background-hover: $chosen; }
    """

    def render(self) -> Content:
        """As many as fit, help last."""
        keys = keys_of(self.screen)
        helping = [pair for pair in keys if pair[1].action.endswith("help")]
        others = [pair for pair in keys if pair not in helping]
        while others and _width([*others, *helping]) > self.size.width:
            others.pop()
        return Content("  ").join(self._entry(sign, binding) for sign, binding in [*others, *helping])

    def _entry(self, sign: str, binding: Binding) -> Content:
        action = binding.action if "." in binding.action else f"screen.{binding.action}"
        link = Style(bold=True) + Style.from_meta({"@click": action})
        return Content.assemble((sign, link), (f" {binding.description}", Style.from_meta({"@click": action})))


def _width(keys: Iterable[tuple[str, Binding]]) -> int:
    lengths = [len(sign) + 1 + len(binding.description) for sign, binding in keys]
    return sum(lengths) + 2 * max(0, len(lengths) - 1)
