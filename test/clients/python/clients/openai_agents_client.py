import asyncio

import openai
from agents import Agent, ModelSettings, OpenAIProvider, RunConfig, Runner, function_tool, set_tracing_disabled
from openai.types.responses import ResponseTextDeltaEvent

from .client import Client, Told

set_tracing_disabled(True)


class OpenAIAgentsClient(Client):
    """Over the Responses wire, as it is by default."""

    wrong_key = openai.AuthenticationError
    unknown_model = openai.NotFoundError
    limited = openai.RateLimitError
    use_responses = True

    def ask(self, model, prompt):
        result = asyncio.run(self._run(self._agent(model), prompt))
        usage = result.context_wrapper.usage
        return Told(result.final_output, (usage.input_tokens, usage.output_tokens))

    def stream(self, model, prompt):
        result, pieces = asyncio.run(self._run_in_stream(self._agent(model), prompt))
        usage = result.context_wrapper.usage
        return Told(result.final_output, (usage.input_tokens, usage.output_tokens), pieces)

    def converse(self, model, prompt, weather):
        return asyncio.run(self._run(self._agent(model, weather), prompt)).final_output

    def converse_in_stream(self, model, prompt, weather):
        return asyncio.run(self._run_in_stream(self._agent(model, weather), prompt))[0].final_output

    @staticmethod
    def _agent(model, weather=None):
        def get_weather(city: str) -> str:
            """Weather."""
            return weather(city)

        tools = [] if weather is None else [function_tool(get_weather, failure_error_function=None)]
        settings = ModelSettings(include_usage=True)
        return Agent(name="Forecaster", model=model, tools=tools, model_settings=settings)

    def _config(self):
        connection = self.connection
        client = openai.AsyncOpenAI(
            base_url=connection.open_ai_url, api_key=connection.api_key, max_retries=connection.retries
        )
        provider = OpenAIProvider(openai_client=client, use_responses=self.use_responses)
        return RunConfig(model_provider=provider, tracing_disabled=True)

    async def _run(self, agent, prompt):
        return await Runner.run(agent, prompt, max_turns=5, run_config=self._config())

    async def _run_in_stream(self, agent, prompt):
        result = Runner.run_streamed(agent, prompt, max_turns=5, run_config=self._config())
        pieces = []
        async for event in result.stream_events():
            if event.type == "raw_response_event" and isinstance(event.data, ResponseTextDeltaEvent):
                pieces.append(event.data.delta)
        return result, tuple(pieces)


class OpenAIAgentsChatClient(OpenAIAgentsClient):
    use_responses = False
