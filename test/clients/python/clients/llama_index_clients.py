import openai
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.tools import FunctionTool

from .client import Client, Told


def usage_of(raw):
    usage = getattr(raw, "usage", None)
    return (usage.prompt_tokens, usage.completion_tokens) if usage else None


class LlamaIndexClient(Client):
    wrong_key = openai.AuthenticationError
    unknown_model = openai.NotFoundError
    limited = openai.RateLimitError

    def model(self, name):
        raise NotImplementedError

    def ask(self, model, prompt):
        answer = self.model(model).chat([ChatMessage(role=MessageRole.USER, content=prompt)])
        return Told(answer.message.content, usage_of(answer.raw))

    def stream(self, model, prompt):
        pieces, usage, text = [], None, ""
        options = {"stream_options": {"include_usage": True}}
        for part in self.model(model).stream_chat([ChatMessage(role=MessageRole.USER, content=prompt)], **options):
            pieces.append(part.delta or "")
            text = part.message.content
            usage = usage_of(part.raw) or usage
        return Told(text, usage, tuple(pieces))

    def converse(self, model, prompt, weather):
        def turn(llm, tools, history):
            return llm.chat_with_tools(tools, chat_history=history)

        return self._converse(model, prompt, weather, turn)

    def converse_in_stream(self, model, prompt, weather):
        def turn(llm, tools, history):
            return list(llm.stream_chat_with_tools(tools, chat_history=history))[-1]

        return self._converse(model, prompt, weather, turn)

    def _converse(self, model, prompt, weather, turn):
        def get_weather(city: str) -> str:
            """Weather."""
            return weather(city)

        tool = FunctionTool.from_defaults(get_weather)
        llm = self.model(model)
        history = [ChatMessage(role=MessageRole.USER, content=prompt)]
        while True:
            answer = turn(llm, [tool], history)
            calls = llm.get_tool_calls_from_response(answer, error_on_no_tool_call=False)
            if not calls:
                return answer.message.content
            history.append(answer.message)
            for call in calls:
                content = str(tool.call(**call.tool_kwargs))
                history.append(
                    ChatMessage(role=MessageRole.TOOL, content=content, additional_kwargs={"tool_call_id": call.tool_id})
                )


class LlamaIndexOpenAIClient(LlamaIndexClient):
    """It takes OpenAI's own names of models only; the server knows those too."""

    some_model = "gpt-4.1-mini"
    missing_model = "gpt-4-0314"

    def model(self, name):
        from llama_index.llms.openai import OpenAI

        connection = self.connection
        return OpenAI(
            model=name.removeprefix("openai/"),
            api_base=connection.open_ai_url,
            api_key=connection.api_key,
            max_retries=connection.retries,
        )


class LlamaIndexOpenAILikeClient(LlamaIndexClient):
    def model(self, name):
        from llama_index.llms.openai_like import OpenAILike

        connection = self.connection
        return OpenAILike(
            model=name,
            api_base=connection.open_ai_url,
            api_key=connection.api_key,
            max_retries=connection.retries,
            is_chat_model=True,
            is_function_calling_model=True,
        )
