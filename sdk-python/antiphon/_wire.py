"""Values on their way to JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final, Self

from ._errors import ConnectionError


class Unset(Enum):
    """Type of `UNSET`: an argument that is left out, which is not the same as None."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET


class OpenEnum(StrEnum):
    """An enum that takes values which a newer server has added; they compare as the text they are."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member


def unknown_member(union: str, typename: object) -> ConnectionError:
    """What to raise for a member of a union that a newer server has added."""
    message = f"The server sent a {typename} as {union}, which this version does not know. Upgrade the package antiphon."
    return ConnectionError(message, code="CONNECTION")


def encode_request(document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """An operation as it is sent; unset variables are left out."""
    return {"query": document, "variables": {name: value for name, value in variables.items() if value is not UNSET}}


def to_json(value: Any) -> str:
    """JSON text; instants as RFC 3339, decimals as text."""
    return json.dumps(value, default=_encode, separators=(",", ":"), allow_nan=False)


def _encode(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("An instant needs a time zone, such as datetime(2026, 11, 25, tzinfo=UTC).")
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON.")
