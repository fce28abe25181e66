"""Every client, asked the same; clients.test.ts starts a server, runs this and reads the results."""

import os
import time

import pytest

from clients.client import Connection, as_status
from clients.registry import NAMES, load

MODELS = {"openai": "openai/gpt-4.1-mini", "anthropic": "anthropic/claude-haiku-4-5"}
GREETING = "Good morning, ✓ world."
PAUSE_SECONDS = 1
NEVER_REPEATS = {"ollama": "it has no retries of its own"}
ONLY_OPENAI = {"llama-index-llms-openai": "it refuses names of models that are not OpenAI's"}
OVER_WIRES = [(name, wire) for name in NAMES for wire in MODELS if wire == "openai" or name not in ONLY_OPENAI]


def load_or_skip(name):
    try:
        return load(name)
    except ImportError as error:
        pytest.skip(f"{name} is not installed: {error}")


over_wires = pytest.mark.parametrize(("name", "wire"), OVER_WIRES)
before_wires = pytest.mark.parametrize("name", NAMES)


def connect(client_class, api_key=os.environ["ANTIPHON_TEST_KEY"], retries=0):
    url = os.environ["ANTIPHON_TEST_BASE_URL"]
    return client_class(Connection(url, url.removesuffix("/v1"), api_key, retries))


def expect_exception(exception, status, call):
    with pytest.raises(exception) as caught:
        call()
    assert as_status(caught.value) == status


class Station:
    def __init__(self):
        self.cities = []

    def __call__(self, city):
        self.cities.append(city)
        return "21 degrees"


@over_wires
def test_answer(name, wire):
    client_class = load_or_skip(name)
    assert connect(client_class).ask(MODELS[wire], "[made text]").text == GREETING


@over_wires
def test_stream(name, wire):
    client_class = load_or_skip(name)
    told = connect(client_class).stream(MODELS[wire], "[made text]")
    assert (told.text, "".join(told.pieces)) == (GREETING, GREETING)
    assert len([piece for piece in told.pieces if piece]) > 1


@over_wires
def test_usage(name, wire):
    client_class = load_or_skip(name)
    client = connect(client_class)
    assert client.ask(MODELS[wire], "[made text]").usage == (11, 5)
    assert client.stream(MODELS[wire], "[made text]").usage == (11, 5)


@over_wires
def test_tools(name, wire):
    client_class = load_or_skip(name)
    station = Station()
    assert connect(client_class).converse(MODELS[wire], "[made tool]", station) == "It is 21 degrees."
    assert station.cities == ["Paris"]


@over_wires
def test_streamed_tools(name, wire):
    client_class = load_or_skip(name)
    station = Station()
    assert connect(client_class).converse_in_stream(MODELS[wire], "[made tool]", station) == "It is 21 degrees."
    assert station.cities == ["Paris"]


@over_wires
def test_limited(name, wire):
    client_class = load_or_skip(name)
    client = connect(client_class)
    expect_exception(client_class.limited, 429, lambda: client.ask(MODELS[wire], "[fails limited]"))
    expect_exception(client_class.limited, 429, lambda: client.stream(MODELS[wire], "[fails limited]"))


@pytest.mark.parametrize(("name", "wire"), [(name, wire) for name, wire in OVER_WIRES if name not in NEVER_REPEATS])
def test_repeats(name, wire):
    client_class = load_or_skip(name)
    started = time.monotonic()
    prompt = f"[fails busy] {name} {wire}"
    assert connect(client_class, retries=2).ask(MODELS[wire], prompt).text == GREETING
    if client_class.repeats_when_told:
        assert time.monotonic() - started >= PAUSE_SECONDS


@before_wires
def test_wrong_key(name):
    client_class = load_or_skip(name)
    client = connect(client_class, api_key="sk-not-ours")
    expect_exception(client_class.wrong_key, 401, lambda: client.ask(client_class.some_model, "hello"))
    expect_exception(client_class.wrong_key, 401, lambda: client.stream(client_class.some_model, "hello"))


@before_wires
def test_unknown_model(name):
    client_class = load_or_skip(name)
    client = connect(client_class)
    expect_exception(client_class.unknown_model, 404, lambda: client.ask(client_class.missing_model, "hello"))
    expect_exception(client_class.unknown_model, 404, lambda: client.stream(client_class.missing_model, "hello"))
