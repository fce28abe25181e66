from google import genai
from google.genai import errors, types

from .client import Client, Told


def usage_of(answer):
    usage = answer.usage_metadata
    return (usage.prompt_token_count, usage.candidates_token_count) if usage else None


class GoogleGenAiClient(Client):
    wrong_key = errors.ClientError
    unknown_model = errors.ClientError
    limited = errors.ClientError
    repeats_when_told = False

    def __init__(self, connection):
        super().__init__(connection)
        retries = types.HttpRetryOptions(attempts=connection.retries + 1, initial_delay=0.1)
        self.client = genai.Client(
            api_key=connection.api_key,
            http_options=types.HttpOptions(base_url=connection.root_url, retry_options=retries),
        )

    def ask(self, model, prompt):
        answer = self.client.models.generate_content(model=model, contents=prompt)
        return Told(answer.text, usage_of(answer))

    def stream(self, model, prompt):
        pieces, usage = [], None
        for chunk in self.client.models.generate_content_stream(model=model, contents=prompt):
            pieces.append(chunk.text or "")
            usage = usage_of(chunk) or usage
        return Told("".join(pieces), usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        config = types.GenerateContentConfig(tools=[self._tool(weather)])
        return self.client.models.generate_content(model=model, contents=prompt, config=config).text

    def converse_in_stream(self, model, prompt, weather):
        config = types.GenerateContentConfig(tools=[self._tool(weather)])
        stream = self.client.models.generate_content_stream(model=model, contents=prompt, config=config)
        return "".join(chunk.text or "" for chunk in stream)

    @staticmethod
    def _tool(weather):
        def get_weather(city: str) -> str:
            """Weather."""
            return weather(city)

        return get_weather
