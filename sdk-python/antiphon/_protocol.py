"""The protocols without I/O: what to send, and what an answer means. Both clients share it, so they cannot differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from ._errors import AntiphonError, ConnectionError, code_of_status, error_class
from ._event_stream import EventStreamParser
from ._wire import to_json

_T = TypeVar("_T")

MAX_BODY_BYTES = 64 * 1024 * 1024
"""Larger answers are refused rather than held in memory."""

JSON_ACCEPT = "application/graphql-response+json, application/json;q=0.9"
STREAM_ACCEPT = "text/event-stream"

_CODE_BY_CLOSE: Mapping[int, str] = {
    1012: "UNAVAILABLE",
    1013: "UNAVAILABLE",
    4400: "INVALID_INPUT",
    4401: "UNAUTHENTICATED",
    # The protocol's answer to a connection_init with a wrong key; a missing permission is an error of the operation.
    4403: "UNAUTHENTICATED",
    4429: "RATE_LIMITED",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What the head of a response says about it."""

    status: int = 500
    request_id: str | None = None
    retry_after_ms: float | None = None

    @staticmethod
    def of(status: int, headers: Mapping[str, str]) -> Origin:
        milliseconds = _number(headers.get("retry-after-ms"))
        seconds = _number(headers.get("retry-after"))
        return Origin(
            status=status,
            request_id=headers.get("x-request-id"),
            retry_after_ms=milliseconds if milliseconds is not None else None if seconds is None else seconds * 1000,
        )


def as_mapping(value: object) -> Mapping[str, Any] | None:
    """The value when it is a JSON object."""
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any]:
    """The value when it is a list; empty otherwise."""
    return list(cast("Sequence[Any]", value)) if isinstance(value, list) else []


def to_error(error: object, origin: Origin, data: object = None) -> AntiphonError:
    """A GraphQL error, from wherever it came, as the exception of its code."""
    fields = as_mapping(error) or {}
    extensions = as_mapping(fields.get("extensions")) or {}
    code = _text(extensions.get("code")) or _text(fields.get("code")) or code_of_status(origin.status)
    wait = extensions.get("retryAfterMs")
    return error_class(code)(
        _text(fields.get("message")) or "The server reported a failure without a message.",
        code=code,
        request_id=_text(extensions.get("requestId")) or origin.request_id,
        retry_after_ms=wait if isinstance(wait, int | float) else origin.retry_after_ms,
        path=[step for step in as_list(fields.get("path")) if isinstance(step, str | int)] or None,
        data=data,
    )


def data_of_result(result: object, origin: Origin) -> Mapping[str, Any]:
    """The data of a GraphQL result. Raises its first error; partial data is kept in the exception."""
    fields = as_mapping(result)
    if fields is None or ("data" not in fields and not as_list(fields.get("errors"))):
        raise ConnectionError("The server sent something that is no GraphQL result.", code="CONNECTION", request_id=origin.request_id)
    errors = as_list(fields.get("errors"))
    if errors:
        raise to_error(errors[0], origin, fields.get("data"))
    return as_mapping(fields["data"]) or {}


def data_of_response(body: bytes, origin: Origin) -> Mapping[str, Any]:
    """The data in the body of a response. Raises what the status says when the body is no GraphQL result."""
    try:
        result = json.loads(body)
    except ValueError:
        result = None
    fields = as_mapping(result)
    if fields is not None and ("data" in fields or as_list(fields.get("errors"))):
        return data_of_result(fields, origin)
    if origin.status < 400:
        message = "The address did not answer with a GraphQL result. Check that base_url is that of an Antiphon server."
        raise ConnectionError(message, code="CONNECTION", request_id=origin.request_id)
    code = code_of_status(origin.status)
    message = f"The server answered with status {origin.status}."
    raise error_class(code)(message, code=code, request_id=origin.request_id, retry_after_ms=origin.retry_after_ms)


def payload_of_mutation(payload: object) -> Any:
    """A mutation's payload. Raises its first error; what it holds beside it is kept in the exception."""
    fields = as_mapping(payload) or {}
    errors = as_list(fields.get("errors"))
    if errors:
        raise to_error(errors[0], Origin(), payload)
    return payload


def decode_with(decode: Callable[[Any], _T], value: object) -> _T:
    """Decodes what the server sent. Raises ConnectionError when it does not fit the contract of this version."""
    try:
        return decode(value)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        message = f"The server's answer does not fit this version of the package antiphon: {error!r}."
        raise ConnectionError(message, code="CONNECTION") from error


class Body:
    """Collects the chunks of an answer up to a bound."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > MAX_BODY_BYTES:
            raise ConnectionError(f"The answer is longer than {MAX_BODY_BYTES} bytes. Ask for less at a time.", code="CONNECTION")
        self._chunks.append(chunk)

    def read(self) -> bytes:
        return b"".join(self._chunks)


class EventReader:
    """Results in a stream of server-sent events; `is_complete` after the last."""

    def __init__(self, origin: Origin) -> None:
        self._parser = EventStreamParser()
        # The status belongs to the stream, not to an error inside it.
        self._origin = Origin(request_id=origin.request_id)
        self.is_complete = False

    def feed(self, chunk: bytes) -> list[Mapping[str, Any]]:
        """The data of the events that this chunk completes. An error in the stream is raised by `check` after what came before it."""
        results: list[Mapping[str, Any]] = []
        for event in self._parser.feed(chunk):
            if event.name == "complete":
                self.is_complete = True
                break
            if event.name == "next":
                results.append(cast("Mapping[str, Any]", json.loads(event.data)))
        return results

    def data_of(self, result: Mapping[str, Any]) -> Mapping[str, Any]:
        return data_of_result(result, self._origin)

    def check_complete(self) -> None:
        """Raises when the stream has ended before it was complete."""
        if not self.is_complete:
            message = "The stream ended before it was complete. The record of the call tells what became of it."
            raise ConnectionError(message, code="CONNECTION", request_id=self._origin.request_id)


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from a message: something to send, data to deliver, or the end."""

    send: str | None = None
    data: Mapping[str, Any] | None = None
    is_end: bool = False


class WebsocketConversation:
    """One subscription by the protocol `graphql-transport-ws`."""

    subprotocol = "graphql-transport-ws"
    _id = "1"

    def __init__(self, api_key: str, request: Mapping[str, Any]) -> None:
        self.opening = to_json({"type": "connection_init", "payload": {"authorization": f"Bearer {api_key}"}})
        self._subscribe = to_json({"id": self._id, "type": "subscribe", "payload": request})

    def receive(self, text: str | bytes) -> Step:
        """What follows from a message of the server. Raises the error that it carries."""
        message = as_mapping(json.loads(text)) or {}
        payload = message.get("payload")
        match message.get("type"):
            case "connection_ack":
                return Step(send=self._subscribe)
            case "ping":
                return Step(send=to_json({"type": "pong"}))
            case "pong":
                return Step()
            case "next":
                return Step(data=data_of_result(payload, Origin()))
            case "complete":
                return Step(is_end=True)
            case "error":
                raise to_error(as_list(payload)[0] if as_list(payload) else payload, Origin())
            case _:
                raise ConnectionError("The server sent a message that is not of graphql-transport-ws.", code="CONNECTION")


def close_error(code: int, reason: str) -> AntiphonError:
    """What a closed connection means."""
    known = _CODE_BY_CLOSE.get(code, "CONNECTION")
    message = f"The server closed the connection: {reason}" if reason else f"The server closed the connection with code {code}."
    return error_class(known)(message, code=known)


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
