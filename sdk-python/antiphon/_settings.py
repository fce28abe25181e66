"""What a client needs to know, from its arguments and the environment."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from urllib.parse import urlsplit

from ._errors import ConfigurationError
from ._version import __version__

DEFAULT_BASE_URL = "http://127.0.0.1:4000"
DEFAULT_TIMEOUT_S = 600.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses and credentials, checked."""

    base_url: str
    api_key: str
    timeout_s: float

    @property
    def graphql_url(self) -> str:
        return f"{self.base_url}/graphql"

    @property
    def stream_url(self) -> str:
        return f"{self.base_url}/graphql/stream"

    @property
    def websocket_url(self) -> str:
        return f"ws{self.base_url.removeprefix('http')}/graphql"

    def headers(self, accept: str) -> dict[str, str]:
        return {
            "content-type": "application/json",
            "accept": accept,
            "authorization": f"Bearer {self.api_key}",
            "user-agent": f"antiphon-python/{__version__} (python {platform.python_version()})",
        }


def resolve_settings(base_url: str | None, api_key: str | None, timeout_s: float | None) -> Settings:
    """Fills in the environment and defaults. Raises ConfigurationError for what is missing or malformed."""
    key = api_key if api_key is not None else os.environ.get("ANTIPHON_API_KEY")
    if not key:
        message = "There is no API key. Set ANTIPHON_API_KEY or pass api_key. The first `npm start` of the server prints a key."
        raise ConfigurationError(message, code="CONFIGURATION")
    base = base_url if base_url is not None else os.environ.get("ANTIPHON_BASE_URL") or DEFAULT_BASE_URL
    if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).netloc:
        message = f"The base URL {base!r} is not an http or https address, such as {DEFAULT_BASE_URL}."
        raise ConfigurationError(message, code="CONFIGURATION")
    return Settings(base_url=base.rstrip("/"), api_key=key, timeout_s=DEFAULT_TIMEOUT_S if timeout_s is None else timeout_s)
