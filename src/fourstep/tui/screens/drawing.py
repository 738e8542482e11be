"""The design pad of a live interview: beside the conversation where there is room, over it where there is none."""

from textual import work

from fourstep.tui.screens.choose import Choose
from fourstep.tui.screens.requests import Requests
from fourstep.tui.widgets.pad import PIECES

WIDE = 110
"""Columns from which the pad has room beside the conversation."""


class Drawing(Requests):
    """Shows and hides the pad, and sees to it that what was drawn is a version once the candidate leaves it."""

    def action_pad(self) -> None:
        """To the pad, or back to the answer."""
        if self.pad.has_focus:
            (self.conversation if self.composer.read_only else self.composer).focus()
            self.say("What is on the pad is kept.")
        elif self.desk.opened:
            self.pad.display = True  # before it can take the keys that follow
            self.pad.focus()
            self.say("What is on the pad when you send an answer goes with it.")

    @work
    async def action_insert(self) -> None:
        """A box, an arrow, a table or a diagram at the cursor."""
        if self.pad.display and not self.pad.read_only:
            piece = await self.app.push_screen_wait(Choose("Insert", PIECES))
            self.pad.focus()
            if piece:
                self.pad.put(piece)

    def on_descendant_focus(self) -> None:
        """Whoever writes elsewhere has left the pad."""
        self.place_pad()
        self.keys_changed()
        if not self.pad.has_focus:
            self._keep_version()

    def on_resize(self) -> None:
        """There may be room beside the conversation, or no more."""
        self.place_pad()

    def place_pad(self) -> None:
        """Visible while it is drawn on, and beside the conversation when there is something on it."""
        self.pad.display = self.pad.has_focus or (self._wide and bool(self.pad.text.strip()))
        self.label_pad()

    def label_pad(self) -> None:
        """How to leave it, and since when all of it is kept."""
        title = "Design pad" if self._wide else "Design pad · F4 or Esc: back to the answer"
        self.pad.border_title = f"▸ {title}" if self.pad.has_focus else title
        how = "F4 back" if self.pad.has_focus else "F4 draw"
        kept = self.desk.pad_kept_at
        self.pad.border_subtitle = f"{how} · kept {kept:%H:%M:%S}" if kept else how

    @property
    def pad_covers(self) -> bool:
        """Whether the pad hides the conversation now."""
        return self.pad.has_focus and not self._wide

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    @work(group="pad")
    async def _keep_version(self) -> None:
        text = self.pad.text
        if self.in_progress and self.desk.interview.state.pad != text:
            await self.desk.do(lambda: self.desk.interview.keep_pad(text))
