"""SnowNLP's sentiment score, to the last bit, many times faster.

The same segmentation (a character model decoded by Viterbi), stop words and naive Bayes as ``SnowNLP(text).sentiments``;
the runs of Han characters of all texts are decoded side by side.  SnowNLP's habits are kept: of equal paths the first
wins, a character that the model never saw keeps the last of its predecessors, words are added up in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from reportkit.sentiment.model import BayesModel, SegmentationModel, bayes_model, segmentation_model, stop_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["score_snownlp"]

_HAN = re.compile("([\u4e00-\u9fa5]+)")
_BATCH = 60_000  # characters decoded side by side, which bounds memory
_NEVER = float("-inf")


def score_snownlp(texts: Sequence[str], *, model: str | None = None) -> list[float]:
    """Score texts as ``SnowNLP(text).sentiments`` does.

    Parameters
    ----------
    texts
        Any texts; many at once are faster than one by one.
    model
        The file of a classifier that you trained (``snownlp.sentiment.save``); SnowNLP's own by default.

    Returns
    -------
    list of float
        0 (negative) to 1 (positive), equal to SnowNLP's own scores.

    Raises
    ------
    ValueError
        For an empty text, on which SnowNLP itself divides by zero.

    Notes
    -----
    What it gets wrong on this genre: the classifier was trained on reviews of books, hotels and computers.  It cannot see
    direction (下降 and 上升 score alike), saturates with length, and rates the work of the police as bad news.
    Source: SnowNLP 0.12, github.com/isnowfy/snownlp.
    """
    for i, text in enumerate(texts):
        if not text:
            raise ValueError(f"text {i} is empty: SnowNLP divides by zero there; leave it out")
    classifier = bayes_model(model)
    return [_classify(words, classifier) for words in _segment(texts)]


def _segment(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, as ``snownlp.seg`` cuts them, stop words left out."""
    pieces = [[piece.strip() for piece in _HAN.split(text)] for text in texts]
    runs = list(dict.fromkeys(piece for text in pieces for piece in text if piece and _HAN.match(piece)))
    words = dict(zip(runs, _cut(runs), strict=True))
    stop = stop_words()
    return [
        [word for piece in text for word in (words[piece] if piece in words else piece.split()) if word not in stop]
        for text in pieces
    ]


def _cut(runs: Sequence[str]) -> list[list[str]]:
    model = segmentation_model()
    order = sorted(range(len(runs)), key=lambda i: -len(runs[i]))
    words: list[list[str]] = [[] for _ in runs]
    batch: list[int] = []
    size = 0
    for i in [*order, -1]:
        if i < 0 or size + len(runs[i]) > _BATCH:
            for j, tags in zip(batch, _decode([runs[j] for j in batch], model), strict=True):
                words[j] = _joined(runs[j], tags)
            batch, size = [], 0
        if i >= 0:
            batch.append(i)
            size += len(runs[i])
    return words


def _joined(run: str, tags: Sequence[int]) -> list[str]:
    """Words from tags, b m e s as 0 1 2 3: as SnowNLP joins them, also where the tags do not fit together."""
    words, word = [], ""
    for char, tag in zip(run, tags, strict=True):
        if tag == 2:
            words.append(word + char)
            word = ""
        elif tag in (0, 3):
            if word:
                words.append(word)
            word = char
        else:
            word += char
    return [*words, word] if word else words


def _decode(runs: Sequence[str], model: SegmentationModel) -> list[list[int]]:
    """The best tags of runs that are sorted by length, the longest first."""
    import numpy as np

    if not runs:
        return []
    lengths = np.array([len(run) for run in runs])
    codes = np.frombuffer("".join(runs).encode("utf-16-le"), dtype=np.uint16).astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    logs = _log_probabilities(codes, starts, model)
    known: NDArray[np.bool_] = np.asarray(model.single[codes].any(axis=1))
    scores = np.full((len(runs), 4, 4), _NEVER)  # by the tags of the last two characters
    scores[:, 0, 0] = 0.0
    back = np.zeros((len(codes), 4, 4), dtype=np.int8)  # where the best path came from, by the tags of the last two
    for step in range(int(lengths[0])):
        alive = int(np.searchsorted(-lengths, -step, side="left"))
        at = starts[:alive] + step
        paths = scores[:alive, :, :, None] + logs[at]
        best = paths.argmax(axis=1)
        reached = np.take_along_axis(paths, best[:, None], axis=1)[:, 0]
        unseen = np.logical_not(known[at])
        if unseen.any():
            last = 3 if step >= 2 else 0
            best[unseen] = last
            reached[unseen] = scores[:alive][unseen, last][:, :, None]
        scores[:alive] = reached
        back[at] = best
    return _trace(scores, back, starts, lengths)


def _trace(
    scores: NDArray[np.float64], back: NDArray[np.int8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> list[list[int]]:
    import numpy as np

    ends = scores.transpose(0, 2, 1).reshape(len(scores), 16).argmax(axis=1)  # SnowNLP looks through the last tag first
    tags = np.zeros(len(back), dtype=np.int8)
    last, before = ends // 4, ends % 4
    for step in range(int(lengths[0])):
        alive = int(np.searchsorted(-lengths, -step, side="left"))
        at = starts[:alive] + lengths[:alive] - 1 - step
        tags[at] = last[:alive]
        origin = back[at, before[:alive], last[:alive]]
        last[:alive], before[:alive] = before[:alive], origin
    return [tags[a : a + n].tolist() for a, n in zip(starts.tolist(), lengths.tolist(), strict=True)]


def _log_probabilities(codes: NDArray[np.int64], starts: NDArray[np.int64], model: SegmentationModel) -> NDArray[np.float64]:
    """Log P(tagged character | the two before it), for each place and the tags of the three; SnowNLP's own sums."""
    import numpy as np

    n = len(codes)
    one, two = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)  # the characters one and two places back
    one[1:], two[2:] = codes[:-1], codes[:-2]
    one[starts] = 0
    two[starts] = 0
    second = starts + 1
    second = second[second < n]
    two[second] = 0
    w1, w2, w3 = model.weights
    # Pairs of characters come again and again: what depends on two is worked out once for each pair.
    distinct, pair = np.unique(np.concatenate([one << 16 | codes, two << 16 | one]), return_inverse=True)
    pair, pair_before = pair[:n], pair[n:]
    counted = np.zeros((len(distinct), 4, 4))
    _fill(counted.reshape(-1, 16), distinct, model.pair_keys, model.pair_counts, 4)
    divisor = model.single[distinct >> 16][:, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = w1 * (model.single[distinct & 0xFFFF] / model.total)[:, None, :]
        sums = alone + np.where(divisor == 0, 0.0, (w2 * counted) / divisor)
    logs = np.repeat(_logs(sums)[pair][:, None], 4, axis=1)
    place, tags, counts = _entries((two << 32) | (one << 16) | codes, model.triple_keys, model.triple_counts, 6)
    a, b, c = tags >> 4, tags >> 2 & 3, tags & 3
    below = counted[pair_before[place], a, b]
    seen = below != 0
    place, a, b, c = place[seen], a[seen], b[seen], c[seen]
    logs[place, a, b, c] = _logs(sums[pair[place], b, c] + (w3 * counts[seen]) / below[seen])
    return logs


def _fill(
    table: NDArray[np.float64], chars: NDArray[np.int64], keys: NDArray[np.int64], counts: NDArray[np.float64], bits: int
) -> None:
    place, tags, found = _entries(chars, keys, counts, bits)
    table[place, tags] = found


def _entries(
    chars: NDArray[np.int64], keys: NDArray[np.int64], counts: NDArray[np.float64], bits: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """All counts of each place's characters, whatever their tags: places, tags, counts."""
    import numpy as np

    low = np.searchsorted(keys, chars << bits)
    high = np.searchsorted(keys, (chars + 1) << bits)
    sizes = high - low
    place = np.repeat(np.arange(len(chars)), sizes)
    index = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(low, sizes)
    return place, keys[index] & ((1 << bits) - 1), counts[index]


def _logs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """``math.log`` of every value, as NumPy's own differs in the last bit now and then; of 0, minus infinity."""
    import numpy as np

    distinct, where = np.unique(values, return_inverse=True)
    taken = np.array([log(value) if value > 0 else _NEVER for value in distinct.tolist()])
    return taken[where].reshape(values.shape)


def _classify(words: Sequence[str], model: BayesModel) -> float:
    sums = []
    for prior, logs, unknown in zip(model.priors, model.logs, model.unknown, strict=True):
        total = prior
        for word in words:
            total += logs.get(word, unknown)
        sums.append(total)
    best, share = "", 0.0
    for name, own in zip(model.classes, sums, strict=True):
        try:
            now = 1 / sum(exp(other - own) for other in sums)
        except OverflowError:
            now = 0
        if now > share:
            best, share = name, now
    return share if best == "pos" else 1 - share
