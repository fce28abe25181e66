import json

from mistralai.client import Mistral
from mistralai.client.errors import SDKError
from mistralai.client.utils import BackoffStrategy, RetryConfig

from .client import WEATHER_PARAMETERS, Client, Told

TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": WEATHER_PARAMETERS}}]


class MistralClient(Client):
    wrong_key = unknown_model = limited = SDKError

    def __init__(self, connection):
        super().__init__(connection)
        retries = RetryConfig("backoff", BackoffStrategy(10, 5_000, 1, 10_000), False) if connection.retries else None
        self.client = Mistral(server_url=connection.root_url, api_key=connection.api_key, retry_config=retries)

    def ask(self, model, prompt):
        answer = self.client.chat.complete(model=model, messages=[{"role": "user", "content": prompt}])
        return Told(answer.choices[0].message.content, (answer.usage.prompt_tokens, answer.usage.completion_tokens))

    def stream(self, model, prompt):
        pieces, usage = [], None
        with self.client.chat.stream(model=model, messages=[{"role": "user", "content": prompt}]) as events:
            for event in events:
                pieces.append(event.data.choices[0].delta.content or "")
                told = event.data.usage
                usage = (told.prompt_tokens, told.completion_tokens) if told else usage
        return Told("".join(pieces), usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            message = self.client.chat.complete(model=model, messages=messages, tools=TOOLS).choices[0].message
            if not message.tool_calls:
                return message.content
            messages.append(message)
            messages += self._results(message.tool_calls, weather)

    def converse_in_stream(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            text, calls = "", []
            with self.client.chat.stream(model=model, messages=messages, tools=TOOLS) as events:
                for event in events:
                    delta = event.data.choices[0].delta
                    text += delta.content or ""
                    calls += delta.tool_calls or []
            if not calls:
                return text
            messages.append({"role": "assistant", "tool_calls": calls})
            messages += self._results(calls, weather)

    @staticmethod
    def _results(calls, weather):
        return [
            {"role": "tool", "tool_call_id": call.id, "content": weather(json.loads(call.function.arguments)["city"])}
            for call in calls
        ]
