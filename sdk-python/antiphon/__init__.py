"""Python client of Antiphon: typed operations, subscriptions over SSE or WebSocket, one exception for each code."""

from . import _generated
from ._client import AntiphonClient, AsyncAntiphonClient
from ._errors import (
    AntiphonError,
    AuthenticationError,
    CancelledError,
    ConfigurationError,
    ConflictError,
    ConnectionError,
    ContentBlockedError,
    ContextTooLongError,
    InternalServerError,
    InvalidInputError,
    NoRouteError,
    NotFoundError,
    PermissionDeniedError,
    ProviderError,
    QuotaExceededError,
    RateLimitError,
    ServiceUnavailableError,
    TimeoutError,
)
from ._generated import *  # noqa: F403
from ._operations import Transport
from ._version import __version__
from ._wire import UNSET, Unset

__all__ = [
    "AntiphonClient",
    "AntiphonError",
    "AsyncAntiphonClient",
    "AuthenticationError",
    "CancelledError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "ContentBlockedError",
    "ContextTooLongError",
    "InternalServerError",
    "InvalidInputError",
    "NoRouteError",
    "NotFoundError",
    "PermissionDeniedError",
    "ProviderError",
    "QuotaExceededError",
    "RateLimitError",
    "ServiceUnavailableError",
    "TimeoutError",
    "Transport",
    "UNSET",
    "Unset",
    "__version__",
]
__all__ += _generated.__all__
