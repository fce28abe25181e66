from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, aclosing, closing, contextmanager
from typing import Any, TypeAlias

import antiphon
import pytest
from antiphon import AntiphonClient, AsyncAntiphonClient, CompletionTextDelta, Transport
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection

from .local_server import address_of_nobody, http_server, stream_answer, websocket_server
from .samples import COMPLETION, STREAM_INPUT, delta

Results: TypeAlias = Generator[dict[str, Any], None, None]
Scenario = Callable[[Results], AbstractContextManager[str]]


def of(*results: dict[str, Any]) -> Results:
    yield from results


def sse_event(result: dict[str, Any]) -> bytes:
    return f"event: next\r\ndata: {json.dumps(result, ensure_ascii=False)}\r\n\r\n".encode()


@contextmanager
def sse_server(results: Results) -> Generator[str, None, None]:
    def chunks() -> Generator[bytes, None, None]:
        yield b":\n\n"
        with closing(results):
            for result in results:
                event = sse_event(result)
                yield event[:7]
                yield event[7:]
        yield b"event: complete\ndata:\n\n"

    with http_server(lambda _request: stream_answer(chunks())) as (url, _seen):
        yield url


@contextmanager
def ws_server(results: Results) -> Generator[str, None, None]:
    def converse(socket: ServerConnection) -> None:
        assert json.loads(socket.recv()) == {"type": "connection_init", "payload": {"authorization": "Bearer key-1"}}
        socket.send(json.dumps({"type": "connection_ack"}))
        subscribe = json.loads(socket.recv())
        assert subscribe["type"] == "subscribe"
        socket.send(json.dumps({"type": "ping"}))
        assert json.loads(socket.recv()) == {"type": "pong"}
        try:
            with closing(results):
                for result in results:
                    socket.send(json.dumps({"id": subscribe["id"], "type": "next", "payload": result}))
            socket.send(json.dumps({"id": subscribe["id"], "type": "complete"}))
        except ConnectionClosed:
            return

    with websocket_server(converse) as url:
        yield url


SERVERS: dict[Transport, Scenario] = {"sse": sse_server, "ws": ws_server}


def collect(url: str, transport: Transport) -> list[antiphon.CompletionStream]:
    with AntiphonClient(base_url=url, api_key="key-1") as client:
        return list(client.completion_stream(input=STREAM_INPUT, transport=transport))


def collect_async(url: str, transport: Transport) -> list[antiphon.CompletionStream]:
    async def run() -> list[antiphon.CompletionStream]:
        async with AsyncAntiphonClient(base_url=url, api_key="key-1") as client:
            return [event async for event in client.completion_stream(input=STREAM_INPUT, transport=transport)]

    return asyncio.run(run())


both_transports = pytest.mark.parametrize("transport", ["sse", "ws"])
both_clients = pytest.mark.parametrize("collect_events", [collect, collect_async])
Collect = Callable[[str, Transport], list[antiphon.CompletionStream]]


@both_transports
@both_clients
def test_every_event_arrives_in_order(transport: Transport, collect_events: Collect) -> None:
    with SERVERS[transport]({"data": delta(sequence)} for sequence in range(300)) as url:
        events = collect_events(url, transport)
    assert events == [CompletionTextDelta(typename="CompletionTextDelta", sequence=n, choice=0, text=f"t{n}") for n in range(300)]


@both_transports
@both_clients
def test_line_separators_inside_json_cut_nothing(transport: Transport, collect_events: Collect) -> None:
    text = "a\u2028b\u0085c\x0bd\n"
    event = {"completionStream": {**delta(0)["completionStream"], "text": text}}
    with SERVERS[transport](of({"data": event})) as url:
        assert [event.text for event in collect_events(url, transport) if event.typename == "CompletionTextDelta"] == [text]


@both_transports
@both_clients
def test_a_failure_event_is_an_event(transport: Transport, collect_events: Collect) -> None:
    problem = {"__typename": "NoRouteError", "message": "No.", "code": "NO_ROUTE", "path": None, "reasons": ["down"], "isRetryable": True}
    failed = {"__typename": "CompletionFailed", "sequence": 1, "failedCompletion": COMPLETION, "error": problem}
    with SERVERS[transport](of({"data": {"completionStream": failed}})) as url:
        (event,) = collect_events(url, transport)
    assert isinstance(event, antiphon.CompletionFailed)
    assert isinstance(event.error, antiphon.CompletionProblemNoRouteError)
    assert event.error.reasons == ["down"]
    assert event.failed_completion is not None and event.failed_completion.id == "completion-1"


@both_transports
@both_clients
def test_an_error_in_the_stream_raises_its_class(transport: Transport, collect_events: Collect) -> None:
    error = {"message": "Every provider failed.", "extensions": {"code": "PROVIDER_FAILED", "requestId": "request-3"}}
    with SERVERS[transport](of({"data": delta(0)}, {"data": None, "errors": [error]})) as url:
        with pytest.raises(antiphon.ProviderError) as raised:
            collect_events(url, transport)
    assert raised.value.request_id == "request-3"


@both_transports
@both_clients
def test_a_member_of_a_newer_server_asks_for_an_upgrade(transport: Transport, collect_events: Collect) -> None:
    with SERVERS[transport](of({"data": {"completionStream": {"__typename": "CompletionSung"}}})) as url:
        with pytest.raises(antiphon.ConnectionError, match="CompletionSung as CompletionStream, which this version does not know"):
            collect_events(url, transport)


@both_transports
def test_leaving_the_loop_ends_the_stream(transport: Transport) -> None:
    left = threading.Event()

    def endless() -> Results:
        try:
            sequence = 0
            while True:
                yield {"data": delta(sequence)}
                sequence += 1
        finally:
            left.set()

    with SERVERS[transport](endless()) as url, AntiphonClient(base_url=url, api_key="key-1") as client:
        events = client.completion_stream(input=STREAM_INPUT, transport=transport)
        assert next(events).sequence == 0
        events.close()
        assert left.wait(10)


@both_transports
def test_leaving_the_asynchronous_loop_ends_the_stream(transport: Transport) -> None:
    left = threading.Event()

    def endless() -> Results:
        try:
            sequence = 0
            while True:
                yield {"data": delta(sequence)}
                sequence += 1
        finally:
            left.set()

    async def run(url: str) -> None:
        async with AsyncAntiphonClient(base_url=url, api_key="key-1") as client:
            async with aclosing(client.completion_stream(input=STREAM_INPUT, transport=transport)) as events:
                async for event in events:
                    assert event.sequence == 0
                    break

    with SERVERS[transport](endless()) as url:
        asyncio.run(run(url))
        assert left.wait(10)


@both_clients
def test_a_stream_that_breaks_before_it_is_complete_raises(collect_events: Collect) -> None:
    with http_server(lambda _request: stream_answer(chunk for chunk in [sse_event({"data": delta(0)})])) as (url, _seen):
        with pytest.raises(antiphon.ConnectionError, match="ended before it was complete") as raised:
            collect_events(url, "sse")
    assert raised.value.request_id == "request-5"


@both_clients
def test_a_close_code_raises_its_class(collect_events: Collect) -> None:
    with websocket_server(lambda socket: socket.close(4403, "Forbidden")) as url:
        with pytest.raises(antiphon.AuthenticationError, match="The server closed the connection: Forbidden"):
            collect_events(url, "ws")


@both_clients
def test_nobody_listening_is_a_connection_error(collect_events: Collect) -> None:
    url = address_of_nobody()
    with pytest.raises(antiphon.ConnectionError, match=f"The connection to {url} failed"):
        collect_events(url, "ws")
