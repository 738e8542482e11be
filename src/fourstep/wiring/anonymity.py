"""An interview that was held, without names and times, ready for every report."""

from dataclasses import replace
from pathlib import Path

from fourstep.files.store import Saved
from fourstep.report.anonymous import NOBODY, Names, anonymous_card, anonymous_events, anonymous_remarks
from fourstep.transcript.transcript import transcript_of
from fourstep.wiring.held import Held


def anonymous(held: Held) -> Held:
    """The same interview by nobody, of no day."""
    names = Names.of(held.saved.events)
    events = anonymous_events(held.saved.events, names)
    return replace(
        held,
        saved=Saved(Path(NOBODY), events, (), "", None),
        transcript=transcript_of(events, fallback_id=NOBODY),
        cards=tuple(anonymous_card(card, names) for card in held.cards),
        remarks=anonymous_remarks(held.remarks, names),
        where="",
        drilling="",
    )
