"""What the generated methods stand on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import aclosing, closing
from typing import Any, Literal, TypeAlias, TypeVar

from ._protocol import decode_with, payload_of_mutation

_T = TypeVar("_T")

Transport: TypeAlias = Literal["sse", "ws"]
"""`sse` needs nothing more; `ws` needs the extra `antiphon[websockets]`."""


class Operations(ABC):
    """Runs operations and waits for them."""

    @abstractmethod
    def execute(self, document: str, variables: Mapping[str, Any] | None = None, *, timeout_s: float | None = None) -> Mapping[str, Any]:
        """Runs a query or mutation and returns its data as JSON. Raises an `AntiphonError` for top-level errors."""

    @abstractmethod
    def subscribe(
        self, document: str, variables: Mapping[str, Any] | None = None, *, transport: Transport = "sse"
    ) -> Generator[Mapping[str, Any], None, None]:
        """Runs a subscription; each item is the data of one event as JSON. Leaving the loop ends it."""

    def _query(self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], timeout_s: float | None) -> _T:
        return decode_with(decode, self.execute(document, variables, timeout_s=timeout_s).get(field))

    def _mutate(self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], timeout_s: float | None) -> _T:
        payload = payload_of_mutation(self.execute(document, variables, timeout_s=timeout_s).get(field))
        return decode_with(decode, payload)

    def _subscribe(
        self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], transport: Transport
    ) -> Generator[_T, None, None]:
        with closing(self.subscribe(document, variables, transport=transport)) as events:
            for data in events:
                yield decode_with(decode, data.get(field))


class AsyncOperations(ABC):
    """Runs operations to be awaited."""

    @abstractmethod
    async def execute(
        self, document: str, variables: Mapping[str, Any] | None = None, *, timeout_s: float | None = None
    ) -> Mapping[str, Any]:
        """Runs a query or mutation and returns its data as JSON. Raises an `AntiphonError` for top-level errors."""

    @abstractmethod
    def subscribe(
        self, document: str, variables: Mapping[str, Any] | None = None, *, transport: Transport = "sse"
    ) -> AsyncGenerator[Mapping[str, Any], None]:
        """Runs a subscription; each item is the data of one event as JSON. Leaving the loop ends it."""

    async def _query(
        self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], timeout_s: float | None
    ) -> _T:
        return decode_with(decode, (await self.execute(document, variables, timeout_s=timeout_s)).get(field))

    async def _mutate(
        self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], timeout_s: float | None
    ) -> _T:
        payload = payload_of_mutation((await self.execute(document, variables, timeout_s=timeout_s)).get(field))
        return decode_with(decode, payload)

    async def _subscribe(
        self, document: str, variables: Mapping[str, Any], field: str, decode: Callable[[Any], _T], transport: Transport
    ) -> AsyncGenerator[_T, None]:
        async with aclosing(self.subscribe(document, variables, transport=transport)) as events:
            async for data in events:
                yield decode_with(decode, data.get(field))
