"""Measures what a pipeline costs to have: ``python -m evaluation.loading_costs``; the model card tells it.

Each pipeline is loaded in a process of its own, so that nothing is there before. Processor time is told and not time by
the clock, which depends on what else the machine does.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.gold_set import load_gold
from evaluation.language_models import RESULTS, SCORERS
from worker.extraction.models import ModelVariant, load_pipeline

LONG_CHARS = 60_000
MODELS: tuple[ModelVariant, ...] = ("accurate", "small")


@dataclass(frozen=True)
class LoadingCosts:
    """What a pipeline costs to have.

    Attributes:
        imports_s: Processor time of all imports, the interpreter's start included.
        load_s: Processor time of loading after that.
        loaded_mib: Resident memory when loaded.
        highest_mib: The highest resident memory over a text of 60,000 characters.
    """

    imports_s: float
    load_s: float
    loaded_mib: float
    highest_mib: float


def measure_here(language: str, model: ModelVariant) -> LoadingCosts:
    """Load in this process, which must have loaded nothing yet."""
    imports_s = time.process_time()
    nlp = load_pipeline(language, model=model)
    load_s = time.process_time() - imports_s
    loaded_mib = _memory_mib("VmRSS")
    nlp(_long_text(language))
    return LoadingCosts(*(round(each, 2) for each in (imports_s, load_s, loaded_mib, _memory_mib("VmHWM"))))


def measure_apart(language: str, model: ModelVariant) -> LoadingCosts:
    """Load in a process of its own."""
    command = [sys.executable, "-m", "evaluation.loading_costs", language, model]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very module
    return LoadingCosts(**json.loads(done.stdout))


def _memory_mib(key: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(key)) / 1024


def _long_text(language: str) -> str:
    texts = [each.article.text for each in load_gold() if each.article.language == language]
    return "\n\n".join(itertools.islice(itertools.cycle(texts), LONG_CHARS // 100))[:LONG_CHARS]


def main() -> None:
    """Measure all pipelines and keep the figures beside the others."""
    if len(sys.argv) > 1:
        model: ModelVariant = "small" if sys.argv[2] == "small" else "accurate"
        print(json.dumps(asdict(measure_here(sys.argv[1], model))))
        return
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    for language, model in itertools.product(SCORERS, MODELS):
        results.setdefault(f"{language}.{model}", {})["loading"] = asdict(measure_apart(language, model))
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
