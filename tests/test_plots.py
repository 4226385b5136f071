from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from matplotlib import font_manager, image

import reportkit as rk
from reportkit.functions.rules import FUNCTIONS
from reportkit.plots.drawing import Figure, font_path
from reportkit.report import Report

if TYPE_CHECKING:
    import pandas as pd


def figures(report: Report) -> list[Figure]:
    return [
        rk.plot_structure(rk.extract_sections(report)),
        rk.plot_sentence_lengths(rk.extract_sentences(report)),
        rk.plot_words(rk.count_words(report)),
        rk.plot_changes(rk.extract_metrics(report)),
        rk.plot_levels(rk.extract_metrics(report)),
        rk.plot_density(rk.extract_metrics(report), rk.extract_sections(report)),
        rk.plot_scores(rk.score_sentiment(report)),
        rk.plot_functions(rk.summarize_sentiment(rk.score_sentiment(report))),
        rk.plot_saturation(rk.score_sentiment(report)),
        rk.plot_mechanisms(rk.extract_mechanisms(report)),
        rk.plot_coverage(rk.check_coverage(report)),
    ]


def test_plots_say_what_they_are_and_change_nothing_global(seed: Report) -> None:
    before = dict(mpl.rcParams), len(font_manager.fontManager.ttflist)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        drawn = figures(seed)
    assert (dict(mpl.rcParams), len(font_manager.fontManager.ttflist)) == before
    for figure in drawn:
        width, height = struct.unpack(">II", figure.image[16:24])
        assert 600 < width < 1600
        assert height > 250
        assert "Unit: " in figure.caption
        assert "Source: " in figure.caption
        assert len(figure.alt) > 40
        assert figure.caption in repr(figure)


def test_the_data_drawn_is_the_data_of_the_table(seed: Report) -> None:
    structure, lengths, words, changes, levels, density, scores, functions, saturation, mechanisms, coverage = figures(seed)
    assert list(changes.data["change"]) == [-7.1, -14.1, 4.8, 33.4, -17.11, -17.12, -17.66, -9.47]
    assert list(levels.data["value"]) == [91, 100, 100]
    assert density.data["n_metrics"].sum() == len(rk.extract_metrics(seed)) - 2  # two stand before the first heading
    table = rk.score_sentiment(seed)
    assert list(scores.data["snownlp"]) == list(table["snownlp"])
    assert functions.data.iloc[-1].tolist() == ["all", 36, *(int((table["function"] == name).sum()) for name in FUNCTIONS)]
    assert saturation.data["extreme"].sum() == (~table["snownlp"].between(0.01, 0.99)).sum()
    register = rk.extract_mechanisms(seed)
    assert list(mechanisms.data["n_figures"]) == [len(figures) for figures in register["figures"]]
    assert list(coverage.data["state"]) == ["present", "absent", "present", "token", "absent"]
    assert list(structure.data["n_chars"]) == list(rk.extract_sections(seed)["n_chars"])
    assert lengths.data["n_sentences"].sum() == len(seed.sentences)
    assert list(words.data["word"]) == list(rk.count_words(seed)["word"].head(20))


def test_a_target_does_not_look_like_a_result() -> None:
    report = rk.parse(
        "一、2023年工作回顾\n生产总值增长5.2%，能耗下降3%以上。失业率为5%。\n"
        "二、2024年工作安排\n今年主要预期目标是：生产总值增长5.5%左右，能耗下降2%以上，失业率控制在5.5%以内。\n"
    )
    metrics = rk.extract_metrics(report)
    both = rk.plot_changes(metrics)
    assert both.data[["change", "status"]].to_numpy().tolist() == [
        [5.2, "reported"], [-3.0, "reported"], [5.5, "target"], [-2.0, "target"],
    ]  # fmt: skip
    assert "hollow" in both.caption
    assert "Results (filled bars): 2, 1 down, 1 up" in both.alt
    assert "Targets (hollow bars): 2, 1 down, 1 up" in both.alt
    assert rk.plot_changes(metrics, top=1).data["status"].tolist() == ["reported", "target"]  # results crowd no target out
    assert "hollow" in rk.plot_changes(metrics[metrics["status"] == "target"]).caption
    assert "hollow" not in rk.plot_changes(metrics[metrics["status"] == "reported"]).caption
    levels = rk.plot_levels(metrics)
    assert levels.data["status"].tolist() == ["reported", "target"]
    assert "hollow" in levels.caption
    assert "1 of them" in levels.alt


@pytest.mark.parametrize("plot", [rk.plot_changes, rk.plot_levels])
def test_the_marks_of_targets_are_hollow(plot: Callable[[pd.DataFrame], Figure]) -> None:
    metrics = rk.extract_metrics(rk.parse("生产总值增长25%，投资下降23%，销售增长24%。失业率为5%，覆盖率为95%。"))

    def coloured(status: str) -> int:
        pixels = image.imread(io.BytesIO(plot(metrics.assign(status=status)).image))[:, :, :3]
        return int(((pixels.max(axis=2) - pixels.min(axis=2)) > 0.5).sum())

    assert 0 < coloured("target") < 0.6 * coloured("reported")


def test_a_large_value_is_written_out_in_a_picture() -> None:
    metrics = rk.extract_metrics(rk.parse("生产总值达到64697.5亿元，投资5亿元，进出口额达到33000亿元。"))
    alt = rk.plot_levels(metrics, unit="元").alt
    assert "500,000,000 元" in alt
    assert "6,469,750,000,000 元" in alt


def test_a_rare_character_and_markup_neither_warn_nor_break_the_page() -> None:
    report = rk.parse("一、推进<b>𠮷𪚥</b>&“工作”$x^2$\n（一）完成“龘”。任务完成3件。")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = rk.plot_structure(rk.extract_sections(report))
    html = figure._repr_html_()
    assert "<b>" not in html
    assert '<img src="data:image/png;base64,' in html


def test_too_many_sections_are_drawn_by_their_upper_levels() -> None:
    text = "".join(
        f"{n}、部分\n" + "".join(f"（{m}）小节。内容{n}。\n" for m in "一二三四五六七八九") for n in "一二三四五六七八九"
    )
    figure = rk.plot_structure(rk.extract_sections(rk.parse(text)))
    assert list(figure.data["level"]) == [1] * 9


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no sections"):
        rk.plot_structure(rk.extract_sections(rk.parse("没有标题。")))
    metrics = rk.extract_metrics(rk.parse("没有数字。"))
    with pytest.raises(ValueError, match="holds no changes in %"):
        rk.plot_changes(metrics)
    with pytest.raises(ValueError, match="holds no levels in '件'"):
        rk.plot_levels(metrics, unit="件")


def test_a_figure_can_be_saved(tmp_path: Path, seed: Report) -> None:
    saved = rk.plot_words(rk.count_words(seed)).save(tmp_path / "words.png")
    assert saved.read_bytes().startswith(b"\x89PNG")


def test_the_font_covers_gb2312_and_names_its_licence() -> None:
    from fontTools.ttLib import TTFont

    with TTFont(font_path()) as font:
        known = set(font.getBestCmap())
        names = {record.nameID: str(record) for record in font["name"].names}
    gb2312 = {bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFA)}
    assert {char for char in gb2312 if ord(char) not in known} == set()
    assert all(ord(char) in known for char in "堃瑄濛镕喆〓〖〗①％，。“”《》")
    assert "Source" not in names[1] + names[4]  # the reserved font name
    assert "SIL OPEN FONT LICENSE" in (font_path().parent / "OFL.txt").read_text(encoding="utf-8")
