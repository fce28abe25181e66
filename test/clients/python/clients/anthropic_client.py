import anthropic

from .client import WEATHER_PARAMETERS, Client, Told

TOOLS = [{"name": "get_weather", "description": "Weather.", "input_schema": WEATHER_PARAMETERS}]


def text_of(message):
    return "".join(block.text for block in message.content if block.type == "text")


class AnthropicClient(Client):
    wrong_key = anthropic.AuthenticationError
    unknown_model = anthropic.NotFoundError
    limited = anthropic.RateLimitError

    def __init__(self, connection):
        super().__init__(connection)
        self.client = anthropic.Anthropic(
            base_url=connection.root_url, api_key=connection.api_key, max_retries=connection.retries
        )

    def ask(self, model, prompt):
        message = self.client.messages.create(
            model=model, max_tokens=200, messages=[{"role": "user", "content": prompt}]
        )
        return Told(text_of(message), (message.usage.input_tokens, message.usage.output_tokens))

    def stream(self, model, prompt):
        with self.client.messages.stream(
            model=model, max_tokens=200, messages=[{"role": "user", "content": prompt}]
        ) as stream:
            pieces = tuple(stream.text_stream)
            message = stream.get_final_message()
        return Told(text_of(message), (message.usage.input_tokens, message.usage.output_tokens), pieces)

    def converse(self, model, prompt, weather):
        return self._converse(
            prompt,
            weather,
            lambda messages: self.client.messages.create(model=model, max_tokens=200, messages=messages, tools=TOOLS),
        )

    def converse_in_stream(self, model, prompt, weather):
        def turn(messages):
            with self.client.messages.stream(model=model, max_tokens=200, messages=messages, tools=TOOLS) as stream:
                return stream.get_final_message()

        return self._converse(prompt, weather, turn)

    def _converse(self, prompt, weather, turn):
        messages = [{"role": "user", "content": prompt}]
        while True:
            message = turn(messages)
            if message.stop_reason != "tool_use":
                return text_of(message)
            results = [
                {"type": "tool_result", "tool_use_id": block.id, "content": weather(block.input["city"])}
                for block in message.content
                if block.type == "tool_use"
            ]
            messages += [{"role": "assistant", "content": message.content}, {"role": "user", "content": results}]
