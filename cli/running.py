"""What ``depesche up`` does: start all, say how to use it, wait, stop all."""

from __future__ import annotations

import sys
from typing import Final

from cli.stack import Stack, StackOptions
from ledger.settings import read_settings
from worker.service.settings import WorkerSettings

READY_WITHIN_S: Final = 120


def run_up(options: StackOptions) -> None:
    """Run broker, workers and, where asked for, the gateway until Ctrl-C or SIGTERM.

    Raises:
        DepescheError: Something could not be started, or ended by itself.
    """
    with Stack(options, read_settings(WorkerSettings)) as stack:
        _say(f"broker   {stack.shown_url}" + ("" if options.redis_url else f"  (data in {stack.broker_dir})"))
        stack.wait_until_ready(timeout_s=READY_WITHIN_S)
        if not stack.is_asked_to_stop:
            _say(f"workers  {options.workers} ready")
            if options.gateway is not None:
                _say(f"gateway  {options.gateway.url}")
            _say_how_to_use(stack, options)
        stack.wait()
        _say("stopping: running articles finish or go back to the queue")
    _say("stopped")


def _say_how_to_use(stack: Stack, options: StackOptions) -> None:
    is_found_by_itself = options.redis_url is None and options.data is None
    prefix = "" if is_found_by_itself else f"DEPESCHE_REDIS_URL={stack.shown_url} "
    _say(f"submit   {prefix}depesche submit FILE" + ("   (in this folder)" if is_found_by_itself else ""))
    _say(f"results  {prefix}depesche result ID")
    _say("stop     Ctrl-C")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
