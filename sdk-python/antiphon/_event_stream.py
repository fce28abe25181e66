"""Reads `text/event-stream` without doing I/O, for the synchronous and the asynchronous client alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._errors import ConnectionError

# An event longer than this is refused rather than held in memory.
_MAX_EVENT_BYTES = 64 * 1024 * 1024
# Not bytes.splitlines or httpx's iter_lines: they also cut at characters which may stand inside JSON, such as U+2028.
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event; `name` is `message` when the server named none."""

    name: str
    data: str


class EventStreamParser:
    """Events of a stream of bytes, wherever its chunks are cut. An event without its blank line is never returned."""

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._ended_by_carriage_return = False
        self._name = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """The events that this chunk completes."""
        if not chunk:
            return []
        if self._ended_by_carriage_return and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._ended_by_carriage_return = False
            if not chunk:
                return []
        self._ended_by_carriage_return = chunk.endswith(b"\r")
        *lines, rest = _LINE_END.split(chunk)
        events: list[ServerSentEvent] = []
        for line in lines:
            event = self._take_line(b"".join(self._pending) + line)
            self._pending, self._pending_size = [], 0
            if event is not None:
                events.append(event)
        self._pending.append(rest)
        self._pending_size += len(rest)
        if self._pending_size > _MAX_EVENT_BYTES:
            raise ConnectionError("The server sent an event without end.", code="CONNECTION")
        return events

    def _take_line(self, line: bytes) -> ServerSentEvent | None:
        if not line:
            return self._end_event()
        field, _, value = line.decode("utf-8").partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value
        elif field == "data":
            self._data.append(value)
        return None

    def _end_event(self) -> ServerSentEvent | None:
        name, data = self._name, self._data
        self._name, self._data = "", []
        return ServerSentEvent(name or "message", "\n".join(data)) if name or data else None
