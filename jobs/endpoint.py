"""Endpoint: a model behind a URL: how it is spoken to, and what it was taught to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from jobs import dialects, prompts
from settings import BadSetting, Settings


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One of the models that may write: the one that is wanted, or the one that steps in while it is away."""

    url: str
    name: str
    api: dialects.Name = "ollama"
    shape: prompts.Shape = "plain"
    key: str = field(default="", repr=False)
    examples: int = 0
    fallback: bool = False

    @property
    def dialect(self) -> dialects.Dialect:
        """How its server is spoken to."""
        return dialects.DIALECTS[self.api]


def endpoints(settings: Settings) -> tuple[Endpoint, ...]:
    """The model that is wanted, and behind it the one that steps in, if there is one. Raises BadSetting."""
    key = settings.model_key.strip()  # a key from a file ends in a line end
    if not (key.isascii() and (key.isprintable() or not key)):
        raise BadSetting("MODEL_KEY holds what no header can hold")
    wanted = Endpoint(
        settings.model_url.rstrip("/"), settings.model_name, settings.model_api, settings.model_prompt, key,
        settings.model_examples,
    )  # fmt: skip
    if not settings.fallback_model_url:
        return (wanted,)
    other = Endpoint(
        settings.fallback_model_url.rstrip("/"), settings.fallback_model_name, settings.fallback_model_api,
        settings.fallback_model_prompt, fallback=True,
    )  # fmt: skip
    return wanted, other
