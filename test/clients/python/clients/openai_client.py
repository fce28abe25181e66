import json

import openai

from .client import WEATHER_PARAMETERS, Client, Told

TOOLS = [{"type": "function", "function": {"name": "get_weather", "description": "Weather.", "parameters": WEATHER_PARAMETERS}}]


class OpenAIClient(Client):
    wrong_key = openai.AuthenticationError
    unknown_model = openai.NotFoundError
    limited = openai.RateLimitError

    def __init__(self, connection):
        super().__init__(connection)
        self.client = openai.OpenAI(
            base_url=connection.open_ai_url, api_key=connection.api_key, max_retries=connection.retries
        )

    def ask(self, model, prompt):
        answer = self.client.chat.completions.create(model=model, messages=[{"role": "user", "content": prompt}])
        return Told(answer.choices[0].message.content, (answer.usage.prompt_tokens, answer.usage.completion_tokens))

    def stream(self, model, prompt):
        pieces, usage = [], None
        for chunk in self.client.chat.completions.create(
            model=model,
            messages=[{"role": "user", "content": prompt}],
            stream=True,
            stream_options={"include_usage": True},
        ):
            pieces += [choice.delta.content or "" for choice in chunk.choices]
            usage = (chunk.usage.prompt_tokens, chunk.usage.completion_tokens) if chunk.usage else usage
        return Told("".join(pieces), usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        return self._converse(
            prompt,
            weather,
            lambda messages: (
                self.client.chat.completions.create(model=model, messages=messages, tools=TOOLS).choices[0].message
            ),
        )

    def converse_in_stream(self, model, prompt, weather):
        def turn(messages):
            with self.client.chat.completions.stream(model=model, messages=messages, tools=TOOLS) as stream:
                return stream.get_final_completion().choices[0].message

        return self._converse(prompt, weather, turn)

    def _converse(self, prompt, weather, turn):
        messages = [{"role": "user", "content": prompt}]
        while True:
            message = turn(messages)
            if not message.tool_calls:
                return message.content
            messages.append(message)
            for call in message.tool_calls:
                content = weather(json.loads(call.function.arguments)["city"])
                messages.append({"role": "tool", "tool_call_id": call.id, "content": content})
