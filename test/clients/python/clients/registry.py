"""Every client by the name of its package, loaded when it is asked for: one that is not installed is skipped."""

import importlib

_CLIENTS = {
    "openai": ("openai_client", "OpenAIClient"),
    "anthropic": ("anthropic_client", "AnthropicClient"),
    "google-genai": ("google_genai_client", "GoogleGenAiClient"),
    "mistralai": ("mistral_client", "MistralClient"),
    "groq": ("groq_client", "GroqClient"),
    "ollama": ("ollama_client", "OllamaClient"),
    "langchain-openai": ("langchain_clients", "LangChainOpenAIClient"),
    "langchain-anthropic": ("langchain_clients", "LangChainAnthropicClient"),
    "llama-index-llms-openai": ("llama_index_clients", "LlamaIndexOpenAIClient"),
    "llama-index-llms-openai-like": ("llama_index_clients", "LlamaIndexOpenAILikeClient"),
    "openai-agents": ("openai_agents_client", "OpenAIAgentsClient"),
    "openai-agents (chat)": ("openai_agents_client", "OpenAIAgentsChatClient"),
}

NAMES = list(_CLIENTS)


def load(name):
    """The class of a client; raises ImportError where its package is not installed."""
    module, class_name = _CLIENTS[name]
    return getattr(importlib.import_module(f".{module}", __package__), class_name)
