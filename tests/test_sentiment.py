from __future__ import annotations

import random
from pathlib import Path

import pytest

import reportkit as rk
from reportkit.report import Report
from reportkit.sentiment import score_snownlp
from reportkit.sentiment.model import bayes_model, segmentation_model

ODD = [
    " ", "\n", "。", "abc", "龘龘龘", "一", "一龘二", "a法b治", "龘法治政府", "法龘",
    "１２３", "𠮷法", "法治" * 200, "\u3000办案", "警情下降7.1%。",
]  # fmt: skip


def generated(n: int) -> list[str]:
    """Texts from a fixed seed: common and rare characters, digits, marks and spaces in any order."""
    chance = random.Random(20231)
    signs = "法治政府建设群众满意率下降上升突出问题没有不龘𠮷鑫㐀，。“” 0123%abN\n"
    return ["".join(chance.choices(signs, k=chance.randint(1, 60))) for _ in range(n)]


def test_scores_equal_snownlps_to_the_last_bit(seed: Report) -> None:
    from snownlp import SnowNLP

    texts = [*(sentence.text for sentence in seed.sentences), *ODD, *generated(150)]
    assert score_snownlp(texts) == [SnowNLP(text).sentiments for text in texts]


def test_scores_equal_snownlps_on_real_reports(real_texts: list[Path]) -> None:
    from snownlp import SnowNLP

    sentences = [sentence.text for path in real_texts for sentence in rk.read(path).sentences]
    texts = random.Random(7).sample(sentences, 200)
    assert score_snownlp(texts) == [SnowNLP(text).sentiments for text in texts]


def test_one_by_one_and_all_at_once_are_the_same() -> None:
    texts = generated(40)
    assert [score_snownlp([text])[0] for text in texts] == score_snownlp(texts)
    assert score_snownlp([]) == []


def test_an_empty_text_is_refused_by_its_place() -> None:
    with pytest.raises(ValueError, match="text 1 is empty: SnowNLP divides by zero there"):
        score_snownlp(["好", ""])


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    first = segmentation_model(tmp_path)
    (cached,) = tmp_path.glob("snownlp-seg-*.npz")
    cached.write_bytes(cached.read_bytes()[:1000])
    segmentation_model.cache_clear()
    again = segmentation_model(tmp_path)
    assert (again.triple_keys == first.triple_keys).all()
    assert cached.stat().st_size > 1_000_000
    assert [path.name for path in tmp_path.iterdir()] == [cached.name]


def test_a_trained_model_can_be_named_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    from snownlp import sentiment

    sentiment.save(str(tmp_path / "mine.marshal"))
    assert score_snownlp(["办事方便"], model=str(tmp_path / "mine.marshal")) == score_snownlp(["办事方便"])
    (tmp_path / "wrong").write_bytes(b"nothing")
    with pytest.raises(rk.LoadingError, match="no model that SnowNLP saved"):
        bayes_model(str(tmp_path / "wrong"))
    with pytest.raises(rk.LoadingError, match="no model that SnowNLP saved"):
        bayes_model(str(tmp_path / "missing"))
