import anthropic
import openai
from langchain_core.messages import HumanMessage
from langchain_core.tools import StructuredTool

from .client import Client, Told


def usage_of(message):
    usage = message.usage_metadata
    return (usage["input_tokens"], usage["output_tokens"]) if usage else None


class LangChainClient(Client):
    def model(self, name):
        raise NotImplementedError

    def ask(self, model, prompt):
        answer = self.model(model).invoke(prompt)
        return Told(answer.text, usage_of(answer))

    def stream(self, model, prompt):
        pieces, whole = [], None
        for chunk in self.model(model).stream(prompt):
            pieces.append(str(chunk.text))
            whole = chunk if whole is None else whole + chunk
        return Told("".join(pieces), usage_of(whole), tuple(pieces))

    def converse(self, model, prompt, weather):
        return self._converse(model, prompt, weather, lambda bound, messages: bound.invoke(messages))

    def converse_in_stream(self, model, prompt, weather):
        def turn(bound, messages):
            whole = None
            for chunk in bound.stream(messages):
                whole = chunk if whole is None else whole + chunk
            return whole

        return self._converse(model, prompt, weather, turn)

    def _converse(self, model, prompt, weather, turn):
        def get_weather(city: str) -> str:
            """Weather."""
            return weather(city)

        tool = StructuredTool.from_function(get_weather)
        bound = self.model(model).bind_tools([tool])
        messages = [HumanMessage(prompt)]
        while True:
            answer = turn(bound, messages)
            if not answer.tool_calls:
                return str(answer.text)
            messages.append(answer)
            messages += [tool.invoke(call) for call in answer.tool_calls]


class LangChainOpenAIClient(LangChainClient):
    wrong_key = openai.AuthenticationError
    unknown_model = openai.NotFoundError
    limited = openai.RateLimitError

    def model(self, name):
        from langchain_openai import ChatOpenAI

        connection = self.connection
        return ChatOpenAI(
            model=name,
            base_url=connection.open_ai_url,
            api_key=connection.api_key,
            max_retries=connection.retries,
            stream_usage=True,
        )


class LangChainAnthropicClient(LangChainClient):
    wrong_key = anthropic.AuthenticationError
    unknown_model = anthropic.NotFoundError
    limited = anthropic.RateLimitError

    def model(self, name):
        from langchain_anthropic import ChatAnthropic

        connection = self.connection
        return ChatAnthropic(
            model_name=name,
            base_url=connection.root_url,
            api_key=connection.api_key,
            max_retries=connection.retries,
            max_tokens=200,
        )
