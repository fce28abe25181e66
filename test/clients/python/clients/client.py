"""What every client is asked to do."""

from dataclasses import dataclass

WEATHER_PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


@dataclass
class Connection:
    open_ai_url: str
    """With ``/v1`` at its end."""
    root_url: str
    """Without a path."""
    api_key: str
    retries: int
    """How often the client may repeat what failed."""


@dataclass
class Told:
    text: str
    usage: tuple[int, int] | None
    """Tokens in and out."""
    pieces: tuple[str, ...] = ()
    """Of a stream: its text as it came."""


class Client:
    """
    ``ask`` and ``stream`` resolve with what was told; ``converse`` lets the model call the tool ``get_weather`` until it answers, and
    ``converse_in_stream`` does the same with every turn streamed.
    """

    wrong_key: type[Exception] = Exception
    unknown_model: type[Exception] = Exception
    limited: type[Exception] = Exception
    """The exceptions of its own that it raises."""

    repeats_when_told = True
    """Whether it waits as long as it is told before it repeats; False: as long as it likes."""

    some_model = "local/echo"
    missing_model = "nobody/model"

    def __init__(self, connection: Connection):
        self.connection = connection


def as_status(error: Exception) -> int | None:
    """The status in an exception, under the names that clients have for it."""
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int):
            return value
    return None
