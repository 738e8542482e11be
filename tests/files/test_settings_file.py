"""One setting is changed in a file, and nothing else."""

from pathlib import Path

import pytest

from fourstep.errors import StorageError, UsageError
from fourstep.files.settings_file import read_setting, write_setting
from fourstep.settings import read_settings

FILE = """# mine
level = "staff"   # the bar
 motion=false

model = "a"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "fourstep.toml"


def test_a_first_setting_makes_the_file_and_its_folder(path: Path) -> None:
    write_setting(path, "model", "qwen3:8b")
    assert path.read_text() == 'model = "qwen3:8b"\n'
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("model", 'b"\\ü', 'model = "b\\"\\\\ü"'),
        ("timeout", 30.0, "timeout = 30.0"),
        ("parallel", 4, "parallel = 4"),
        ("motion", True, "motion = true"),
    ],
)
def test_what_is_written_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str | float | bool, line: str
) -> None:
    write_setting(path, name, value)
    monkeypatch.setenv("FOURSTEP_CONFIG", str(path))
    assert path.read_text().strip() == line
    assert getattr(read_settings(), name) == value


@pytest.mark.parametrize(
    ("name", "value", "after"),
    [
        ("model", "b", FILE.replace('"a"', '"b"')),
        ("model", None, FILE.replace('model = "a"\n', "")),
        ("motion", True, FILE.replace(" motion=false", "motion = true")),
        ("theme", "dark", f'{FILE}theme = "dark"\n'),
        ("theme", None, FILE),
    ],
    ids=["changed", "taken out", "indented", "added", "absent"],
)
def test_comments_and_other_settings_stay(path: Path, name: str, value: str | bool | None, after: str) -> None:
    path.parent.mkdir()
    path.write_text(FILE)
    write_setting(path, name, value)
    assert path.read_text() == after


def test_line_endings_and_a_missing_last_one_are_respected(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'level = "mid"\r\nmotion = true')
    write_setting(path, "model", "a")
    assert path.read_bytes() == b'level = "mid"\r\nmotion = true\r\nmodel = "a"\r\n'


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("")
    path.parent.mkdir()
    path.symlink_to(kept)
    write_setting(path, "model", "a")
    assert path.is_symlink()
    assert "model" in kept.read_text()


@pytest.mark.parametrize(
    "text", ['model = """\nmodel = 1\n"""\n', "model = [\n  1,\n]\n", '"model" = "x"\n'], ids=["text", "list", "quoted"]
)
def test_a_value_that_is_no_line_of_its_own_is_left_alone(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(UsageError):
        write_setting(path, "model", "a")
    assert path.read_text() == text


@pytest.mark.parametrize("name", ["colour", "api_key"])
def test_what_is_no_setting_is_not_written(path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        write_setting(path, name, "a")
    assert not path.exists()


def test_a_broken_file_is_told_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"model = \xff")
    with pytest.raises(UsageError, match="cannot be read"):
        write_setting(path, "model", "a")
    assert path.read_bytes() == b"model = \xff"


def test_a_disk_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="The setting was not saved"):
        write_setting(tmp_path / "file" / "fourstep.toml", "model", "a")


def test_a_setting_can_be_looked_up_in_the_file_alone(path: Path) -> None:
    assert read_setting(path, "model") is None
    write_setting(path, "model", "a")
    assert read_setting(path, "model") == "a"
