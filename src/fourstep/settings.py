"""What a user may set: flags over environment over a project's file over the user's file over defaults."""

import os
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from fourstep.errors import UsageError
from fourstep.transcript.events import Level, Persona

FILE_NAME = "fourstep.toml"


class Settings(BaseSettings):
    """Settings by their names in `FOURSTEP_*` and in the TOML file."""

    model_config = SettingsConfigDict(
        env_prefix="FOURSTEP_", extra="forbid", frozen=True, use_attribute_docstrings=True
    )

    data_dir: Path | None = None
    """Where interviews are kept; by default a checkout's `transcripts/`, else the system's place for user data."""
    level: Level = "senior"
    persona: Persona = "neutral"
    minutes: float | None = Field(default=None, gt=0, le=240)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags arrive as arguments and win; `.env` files are not read."""
        named = os.environ.get("FOURSTEP_CONFIG")
        files = (
            [Path(named)] if named else [Path(FILE_NAME), Path(platformdirs.user_config_dir("fourstep")) / FILE_NAME]
        )
        return init_settings, env_settings, *(TomlConfigSettingsSource(settings_cls, file) for file in files)


def read_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None were not given. Raises: UsageError."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"The setting '{name}' is not usable: {fault['msg']}.", "See: fourstep --help") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"A settings file cannot be read: {error}.", "Mend or remove it.") from error
