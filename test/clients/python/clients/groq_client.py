import json

import groq

from .client import WEATHER_PARAMETERS, Client, Told

TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": WEATHER_PARAMETERS}}]


class GroqClient(Client):
    wrong_key = groq.AuthenticationError
    unknown_model = groq.NotFoundError
    limited = groq.RateLimitError

    def __init__(self, connection):
        super().__init__(connection)
        self.client = groq.Groq(base_url=connection.root_url, api_key=connection.api_key, max_retries=connection.retries)

    def ask(self, model, prompt):
        answer = self.client.chat.completions.create(model=model, messages=[{"role": "user", "content": prompt}])
        return Told(answer.choices[0].message.content, (answer.usage.prompt_tokens, answer.usage.completion_tokens))

    def stream(self, model, prompt):
        pieces, usage = [], None
        for chunk in self.client.chat.completions.create(
            model=model,
            messages=[{"role": "user", "content": prompt}],
            stream=True,
            extra_body={"stream_options": {"include_usage": True}},
        ):
            pieces += [choice.delta.content or "" for choice in chunk.choices]
            told = getattr(chunk, "usage", None)
            if told:
                told = told if isinstance(told, dict) else told.model_dump()
                usage = (told["prompt_tokens"], told["completion_tokens"])
        return Told("".join(pieces), usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            message = self.client.chat.completions.create(model=model, messages=messages, tools=TOOLS).choices[0].message
            if not message.tool_calls:
                return message.content
            messages.append(message)
            for call in message.tool_calls:
                content = weather(json.loads(call.function.arguments)["city"])
                messages.append({"role": "tool", "tool_call_id": call.id, "content": content})

    def converse_in_stream(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            text, calls = "", {}
            for chunk in self.client.chat.completions.create(model=model, messages=messages, tools=TOOLS, stream=True):
                for choice in chunk.choices:
                    text += choice.delta.content or ""
                    for piece in choice.delta.tool_calls or []:
                        call = calls.setdefault(piece.index, {"id": "", "name": "", "arguments": ""})
                        call["id"] += piece.id or ""
                        call["name"] += piece.function.name or ""
                        call["arguments"] += piece.function.arguments or ""
            if not calls:
                return text
            made = [
                {"id": c["id"], "type": "function", "function": {"name": c["name"], "arguments": c["arguments"]}}
                for c in calls.values()
            ]
            messages.append({"role": "assistant", "tool_calls": made})
            for call in calls.values():
                content = weather(json.loads(call["arguments"])["city"])
                messages.append({"role": "tool", "tool_call_id": call["id"], "content": content})
