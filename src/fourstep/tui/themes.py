"""Four looks. Text has at least 4.5:1 against what it stands on, borders and focus 3:1; a test measures both.

The ratios are those of WCAG 2.2, success criteria 1.4.3 and 1.4.11.
"""

import os

from textual.theme import Theme

from fourstep.choices import Theme as ThemeName


def _theme(name: str, *, dark: bool, text: str, muted: str, ground: str, raised: str, line: str, **signs: str) -> Theme:
    """A theme whose colours are all named here; nothing is left to be derived."""
    return Theme(
        name=name,
        dark=dark,
        primary=signs["focus"],
        secondary=line,
        accent=signs["accent"],
        warning=signs["accent"],
        error=signs["bad"],
        success=signs["good"],
        foreground=text,
        background=ground,
        surface=raised,
        panel=raised,
        boost=raised,
        variables={
            "muted": muted,
            "line": line,
            "focus": signs["focus"],
            "chosen": signs["chosen"],
            "chosen-text": signs["chosen_text"],
            "bar": raised,
            "screen-selection-background": signs["chosen"],
            "screen-selection-foreground": signs["chosen_text"],
            "input-selection-background": signs["chosen"],
            "input-selection-foreground": signs["chosen_text"],
            "scrollbar": line,
            "scrollbar-hover": signs["focus"],
            "scrollbar-active": signs["focus"],
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
        },
    )


THEMES = (
    _theme(
        "dark",
        dark=True,
        text="#e6e9ef",
        muted="#a9b3c1",
        ground="#14171c",
        raised="#20252d",
        line="#6f7b8c",
        focus="#7cc4ff",
        accent="#ffcf6b",
        good="#8fd98f",
        bad="#ff9d94",
        chosen="#2f4f74",
        chosen_text="#ffffff",
    ),
    _theme(
        "light",
        dark=False,
        text="#1c2128",
        muted="#4c5561",
        ground="#fafaf7",
        raised="#ecedf0",
        line="#747f8d",
        focus="#0b5cad",
        accent="#7a4900",
        good="#1b6329",
        bad="#a8231b",
        chosen="#0b5cad",
        chosen_text="#ffffff",
    ),
    _theme(
        "high-contrast",
        dark=True,
        text="#ffffff",
        muted="#ffffff",
        ground="#000000",
        raised="#000000",
        line="#ffffff",
        focus="#ffff00",
        accent="#00ffff",
        good="#00ff00",
        bad="#ff9090",
        chosen="#ffff00",
        chosen_text="#000000",
    ),
)


def theme_name(setting: ThemeName) -> str:
    """The theme for a setting; `auto` reads the background from `COLORFGBG` (`15;0`: white on black)."""
    if setting != "auto":
        return setting
    background = os.environ.get("COLORFGBG", "").rsplit(";", 1)[-1]
    return "light" if background in ("7", "15") else "dark"
