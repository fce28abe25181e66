"""I/O over httpx and websockets, synchronous and asynchronous. What is sent and what answers mean is in `_protocol`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from ._errors import AntiphonError, ConfigurationError, ConnectionError, TimeoutError
from ._protocol import (
    JSON_ACCEPT,
    STREAM_ACCEPT,
    Body,
    EventReader,
    Origin,
    WebsocketConversation,
    close_error,
    data_of_response,
)
from ._settings import Settings
from ._wire import to_json

CONNECT_TIMEOUT_S = 5.0
# A server in the middle of a long answer may read our goodbye late; whoever leaves a loop should not wait for that.
CLOSE_TIMEOUT_S = 0.5


def execute(client: httpx.Client, settings: Settings, request: Mapping[str, Any], timeout_s: float) -> Mapping[str, Any]:
    """Sends a query or mutation and returns its data."""
    with _translated(settings), _post(client, settings, settings.graphql_url, JSON_ACCEPT, request, timeout_s) as response:
        return data_of_response(_read(response), _origin(response))


async def execute_async(
    client: httpx.AsyncClient, settings: Settings, request: Mapping[str, Any], timeout_s: float
) -> Mapping[str, Any]:
    """Sends a query or mutation and returns its data."""
    with _translated(settings):
        async with _post_async(client, settings, settings.graphql_url, JSON_ACCEPT, request, timeout_s) as response:
            return data_of_response(await _read_async(response), _origin(response))


def subscribe_over_sse(client: httpx.Client, settings: Settings, request: Mapping[str, Any]) -> Generator[Mapping[str, Any], None, None]:
    """Runs a subscription by server-sent events; reads only as fast as the caller does."""
    with _translated(settings), _post(client, settings, settings.stream_url, STREAM_ACCEPT, request, None) as response:
        if not _is_event_stream(response):
            raise _no_stream(data_of_response(_read(response), _origin(response)))
        reader = EventReader(_origin(response))
        for chunk in response.iter_bytes():
            for result in reader.feed(chunk):
                yield reader.data_of(result)
            if reader.is_complete:
                return
        reader.check_complete()


async def subscribe_over_sse_async(
    client: httpx.AsyncClient, settings: Settings, request: Mapping[str, Any]
) -> AsyncGenerator[Mapping[str, Any], None]:
    """Runs a subscription by server-sent events; reads only as fast as the caller does."""
    with _translated(settings):
        async with _post_async(client, settings, settings.stream_url, STREAM_ACCEPT, request, None) as response:
            if not _is_event_stream(response):
                raise _no_stream(data_of_response(await _read_async(response), _origin(response)))
            reader = EventReader(_origin(response))
            async for chunk in response.aiter_bytes():
                for result in reader.feed(chunk):
                    yield reader.data_of(result)
                if reader.is_complete:
                    return
            reader.check_complete()


def subscribe_over_websocket(settings: Settings, request: Mapping[str, Any]) -> Generator[Mapping[str, Any], None, None]:
    """Runs a subscription over a WebSocket of its own."""
    _require_websockets()
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    conversation = WebsocketConversation(settings.api_key, request)
    protocols = [Subprotocol(conversation.subprotocol)]
    with (
        _translated_websocket(settings),
        connect(
            settings.websocket_url, subprotocols=protocols, open_timeout=CONNECT_TIMEOUT_S, close_timeout=CLOSE_TIMEOUT_S
        ) as socket,
    ):
        socket.send(conversation.opening)
        while not (step := conversation.receive(socket.recv())).is_end:
            if step.send is not None:
                socket.send(step.send)
            if step.data is not None:
                yield step.data


async def subscribe_over_websocket_async(settings: Settings, request: Mapping[str, Any]) -> AsyncGenerator[Mapping[str, Any], None]:
    """Runs a subscription over a WebSocket of its own."""
    _require_websockets()
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    conversation = WebsocketConversation(settings.api_key, request)
    protocols = [Subprotocol(conversation.subprotocol)]
    with _translated_websocket(settings):
        async with connect(
            settings.websocket_url, subprotocols=protocols, open_timeout=CONNECT_TIMEOUT_S, close_timeout=CLOSE_TIMEOUT_S
        ) as socket:
            await socket.send(conversation.opening)
            while not (step := conversation.receive(await socket.recv())).is_end:
                if step.send is not None:
                    await socket.send(step.send)
                if step.data is not None:
                    yield step.data


@contextmanager
def _post(
    client: httpx.Client, settings: Settings, url: str, accept: str, request: Mapping[str, Any], read_timeout_s: float | None
) -> Generator[httpx.Response, None, None]:
    timeout = httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S)
    with client.stream("POST", url, content=to_json(request), headers=settings.headers(accept), timeout=timeout) as response:
        yield response


@asynccontextmanager
async def _post_async(
    client: httpx.AsyncClient, settings: Settings, url: str, accept: str, request: Mapping[str, Any], read_timeout_s: float | None
) -> AsyncGenerator[httpx.Response, None]:
    timeout = httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S)
    async with client.stream("POST", url, content=to_json(request), headers=settings.headers(accept), timeout=timeout) as response:
        yield response


def _read(response: httpx.Response) -> bytes:
    body = Body()
    for chunk in response.iter_bytes():
        body.add(chunk)
    return body.read()


async def _read_async(response: httpx.Response) -> bytes:
    body = Body()
    async for chunk in response.aiter_bytes():
        body.add(chunk)
    return body.read()


def _origin(response: httpx.Response) -> Origin:
    return Origin.of(response.status_code, response.headers)


def _is_event_stream(response: httpx.Response) -> bool:
    content_type: str = response.headers.get("content-type", "")
    return content_type.startswith("text/event-stream")


def _no_stream(_data: Mapping[str, Any]) -> AntiphonError:
    return ConnectionError("The server answered a subscription with a single result.", code="CONNECTION")


@contextmanager
def _translated(settings: Settings) -> Generator[None, None, None]:
    """Our own exceptions unchanged; those of httpx as ours."""
    try:
        yield
    except httpx.ConnectTimeout as error:
        raise _connection_error(settings, error) from error
    except httpx.TimeoutException as error:
        message = "The server sent nothing for too long. Pass a larger timeout_s, or a deadlineMs in the input."
        raise TimeoutError(message, code="TIMEOUT") from error
    except httpx.HTTPError as error:
        raise _connection_error(settings, error) from error


@contextmanager
def _translated_websocket(settings: Settings) -> Generator[None, None, None]:
    """Our own exceptions unchanged; those of websockets and sockets as ours."""
    from websockets.exceptions import ConnectionClosed, WebSocketException

    try:
        yield
    except ConnectionClosed as error:
        received = error.rcvd
        raise close_error(received.code if received else 1006, received.reason if received else "") from error
    except (WebSocketException, OSError) as error:
        raise _connection_error(settings, error) from error


def _connection_error(settings: Settings, error: Exception) -> ConnectionError:
    message = f"The connection to {settings.base_url} failed: {error}. Check that the server runs there."
    return ConnectionError(message, code="CONNECTION")


def _require_websockets() -> None:
    try:
        import websockets  # noqa: F401  # pyright: ignore[reportUnusedImport]
    except ImportError as error:
        message = 'transport="ws" needs the package websockets. Install antiphon[websockets], or use transport="sse".'
        raise ConfigurationError(message, code="CONFIGURATION") from error
