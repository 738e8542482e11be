"""What a person chooses from: values that settings, flags, screens and files share."""

from typing import Literal

Level = Literal["mid", "senior", "staff"]
Persona = Literal["friendly", "neutral", "bar-raiser"]
Theme = Literal["auto", "dark", "light", "high-contrast"]
Preset = Literal["openai", "ollama", "vllm", "llama.cpp", "lm-studio"]
