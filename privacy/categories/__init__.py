"""What the law calls special: six categories, each in a file of its own, found sentence by sentence."""

from .beliefs import BELIEFS
from .biometrics import BIOMETRICS
from .health import HEALTH
from .judging import Judge, Reads
from .politics import POLITICS
from .reading import Category, Found, sentences, told_in
from .sexuality import SEXUALITY
from .union import UNION

CATEGORIES: tuple[Category, ...] = (HEALTH, BELIEFS, POLITICS, SEXUALITY, UNION, BIOMETRICS)
NAMES: tuple[str, ...] = tuple(category.name for category in CATEGORIES)


def judge(reads: Reads) -> Judge:
    """What decides for every text that is to be kept. `reads`: how sure a model on this computer is, in the order of NAMES."""
    return Judge(reads, CATEGORIES)


def sensitive(text: str) -> list[Found]:
    """The sentences of a text that tell something special about somebody, by the rules alone: for what is kept already.

    >>> [(one.categories, text[one.start:one.end]) for text in ["Hi! I have diabetes."] for one in sensitive(text)]
    [(('health',), 'I have diabetes.')]
    """
    found = []
    for start, end in sentences(text):
        told = tuple(c.name for c in CATEGORIES if told_in(text[start:end], c))
        if told:
            found.append(Found(start, end, told))
    return found


__all__ = ["CATEGORIES", "NAMES", "Category", "Found", "Judge", "judge", "sensitive", "sentences"]
