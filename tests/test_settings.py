"""Settings: which layer wins, what is refused, and how much reading them costs."""

import subprocess
import sys
from pathlib import Path

import pytest

from fourstep.errors import UsageError
from fourstep.settings import COMMAND_LINE, DEFAULT, Settings, read_settings, user_file


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the folder that the program is started in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "fourstep.toml"


@pytest.fixture
def user() -> Path:
    """The file of the user."""
    path = user_file()
    path.parent.mkdir(parents=True)
    return path


def test_without_anything_there_is_no_model_and_everything_is_a_default() -> None:
    settings = read_settings()
    assert settings == Settings()
    assert settings.model_for("grader") is None
    assert settings.origin_of("model") == DEFAULT


def test_each_layer_overrules_those_below_it(project: Path, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://{}:8000/v1".format
    user.write_text(f'base_url = "{address("user")}"\n')
    seen = [read_settings()]
    project.write_text(f'base_url = "{address("project")}"\n')
    seen.append(read_settings())
    monkeypatch.setenv("OPENAI_BASE_URL", address("openai"))
    seen.append(read_settings())
    monkeypatch.setenv("FOURSTEP_BASE_URL", address("ours"))
    seen.append(read_settings())
    seen.append(read_settings(base_url=address("flag")))
    assert [(each.base_url, each.origin_of("base_url")) for each in seen] == [
        (address("user"), str(user)),
        (address("project"), "fourstep.toml"),
        (address("openai"), "OPENAI_BASE_URL"),
        (address("ours"), "FOURSTEP_BASE_URL"),
        (address("flag"), COMMAND_LINE),
    ]


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURSTEP_MODEL", "")
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    assert read_settings() == Settings()


def test_a_model_of_a_stronger_layer_speaks_for_every_role(user: Path) -> None:
    user.write_text('model = "small"\ngrader_model = "large"\n')
    assert read_settings().model_for("grader") == "large"
    assert read_settings().model_for("observer") == "small"
    assert read_settings(model="other").model_for("grader") == "other"


@pytest.mark.parametrize(
    ("name", "value", "gone"), [("preset", "vllm", "base_url"), ("base_url", "http://h/v1", "preset")]
)
def test_a_server_is_described_by_the_strongest_layer_alone(user: Path, name: str, value: str, gone: str) -> None:
    user.write_text('preset = "ollama"\nbase_url = "http://gpu:11434/v1"\n')
    settings = read_settings(**{name: value})
    assert getattr(settings, gone) is None


def test_offline_wins_over_every_model() -> None:
    assert read_settings(model="m", offline=True).model_for("interviewer") is None


@pytest.mark.parametrize("name", ["key", "api_key", "OPENAI_API_KEY", "openai_key"])
def test_a_key_in_a_file_is_refused_and_the_sentence_says_where_keys_go(project: Path, name: str) -> None:
    project.write_text(f'{name} = "sk-very-secret-key"\n')
    with pytest.raises(UsageError) as caught:
        read_settings()
    assert "fourstep keys set" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_key_under_another_name_is_not_shown(project: Path) -> None:
    project.write_text('model = "sk-very-secret-key"\n')
    with pytest.raises(UsageError, match="A key has no place") as caught:
        read_settings()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("base_url", "127.0.0.1:8000", "an address such as"),
        ("base_url", "ftp://host/v1", "an address such as"),
        ("base_url", "http://", "an address such as"),
        ("base_url", "https://host/v1?key=abc", "an address such as"),
        ("model", "  ", "a name"),
        ("model", "a\x1b[31m", "a name"),
        ("model", 3, "a name"),
        ("timeout", "soon", "a number of seconds"),
        ("timeout", 0, "a number of seconds"),
        ("timeout", "nan", "a number of seconds"),
        ("timeout", True, "a number of seconds"),
        ("parallel", 0, "a whole number"),
        ("parallel", "2.5", "a whole number"),
        ("context_tokens", 10, "tokens"),
        ("price_in", -1, "a price"),
        ("preset", "Llama", "one of openai, ollama"),
        ("minutes", 241, "a number of minutes"),
        ("offline", "perhaps", "true or false"),
        ("colour", "red", "There are: data_dir"),
    ],
)
def test_what_cannot_be_used_is_told_with_what_was_expected(name: str, value: object, expected: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(**{name: value})
    assert expected in caught.value.hint


def test_a_password_in_an_address_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURSTEP_BASE_URL", "http://me:secret@host/v1")
    with pytest.raises(UsageError, match="FOURSTEP_BASE_URL") as caught:
        read_settings()
    assert "secret" not in str(caught.value)


def test_a_slash_at_the_end_of_an_address_means_nothing() -> None:
    assert read_settings(base_url="http://host:1/v1/").base_url == "http://host:1/v1"


def test_a_named_file_is_the_only_one_and_the_users_own(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write_text('model = "project"\n')
    named = tmp_path / "named.toml"
    named.write_text("")
    monkeypatch.setenv("FOURSTEP_CONFIG", str(named))
    assert read_settings().model is None
    assert user_file() == named


def test_reading_settings_imports_nothing_heavy() -> None:
    script = "import sys; from fourstep.settings import read_settings; read_settings(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "keyring", "openai", "langchain_core", "textual"} & set(loaded)
