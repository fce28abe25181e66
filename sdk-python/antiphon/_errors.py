"""What can go wrong.

AntiphonError                      code
├── InvalidInputError              INVALID_INPUT
├── AuthenticationError            UNAUTHENTICATED
├── PermissionDeniedError          FORBIDDEN
├── NotFoundError                  NOT_FOUND
├── ConflictError                  CONFLICT
├── ContentBlockedError            CONTENT_BLOCKED
├── ContextTooLongError            CONTEXT_TOO_LONG
├── RateLimitError                 RATE_LIMITED
├── QuotaExceededError             QUOTA_EXCEEDED
├── NoRouteError                   NO_ROUTE
├── ProviderError                  PROVIDER_FAILED
├── TimeoutError                   TIMEOUT
├── CancelledError                 CANCELLED
├── ServiceUnavailableError        UNAVAILABLE
├── InternalServerError            INTERNAL, and every code this version does not know
├── ConnectionError                CONNECTION: the server could not be reached, or what it sent made no sense
└── ConfigurationError             CONFIGURATION: the client was built without what it needs
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class AntiphonError(Exception):
    """Any failure of a call."""

    code: str
    """Machine-readable kind."""
    message: str
    """Sentence for a person."""
    request_id: str | None
    """Id to quote when you report the failure; None when the server was not reached."""
    retry_after_ms: float | None
    """How long to wait before the same call makes sense again; None where waiting does not help or is not known."""
    path: Sequence[str | int] | None
    """Where it went wrong, outermost first; None when no single place is to blame."""
    data: Any
    """What the server returned in spite of the failure, as JSON; None when nothing."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "INTERNAL",
        request_id: str | None = None,
        retry_after_ms: float | None = None,
        path: Sequence[str | int] | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.request_id = request_id
        self.retry_after_ms = retry_after_ms
        self.path = path
        self.data = data


class InvalidInputError(AntiphonError):
    """The input breaks a rule, or the document does not fit the schema."""


class AuthenticationError(AntiphonError):
    """The key is missing, unknown or revoked."""


class PermissionDeniedError(AntiphonError):
    """The key may not do this."""


class NotFoundError(AntiphonError):
    """Something named in the input does not exist, or is not yours."""


class ConflictError(AntiphonError):
    """The act contradicts the present state; repeating it unchanged cannot succeed."""


class ContentBlockedError(AntiphonError):
    """A content policy blocked the prompt or the answer."""


class ContextTooLongError(AntiphonError):
    """The prompt is longer than the model's context."""


class RateLimitError(AntiphonError):
    """Too many requests for now; wait `retry_after_ms`."""


class QuotaExceededError(AntiphonError):
    """A cost bound would be exceeded; nothing was spent."""


class NoRouteError(AntiphonError):
    """Nothing that serves the model can be used now."""


class ProviderError(AntiphonError):
    """Every provider that was called failed."""


class TimeoutError(AntiphonError):
    """There was no answer in time."""


class CancelledError(AntiphonError):
    """The call was cancelled."""


class ServiceUnavailableError(AntiphonError):
    """The server cannot take the call now; try again later."""


class InternalServerError(AntiphonError):
    """A fault of the server, or a code that this version does not know."""


class ConnectionError(AntiphonError):
    """The server could not be reached, or what it sent made no sense."""


class ConfigurationError(AntiphonError):
    """The client was built without what it needs."""


_CLASS_BY_CODE: Mapping[str, type[AntiphonError]] = {
    "INVALID_INPUT": InvalidInputError,
    "UNAUTHENTICATED": AuthenticationError,
    "FORBIDDEN": PermissionDeniedError,
    "NOT_FOUND": NotFoundError,
    "CONFLICT": ConflictError,
    "CONTENT_BLOCKED": ContentBlockedError,
    "CONTEXT_TOO_LONG": ContextTooLongError,
    "RATE_LIMITED": RateLimitError,
    "QUOTA_EXCEEDED": QuotaExceededError,
    "NO_ROUTE": NoRouteError,
    "PROVIDER_FAILED": ProviderError,
    "TIMEOUT": TimeoutError,
    "CANCELLED": CancelledError,
    "UNAVAILABLE": ServiceUnavailableError,
    "CONNECTION": ConnectionError,
    "CONFIGURATION": ConfigurationError,
    # What GraphQL servers say of a document or of variables that do not fit the schema.
    "GRAPHQL_PARSE_FAILED": InvalidInputError,
    "GRAPHQL_VALIDATION_FAILED": InvalidInputError,
    "BAD_USER_INPUT": InvalidInputError,
    "BAD_REQUEST": InvalidInputError,
}

_CODE_BY_STATUS: Mapping[int, str] = {
    400: "INVALID_INPUT",
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "INVALID_INPUT",
    415: "INVALID_INPUT",
    422: "INVALID_INPUT",
    429: "RATE_LIMITED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "TIMEOUT",
}


def error_class(code: str) -> type[AntiphonError]:
    """The class that stands for a code."""
    return _CLASS_BY_CODE.get(code, InternalServerError)


def code_of_status(status: int) -> str:
    """The code that an HTTP status stands for, when the body names none."""
    return _CODE_BY_STATUS.get(status, "INTERNAL")
