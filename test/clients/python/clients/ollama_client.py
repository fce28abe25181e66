import ollama

from .client import WEATHER_PARAMETERS, Client, Told

TOOLS = [{"type": "function", "function": {"name": "get_weather", "description": "Weather.", "parameters": WEATHER_PARAMETERS}}]


class OllamaClient(Client):
    wrong_key = unknown_model = limited = ollama.ResponseError

    def __init__(self, connection):
        super().__init__(connection)
        self.client = ollama.Client(
            host=connection.root_url, headers={"authorization": f"Bearer {connection.api_key}"}
        )

    def ask(self, model, prompt):
        answer = self.client.chat(model=model, messages=[{"role": "user", "content": prompt}])
        return Told(answer.message.content, (answer.prompt_eval_count, answer.eval_count))

    def stream(self, model, prompt):
        pieces, usage = [], None
        for part in self.client.chat(model=model, messages=[{"role": "user", "content": prompt}], stream=True):
            pieces.append(part.message.content or "")
            usage = (part.prompt_eval_count, part.eval_count) if part.done else usage
        return Told("".join(pieces), usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            message = self.client.chat(model=model, messages=messages, tools=TOOLS).message
            if not message.tool_calls:
                return message.content
            messages.append(message)
            messages += self._results(message.tool_calls, weather)

    def converse_in_stream(self, model, prompt, weather):
        messages = [{"role": "user", "content": prompt}]
        while True:
            text, calls = "", []
            for part in self.client.chat(model=model, messages=messages, tools=TOOLS, stream=True):
                text += part.message.content or ""
                calls += part.message.tool_calls or []
            if not calls:
                return text
            messages.append({"role": "assistant", "content": text, "tool_calls": calls})
            messages += self._results(calls, weather)

    @staticmethod
    def _results(calls, weather):
        return [
            {"role": "tool", "tool_name": call.function.name, "content": weather(call.function.arguments["city"])}
            for call in calls
        ]
