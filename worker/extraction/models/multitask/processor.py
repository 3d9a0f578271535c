"""What the processor can do, as far as the network's arithmetic depends on it."""

from __future__ import annotations

import platform
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
_DOT_PRODUCT_FLAGS = frozenset({"avx512_vnni", "avx_vnni", "avx_vnni_int8", "amx_int8"})


def may_overflow(*, machine: str | None = None, cpu_info: Path = _CPU_INFO) -> bool:
    """Whether the quick product of 8-bit integers may overflow here.

    Older x86 processors add pairs of products in 16 bits, which is too narrow for full 8-bit weights; those with a
    dot product of their own ("VNNI") and all others add in 32.

    Args:
        machine: As ``platform.machine`` gives it; this one's by default.
        cpu_info: Where Linux lists the processor's flags. Where it is absent, an x86 processor counts as old.
    """
    if (machine or platform.machine()).lower() not in {"x86_64", "amd64"}:
        return False
    try:
        lines = cpu_info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return True
    flags = next((line.partition(":")[2] for line in lines if line.startswith("flags")), "")
    return _DOT_PRODUCT_FLAGS.isdisjoint(flags.split())
