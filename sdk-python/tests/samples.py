"""JSON as the server sends it."""

from __future__ import annotations

from typing import Any

from antiphon import CompletionCreateInput, CompletionStreamInput

CREATE_INPUT: CompletionCreateInput = {"model": "local/echo", "messages": [{"user": {"content": {"text": "hello"}}}]}
STREAM_INPUT: CompletionStreamInput = {"model": "local/echo", "messages": [{"user": {"content": {"text": "hello"}}}]}

USAGE: dict[str, Any] = {
    "inputTokens": 1,
    "cachedReadTokens": 0,
    "cacheWriteTokens": 0,
    "outputTokens": 1,
    "reasoningTokens": 0,
    "audioInputTokens": 0,
    "audioOutputTokens": 0,
    "imageInputTokens": 0,
    "totalTokens": 2,
    "basis": "ACTUAL",
}

COMPLETION: dict[str, Any] = {
    "id": "completion-1",
    "status": "SETTLED",
    "outcome": "SUCCEEDED",
    "door": "GRAPHQL",
    "operation": "CHAT",
    "isStreaming": False,
    "requestedModel": "local/echo",
    "model": None,
    "startedAt": "2026-11-25T09:30:00.000Z",
    "settledAt": None,
    "finishReason": "STOP",
    "usage": USAGE,
    "cost": {"amountUsd": "0.000150000", "basis": "ACTUAL", "reservedUsd": None, "adjustmentUsd": None},
    "timing": {"timeToFirstTokenMs": 2, "durationMs": 3, "overheadMs": None},
    "failure": None,
    "warnings": [],
    "metadata": {"team": "a"},
    "attempts": [],
    "output": {"text": "hello", "choices": []},
}


def delta(sequence: int) -> dict[str, Any]:
    """The data of a text delta."""
    return {"completionStream": {"__typename": "CompletionTextDelta", "sequence": sequence, "choice": 0, "text": f"t{sequence}"}}
