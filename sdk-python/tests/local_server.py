"""Servers on loopback that answer as a test says."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol


@dataclass(frozen=True)
class SeenRequest:
    """What a server was sent."""

    path: str
    authorization: str | None
    accept: str | None
    body: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a server sends; chunks go out one by one."""

    chunks: Iterator[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    end: Callable[[], None] = lambda: None


def json_answer(value: object, status: int = 200) -> Answer:
    """A JSON body."""
    return Answer(iter([json.dumps(value).encode()]), status)


def stream_answer(chunks: Generator[bytes, None, None]) -> Answer:
    """An event stream; the generator is closed when the client has gone."""
    return Answer(chunks, 200, {"content-type": "text/event-stream", "x-request-id": "request-5"}, chunks.close)


def address_of_nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def http_server(answer: Callable[[SeenRequest], Answer]) -> Generator[tuple[str, list[SeenRequest]], None, None]:
    """A server of HTTP; yields its address and what it was sent."""
    seen: list[SeenRequest] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            request = SeenRequest(self.path, self.headers["authorization"], self.headers["accept"], body)
            seen.append(request)
            reply = answer(request)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("connection", "close")
            self.end_headers()
            try:
                for chunk in reply.chunks:
                    self.wfile.write(chunk)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                return
            finally:
                reply.end()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def websocket_server(converse: Callable[[ServerConnection], None]) -> Generator[str, None, None]:
    """A server of `graphql-transport-ws`; yields its address as that of HTTP, from which the client makes its own."""
    with serve(converse, "127.0.0.1", 0, subprotocols=[Subprotocol("graphql-transport-ws")]) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        finally:
            server.shutdown()
            thread.join()
