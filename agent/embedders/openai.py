"""Vectors from anything that speaks the OpenAI protocol, here or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

import httpx2
import numpy as np

from memory.ports import Vector
from privacy.identity import Scope

from ..errors import BadSettings, ModelUnavailable
from ..settings import Settings, is_loopback

BATCH = 64
AWAY = "The embedder cannot be reached, so memories are found by their words only. Start it, or check KEEPSAKE_EMBEDDER_URL."


class OpenAIEmbedder:
    """A model behind `/v1/embeddings`. Its name says which, where, and how long its vectors are."""

    def __init__(self, settings: Settings, model: str) -> None:
        self._url = settings.embedder_url or settings.openai_base_url or "https://api.openai.com/v1"
        self.host = host = urlsplit(self._url).hostname or ""
        self._key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        self._model = model
        self._local = is_loopback(host)
        self._patience = settings.model_timeout
        here = self._local if settings.model_place == "auto" else settings.model_place == "here"
        self.place: Literal["here", "elsewhere"] = "here" if here else "elsewhere"
        self.dimensions = settings.embedder_dimensions
        self.name = f"{model}@{host} {self.dimensions}"

    @cached_property
    def _client(self):  # type: ignore[no-untyped-def]  # openai is slow to import
        from openai import OpenAI

        http = httpx2.Client(timeout=self._patience, trust_env=not self._local)  # loopback needs no proxy
        return OpenAI(base_url=self._url, api_key=self._key, http_client=http, max_retries=0)

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        vectors = [self._embedded(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(vectors) if vectors else np.zeros((0, self.dimensions), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        return self._embedded(texts)

    def _embedded(self, texts: Sequence[str]) -> Vector:
        import openai

        try:
            answer = self._client.embeddings.create(
                model=self._model, input=list(texts), encoding_format="float"
            )
            vectors = np.array([one.embedding for one in answer.data], dtype=np.float32)
        except (openai.OpenAIError, httpx2.HTTPError, AttributeError, TypeError, ValueError):
            raise ModelUnavailable(AWAY) from None  # what it says may repeat what it was sent
        if vectors.shape != (len(texts), self.dimensions):
            length = vectors.shape[-1] if vectors.ndim == 2 else 0
            raise BadSettings(
                f"{self._model} gives vectors of {length} numbers. Set KEEPSAKE_EMBEDDER_DIMENSIONS={length}."
            )
        norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return np.asarray(vectors / norms, dtype=np.float32)

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()
