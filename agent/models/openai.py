"""The one model client: anything that speaks the OpenAI protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2  # what the openai client itself is built on

from ..errors import ModelUnavailable
from ..settings import Settings, is_loopback
from .port import Place, Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI

TIMEOUT = httpx2.Timeout(60, connect=5)  # 60 s between two pieces: longer is a model that hangs


class OpenAIModel:
    """A capable model, here or elsewhere."""

    capable = True

    def __init__(self, settings: Settings) -> None:
        url = settings.openai_base_url or "https://api.openai.com/v1"
        host = urlsplit(url).hostname or ""
        here = is_loopback(host) if settings.model_place == "auto" else settings.model_place == "here"
        self.place: Place = "here" if here else "elsewhere"
        self.name = f"{settings.model} ({'on this machine' if here else host})"
        self._model = settings.model
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        self._client = client(url, key, trust_env=not is_loopback(host))

    async def stream(self, request: Request) -> AsyncIterator[str]:
        async for piece in streamed(self._client, self._model, request):
            yield piece

    async def warm(self) -> None:
        """Nothing to load: nobody is asked before the person says something."""

    async def aclose(self) -> None:
        await self._client.close()


def client(url: str, key: str, *, trust_env: bool) -> AsyncOpenAI:
    """A client without retries of its own making; loopback never goes through a proxy."""
    from openai import AsyncOpenAI

    http = httpx2.AsyncClient(timeout=TIMEOUT, trust_env=trust_env)
    return AsyncOpenAI(base_url=url, api_key=key, http_client=http, max_retries=1)


async def streamed(client: AsyncOpenAI, model: str, request: Request) -> AsyncIterator[str]:
    """The pieces of an answer; every failure is a ModelUnavailable without text of the request."""
    import openai

    messages: Any = [{"role": message.role, "content": message.text} for message in request.messages]
    try:
        answer = await client.chat.completions.create(
            model=model,
            messages=messages,
            max_tokens=request.max_tokens,
            temperature=request.temperature,
            stream=True,
        )
        assert isinstance(answer, openai.AsyncStream)  # `stream=True` above
        async for chunk in answer:
            if chunk.choices and chunk.choices[0].delta.content:
                yield chunk.choices[0].delta.content
    except openai.APITimeoutError:
        raise ModelUnavailable("The model did not answer in time. Your message is kept; try again.") from None
    except openai.APIConnectionError:
        raise ModelUnavailable(
            "The model cannot be reached. Check OPENAI_BASE_URL and that it is running; your message is kept."
        ) from None
    except openai.AuthenticationError:
        raise ModelUnavailable(
            "The model refused the key. Check OPENAI_API_KEY; your message is kept."
        ) from None
    except openai.APIStatusError as error:
        raise ModelUnavailable(
            f"The model answered with an error ({error.status_code}). Check KEEPSAKE_MODEL or try again; "
            "your message is kept."
        ) from None
    except (openai.APIError, httpx2.HTTPError):
        raise ModelUnavailable("The model broke off its answer. Your message is kept; try again.") from None
