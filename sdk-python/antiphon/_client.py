"""The two clients."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from ._generated import AsyncGeneratedOperations, GeneratedOperations
from ._operations import Transport
from ._settings import resolve_settings
from ._transport import (
    execute,
    execute_async,
    subscribe_over_sse,
    subscribe_over_sse_async,
    subscribe_over_websocket,
    subscribe_over_websocket_async,
)
from ._wire import encode_request


class AntiphonClient(GeneratedOperations):
    """Synchronous client of an Antiphon server.

    Without arguments it takes `ANTIPHON_API_KEY` and `ANTIPHON_BASE_URL` from the environment. Methods such as `completion_create` run
    the operations of this package and raise for every failure, those a payload reports included; `execute` and `subscribe` run your own.
    Use it in a `with` block, or call `close`.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout_s: float | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        """`timeout_s`: seconds without a byte from the server, 600 by default. `http_client` stays yours to close."""
        self._settings = resolve_settings(base_url, api_key, timeout_s)
        self._owns_http = http_client is None
        self._http = http_client if http_client is not None else httpx.Client()

    def execute(self, document: str, variables: Mapping[str, Any] | None = None, *, timeout_s: float | None = None) -> Mapping[str, Any]:
        timeout = self._settings.timeout_s if timeout_s is None else timeout_s
        return execute(self._http, self._settings, encode_request(document, variables or {}), timeout)

    def subscribe(
        self, document: str, variables: Mapping[str, Any] | None = None, *, transport: Transport = "sse"
    ) -> Generator[Mapping[str, Any], None, None]:
        request = encode_request(document, variables or {})
        if transport == "ws":
            return subscribe_over_websocket(self._settings, request)
        return subscribe_over_sse(self._http, self._settings, request)

    def close(self) -> None:
        """Closes the connections that the client opened."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


class AsyncAntiphonClient(AsyncGeneratedOperations):
    """Asynchronous client of an Antiphon server; as `AntiphonClient`, but its methods are awaited."""

    def __init__(
        self,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout_s: float | None = None,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """`timeout_s`: seconds without a byte from the server, 600 by default. `http_client` stays yours to close."""
        self._settings = resolve_settings(base_url, api_key, timeout_s)
        self._owns_http = http_client is None
        self._http = http_client if http_client is not None else httpx.AsyncClient()

    async def execute(
        self, document: str, variables: Mapping[str, Any] | None = None, *, timeout_s: float | None = None
    ) -> Mapping[str, Any]:
        timeout = self._settings.timeout_s if timeout_s is None else timeout_s
        return await execute_async(self._http, self._settings, encode_request(document, variables or {}), timeout)

    def subscribe(
        self, document: str, variables: Mapping[str, Any] | None = None, *, transport: Transport = "sse"
    ) -> AsyncGenerator[Mapping[str, Any], None]:
        request = encode_request(document, variables or {})
        if transport == "ws":
            return subscribe_over_websocket_async(self._settings, request)
        return subscribe_over_sse_async(self._http, self._settings, request)

    async def close(self) -> None:
        """Closes the connections that the client opened."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        await self.close()
