"""Where 8-bit products may overflow, the slower way is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from worker.extraction.models.multitask.processor import may_overflow


@pytest.mark.parametrize(
    ("machine", "flags", "expected"),
    [
        pytest.param("x86_64", "fpu sse2 avx2", True, id="x86 without dot product"),
        pytest.param("x86_64", "fpu avx2 avx512_vnni", False, id="x86 server with VNNI"),
        pytest.param("AMD64", "fpu avx2 avx_vnni", False, id="x86 desktop with VNNI"),
        pytest.param("aarch64", "fp asimd", False, id="ARM"),
    ],
)
def test_old_x86_processors_may_overflow(tmp_path: Path, machine: str, flags: str, *, expected: bool) -> None:
    """The flags that Linux lists decide."""
    cpu_info = tmp_path / "cpuinfo"
    cpu_info.write_text(f"processor\t: 0\nflags\t\t: {flags}\n", encoding="utf-8")
    assert may_overflow(machine=machine, cpu_info=cpu_info) is expected


def test_an_unknown_x86_processor_counts_as_old(tmp_path: Path) -> None:
    """Rather slow than wrong."""
    assert may_overflow(machine="x86_64", cpu_info=tmp_path / "missing")
