"""Without a browser its tests fail and say what to do; they are never passed over in silence."""

from __future__ import annotations

import pytest

from browser.conftest import program


def test_a_missing_browser_is_a_failure_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(pytest.fail.Exception, match=r'apt-get install chromium.*-m "not browser"'):
        program()
