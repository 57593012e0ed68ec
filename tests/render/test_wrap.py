"""Lines too narrow for what they are to hold."""

from __future__ import annotations

import pytest

from lostcard.render.layout import wrap


@pytest.mark.parametrize("width", [-5, 0, 1, 2])
def test_a_width_that_holds_nothing_holds_one_character(width: int) -> None:
    assert wrap("あいう", width) == ["あ", "い", "う"]


def test_a_range_too_long_for_its_column_is_cut_between_its_ends() -> None:
    assert wrap("2,600〜4,600円", 10) == ["2,600〜", "4,600円"]
