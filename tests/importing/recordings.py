"""Small files of each format, as their programs write them, and what is said in them."""

from dataclasses import dataclass

from fourstep.importing.reading import parse_recording
from fourstep.importing.recording import Format, Recording

ZOOM_VTT = """WEBVTT

1
00:00:03.000 --> 00:00:06.500
Grace Hopper: Welcome, Ada. Design ad click
prediction, please.

2
00:00:07.000 --> 00:00:12.000
Ada Lovelace: How many users are there?
"""

TEAMS_VTT = """WEBVTT

d6b1f6f0-0000/12-0
00:00:03.000 --> 00:00:06.500
<v Grace Hopper>Welcome, Ada. Design ad click
prediction, please.</v>

d6b1f6f0-0000/13-0
00:00:07.000 --> 00:00:12.000
<v Ada Lovelace>How many users are there?</v>
"""

SRT = """1
00:00:03,000 --> 00:00:06,500
Grace Hopper: Welcome, Ada. Design ad click prediction, please.

2
00:00:07,000 --> 00:00:12,000
Ada Lovelace: <i>How many users are there?</i>
"""

TEAMS_DOCX = """0:0:3.0 --> 0:0:6.500
Grace Hopper
Welcome, Ada. Design ad click prediction, please.

0:0:7.0 --> 0:0:12.0
Ada Lovelace
How many users are there?

0:0:13.0 --> 0:0:14.0
Grace Hopper
Many.

0:0:15.0 --> 0:0:16.0
Ada Lovelace
Fine.
"""

TEAMS_PASTE = """Mock interview-20261121_090000-Meeting Recording
November 21, 2026, 9:00AM
45m 12s

Grace Hopper started transcription

Grace Hopper   0:03
Welcome, Ada. Design ad click prediction, please.

Ada Lovelace   0:07
How many users are there?

Grace Hopper stopped transcription
"""

OTTER = """Grace Hopper  0:03
Welcome, Ada. Design ad click prediction, please.

Ada Lovelace  0:07
How many users are there?

Transcribed by https://otter.ai
"""

ZOOM_TEXT = """00:00:03 Grace Hopper: Welcome, Ada. Design ad click prediction, please.
00:00:07 Ada Lovelace: How many users are there?
"""

ZOOM_NEWER = """[Grace Hopper] 10:30:03
Welcome, Ada. Design ad click prediction, please.

[Ada Lovelace] 10:30:07
How many users are there?
"""

ZOOM_PASTE = """Grace Hopper
00:00:03
Welcome, Ada. Design ad click prediction, please.

Ada Lovelace
00:00:07
How many users are there?
"""

REV = """Grace Hopper (00:03):
Welcome, Ada. Design ad click prediction, please.

Ada Lovelace (00:07):
How many users are there?
"""

MARKDOWN = """---
problem: ad_click_prediction
level: staff
---

**Grace Hopper:** Welcome, Ada. Design ad click prediction, please.

**Ada Lovelace:** How many users are there?
"""

TEXT = """Grace Hopper: Welcome, Ada. Design ad click prediction, please.
Ada Lovelace: How many users are there?
"""

CHANGES = """WEBVTT
Kind: captions
Language: en

00:00:03.000 --> 00:00:06.500
&gt;&gt; Welcome, Ada. Design ad click prediction, please.

00:00:07.000 --> 00:00:12.000
&gt;&gt; How many users are there?
"""

YOUTUBE_LINES = """0:03
welcome ada
0:05
design ad click prediction please
0:07
how many users are there
"""

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:03.000 --> 00:00:05.000 align:start position:0%
\x20
welcome<00:00:03.500><c> ada</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
welcome ada
\x20

00:00:05.010 --> 00:00:07.000 align:start position:0%
welcome ada
design<00:00:05.400><c> ad</c><00:00:05.600><c> click</c><00:00:06.000><c> prediction please</c>

00:00:07.000 --> 00:00:07.010 align:start position:0%
design ad click prediction please
\x20

00:00:07.010 --> 00:00:12.000 align:start position:0%
design ad click prediction please
how<00:00:07.300><c> many</c><00:00:08.000><c> users are there</c>
"""


@dataclass(frozen=True)
class Example:
    """A file and what is in it."""

    name: str
    text: str
    format: Format
    timed: bool = True


NAMED = (
    Example("zoom.vtt", ZOOM_VTT, Format.VTT),
    Example("teams.vtt", TEAMS_VTT, Format.VTT),
    Example("talk.srt", SRT, Format.SRT),
    Example("teams_docx.txt", TEAMS_DOCX, Format.SRT),
    Example("teams_paste.txt", TEAMS_PASTE, Format.NAMES_AND_TIMES),
    Example("otter.txt", OTTER, Format.NAMES_AND_TIMES),
    Example("zoom.txt", ZOOM_TEXT, Format.NAMES_AND_TIMES),
    Example("zoom_newer.txt", ZOOM_NEWER, Format.NAMES_AND_TIMES),
    Example("zoom_paste.txt", ZOOM_PASTE, Format.NAMES_AND_TIMES),
    Example("rev.txt", REV, Format.NAMES_AND_TIMES),
    Example("talk.md", MARKDOWN, Format.NAMES, timed=False),
    Example("talk.txt", TEXT, Format.NAMES, timed=False),
)
"""Files that say who speaks."""

UNNAMED = (
    Example("changes.vtt", CHANGES, Format.VTT),
    Example("lines.txt", YOUTUBE_LINES, Format.TIMES),
    Example("rolling.vtt", ROLLING, Format.VTT),
)
"""Files that do not."""


def said(text: str, name: str = "talk.vtt") -> list[tuple[str | None, str]]:
    """Who says what, cue by cue."""
    return [(cue.speaker, cue.text) for cue in read(text, name).cues]


def read(text: str, name: str = "talk.vtt") -> Recording:
    """The recording in a text."""
    return parse_recording(text, name)
