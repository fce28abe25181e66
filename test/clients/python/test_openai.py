"""The official Python client against a running server; test/full/openai-python.test.ts starts one and tells where it is."""

import asyncio
import os

import openai
import pytest

MODELS = {"openai": "openai/gpt-4.1-mini", "anthropic": "anthropic/claude-haiku-4-5"}
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
SETTINGS = {"base_url": os.environ["ANTIPHON_TEST_BASE_URL"], "api_key": os.environ["ANTIPHON_TEST_KEY"], "max_retries": 0}


@pytest.fixture(params=list(MODELS))
def model(request):
    return MODELS[request.param]


@pytest.fixture
def client():
    with openai.OpenAI(**SETTINGS) as client:
        yield client


def ask(content):
    return [{"role": "user", "content": content}]


def test_whole_answer(client, model):
    answer = client.chat.completions.create(model=model, messages=ask("[made text]"))
    assert answer.choices[0].message.content == "Good morning, ✓ world."
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens) == (11, 5, 16)
    assert answer._request_id.startswith("cmp_")


@pytest.mark.parametrize("with_usage", [False, True])
def test_stream(client, model, with_usage):
    options = {"stream_options": {"include_usage": True}} if with_usage else {}
    chunks = list(client.chat.completions.create(model=model, messages=ask("[made text]"), stream=True, **options))
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "Good morning, ✓ world."
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"]
    assert [(c.choices, c.usage.total_tokens) for c in chunks if c.usage] == ([([], 16)] if with_usage else [])


def test_stream_helper_with_tools(client, model):
    with client.chat.completions.stream(model=model, messages=ask("[made tools]"), tools=[WEATHER]) as stream:
        for _ in stream:
            pass
        final = stream.get_final_completion()
    calls = final.choices[0].message.tool_calls
    assert [(c.id, c.function.name, c.function.arguments) for c in calls] == [
        ("call_made_1", "get_weather", '{"city":"Paris"}'),
        ("call_made_2", "get_weather", '{"city":"Oslo"}'),
    ]


def test_tool_loop(client, model):
    messages = ask("[made tool]")
    first = client.chat.completions.create(model=model, messages=messages, tools=[WEATHER])
    call = first.choices[0].message.tool_calls[0]
    assert (call.function.name, call.function.arguments) == ("get_weather", '{"city":"Paris"}')
    messages += [first.choices[0].message, {"role": "tool", "tool_call_id": call.id, "content": "21 degrees"}]
    second = client.chat.completions.create(model=model, messages=messages, tools=[WEATHER])
    assert second.choices[0].message.content == "It is 21 degrees."


def test_structured_output(client, model):
    schema = {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
    response_format = {"type": "json_schema", "json_schema": {"name": "trip", "schema": schema}}
    answer = client.chat.completions.create(model=model, messages=ask("[made json]"), response_format=response_format)
    assert answer.choices[0].message.content == '{"city":"Paris","days":3}'


@pytest.mark.parametrize("options", [{}, {"encoding_format": "float"}])
def test_embeddings(client, options):
    answer = client.embeddings.create(model="openai/text-embedding-3-small", input=["first", "second"], **options)
    assert [item.embedding for item in answer.data] == [[0.5, -0.25, 0.125], [1.0, 0.0, -1.0]]


def test_models(client):
    assert {*MODELS.values(), "local/echo"} <= {model.id for model in client.models.list()}
    assert client.models.retrieve("openai/gpt-4.1-mini").owned_by == "openai"


@pytest.mark.parametrize(
    ("asked", "exception", "code"),
    [
        ("limited", openai.RateLimitError, "rate_limit_exceeded"),
        ("inside", openai.InternalServerError, "provider_failed"),
        ("invalid", openai.BadRequestError, "invalid_input"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_errors(client, model, asked, exception, code, stream):
    with pytest.raises(exception) as caught:
        client.chat.completions.create(model=model, messages=ask(f"[fails {asked}]"), stream=stream)
    assert caught.value.code == code
    assert caught.value.request_id.startswith("cmp_")


def test_error_in_the_middle_of_a_stream(client, model):
    text = ""
    with pytest.raises(openai.APIError) as caught:
        for chunk in client.chat.completions.create(model=model, messages=ask("[fails midway]"), stream=True):
            text += chunk.choices[0].delta.content or ""
    assert (text, caught.value.code) == ("Half an ", "provider_failed")


def test_timeout(client, model):
    with pytest.raises(openai.APITimeoutError):
        client.chat.completions.create(model=model, messages=ask("[fails never]"), timeout=0.3)


def test_wrong_key_and_unknown_model(client):
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="sk-not-ours").models.list()
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="nobody/model", messages=ask("hello"))
    assert caught.value.code == "model_not_found"


def test_asynchronous_client(model):
    async def run():
        async with openai.AsyncOpenAI(**SETTINGS) as client:
            whole = client.chat.completions.create(model=model, messages=ask("[made text]"))
            stream = await client.chat.completions.create(model=model, messages=ask("[made text]"), stream=True)
            text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
            return (await whole).choices[0].message.content, text

    assert asyncio.run(run()) == ("Good morning, ✓ world.",) * 2


RESPONSE_WEATHER = {
    "type": "function",
    "name": "get_weather",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    "strict": False,
}


def test_response(client, model):
    response = client.responses.create(model=model, input="[made text]")
    assert response.status == "completed"
    assert response.output_text == "Good morning, ✓ world."
    assert (response.usage.input_tokens, response.usage.output_tokens, response.usage.total_tokens) == (11, 5, 16)
    assert client.responses.retrieve(response.id).output_text == response.output_text
    items = client.responses.input_items.list(response.id)
    assert [item.content[0].text for item in items] == ["[made text]"]
    client.responses.delete(response.id)
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(response.id)


def test_response_stream(client, model):
    with client.responses.stream(model=model, input="[made tools]", tools=[RESPONSE_WEATHER]) as stream:
        events = list(stream)
        final = stream.get_final_response()
    assert [event.sequence_number for event in events if event.type == "response.completed"] == [len(events) - 1]
    calls = [item for item in final.output if item.type == "function_call"]
    assert [(c.call_id, c.name, c.arguments) for c in calls] == [
        ("call_made_1", "get_weather", '{"city":"Paris"}'),
        ("call_made_2", "get_weather", '{"city":"Oslo"}'),
    ]


def test_response_tool_loop(client, model):
    first = client.responses.create(model=model, input="[made tool]", tools=[RESPONSE_WEATHER])
    output = {"type": "function_call_output", "call_id": "call_made_1", "output": "21 degrees"}
    second = client.responses.create(model=model, previous_response_id=first.id, input=[output], tools=[RESPONSE_WEATHER])
    assert second.output_text == "It is 21 degrees."


def test_response_in_the_background(client, model):
    queued = client.responses.create(model=model, input="[made text]", background=True)
    assert queued.status == "queued"
    events = list(client.responses.retrieve(queued.id, stream=True))
    assert events[-1].type == "response.completed"
    assert client.responses.retrieve(queued.id).output_text == "Good morning, ✓ world."
    with pytest.raises(openai.BadRequestError):
        client.responses.cancel(queued.id)


def test_response_without_a_model(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.responses.create(model="nobody/knows", input="x")
    assert caught.value.code == "model_not_found"
