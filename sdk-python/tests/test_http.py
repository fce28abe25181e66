from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import antiphon
import pytest
from antiphon import AntiphonClient, AsyncAntiphonClient

from .local_server import Answer, SeenRequest, address_of_nobody, http_server, json_answer
from .samples import COMPLETION, CREATE_INPUT


def answer_with(value: object, status: int = 200) -> Callable[[SeenRequest], Answer]:
    return lambda _request: json_answer(value, status)


def test_a_mutation_sends_the_key_and_returns_the_payload() -> None:
    with http_server(answer_with({"data": {"completionCreate": {"completion": COMPLETION, "errors": []}}})) as (url, seen):
        with AntiphonClient(base_url=f"{url}/", api_key="key-1") as client:
            completion = client.completion_create(input=CREATE_INPUT).completion
        assert completion.output is not None and completion.output.text == "hello"
        assert completion.started_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
        assert completion.cost is not None and completion.cost.amount_usd == Decimal("0.000150000")
        assert completion.timing is not None and isinstance(completion.timing.duration_ms, float)
        assert [(request.path, request.authorization) for request in seen] == [("/graphql", "Bearer key-1")]
        assert seen[0].body["variables"] == {"input": CREATE_INPUT}


def test_the_asynchronous_client_returns_the_same() -> None:
    async def create(url: str) -> antiphon.CompletionCreate:
        async with AsyncAntiphonClient(base_url=url, api_key="key-1") as client:
            return await client.completion_create(input=CREATE_INPUT)

    with http_server(answer_with({"data": {"completionCreate": {"completion": COMPLETION, "errors": []}}})) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client:
            assert asyncio.run(create(url)) == client.completion_create(input=CREATE_INPUT)


def test_an_error_in_the_payload_raises_its_class_and_keeps_the_record() -> None:
    problem = {"__typename": "ContentBlockedError", "message": "Blocked by policy.", "code": "CONTENT_BLOCKED", "path": ["input", "messages"]}
    with http_server(answer_with({"data": {"completionCreate": {"completion": COMPLETION, "errors": [problem]}}})) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.ContentBlockedError) as raised:
            client.completion_create(input=CREATE_INPUT)
    assert (raised.value.code, raised.value.message, raised.value.path) == ("CONTENT_BLOCKED", "Blocked by policy.", ["input", "messages"])
    assert raised.value.data["completion"]["id"] == "completion-1"


def test_a_top_level_error_carries_request_id_and_wait() -> None:
    error = {"message": "Too many.", "extensions": {"code": "RATE_LIMITED", "requestId": "request-9", "retryAfterMs": 1500}}
    with http_server(answer_with({"data": None, "errors": [error]}, status=429)) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.RateLimitError) as raised:
            client.viewer()
    assert (raised.value.request_id, raised.value.retry_after_ms) == ("request-9", 1500)


def test_code_and_wait_come_from_the_head_when_the_body_is_no_result() -> None:
    def unavailable(_request: SeenRequest) -> Answer:
        return Answer(iter([b"<html>"]), 503, {"retry-after": "2", "x-request-id": "request-7"})

    with http_server(unavailable) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.ServiceUnavailableError) as raised:
            client.models()
    assert (raised.value.request_id, raised.value.retry_after_ms) == ("request-7", 2000)


def test_unset_variables_are_left_out_and_none_is_sent() -> None:
    page = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    with http_server(answer_with({"data": {"models": {"nodes": [], "pageInfo": page, "totalCount": 0}}})) as (url, seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client:
            client.models(first=5, after=None)
    assert seen[0].body["variables"] == {"first": 5, "after": None}


def test_instants_and_decimals_are_sent_as_text_and_naive_instants_refused() -> None:
    accounting = {name: "1" for name in "started settled abandoned inFlight unexplained refused pendingInJournal unpricedRequests".split()}
    accounting |= {"requestCostUsd": "0.10", "attemptCostUsd": "0.10", "requestAdjustmentUsd": "0.00"}
    with http_server(answer_with({"data": {"accounting": {**accounting, "isBalanced": True}}})) as (url, seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client:
            result = client.accounting(from_=datetime(2026, 11, 25, tzinfo=UTC))
            with pytest.raises(TypeError, match="An instant needs a time zone"):
                client.accounting(from_=datetime(2026, 11, 25))  # noqa: DTZ001
    assert (result.started, result.request_cost_usd) == (1, Decimal("0.10"))
    assert [request.body["variables"] for request in seen] == [{"from": "2026-11-25T00:00:00+00:00"}]


def test_null_in_a_root_lookup_is_none() -> None:
    with http_server(answer_with({"data": {"completion": None}})) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client:
            assert client.completion(id="x") is None


def test_an_enum_value_of_a_newer_server_is_kept() -> None:
    newer = {**COMPLETION, "status": "PAUSED"}
    with http_server(answer_with({"data": {"completionCreate": {"completion": newer, "errors": []}}})) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client:
            status = client.completion_create(input=CREATE_INPUT).completion.status
    assert status == "PAUSED"
    assert isinstance(status, antiphon.CompletionStatus)


def test_an_answer_that_does_not_fit_says_so() -> None:
    with http_server(answer_with({"data": {"completion": {"id": "x"}}})) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.ConnectionError, match="does not fit this version"):
            client.completion(id="x")


def test_an_address_of_something_else_says_so() -> None:
    with http_server(lambda _request: Answer(iter([b"welcome"]))) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.ConnectionError, match="Check that base_url"):
            client.models()


def test_nobody_listening_is_a_connection_error() -> None:
    url = address_of_nobody()
    with AntiphonClient(base_url=url, api_key="key-1") as client, pytest.raises(antiphon.ConnectionError, match=f"The connection to {url} failed"):
        client.models()


def test_silence_ends_in_a_timeout() -> None:
    release = threading.Event()

    def silent(_request: SeenRequest) -> Answer:
        def chunks() -> Iterator[bytes]:
            release.wait(10)
            yield b""

        return Answer(chunks())

    with http_server(silent) as (url, _seen):
        with AntiphonClient(base_url=url, api_key="key-1", timeout_s=0.05) as client, pytest.raises(antiphon.TimeoutError):
            client.models()
        release.set()


def test_a_client_without_a_key_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTIPHON_API_KEY", raising=False)
    with pytest.raises(antiphon.ConfigurationError, match="Set ANTIPHON_API_KEY or pass api_key"):
        AntiphonClient()
    with pytest.raises(antiphon.ConfigurationError, match="is not an http or https address"):
        AntiphonClient(api_key="key-1", base_url="localhost:4000")


def test_a_client_takes_key_and_address_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with http_server(answer_with({"data": {"completion": None}})) as (url, seen):
        monkeypatch.setenv("ANTIPHON_API_KEY", "key-2")
        monkeypatch.setenv("ANTIPHON_BASE_URL", url)
        with AntiphonClient() as client:
            client.completion(id="x")
    assert seen[0].authorization == "Bearer key-2"
