"""Replies are found again by what was asked."""

import stat
from pathlib import Path

from fourstep.files.reply_cache import ReplyCache


def test_a_reply_is_found_under_its_hash_only(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path / "replies")
    cache.keep("ab12", "Grüße")
    assert ReplyCache(tmp_path / "replies").get("ab12") == "Grüße"
    assert cache.get("ab13") is None


def test_what_a_candidate_said_is_kept_from_others(tmp_path: Path) -> None:
    ReplyCache(tmp_path / "replies").keep("ab12", "{}")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "replies", tmp_path / "replies" / "ab12.json")]
    assert modes == [0o700, 0o600]


def test_a_disk_that_refuses_costs_only_the_saving(tmp_path: Path) -> None:
    (tmp_path / "replies").write_text("in the way")
    cache = ReplyCache(tmp_path / "replies")
    cache.keep("ab12", "{}")
    assert cache.get("ab12") is None


def test_an_unreadable_reply_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "ab12.json").write_bytes(b"\xff\xfe\xff")
    assert ReplyCache(tmp_path).get("ab12") is None
