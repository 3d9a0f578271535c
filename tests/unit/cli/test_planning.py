"""The capacity plan holds in a simulation of the queue with the measured extraction times."""

import heapq
import json
import random

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.planning.measured import read_measured
from cli.planning.needs import Wish, plan
from cli.planning.span import read_span
from cli.planning.waiting import processes_for, time_to_result
from ledger import LedgerSettings
from schemas.errors import Invalid

MEASURED = read_measured()
SERVICE_S = MEASURED.service_times()
MEAN_S = sum(SERVICE_S) / len(SERVICE_S)
SETTINGS = LedgerSettings(redis_url=None)


def simulate(*, rate_per_s, processes, articles=60_000, share=0.99):
    """Let articles come at random; the process that is free first takes the next. Gives a quantile of their times."""
    order = random.Random(3)  # noqa: S311 - the same arrivals in each run
    free = [0.0] * processes
    now, took = 0.0, []
    for _ in range(articles):
        now += order.expovariate(rate_per_s)
        done = max(now, heapq.heappop(free)) + order.choice(SERVICE_S)
        heapq.heappush(free, done)
        took.append(done - now)
    return sorted(took)[int(share * articles)]


@pytest.mark.parametrize("processes", [1, 4, 40])
@pytest.mark.parametrize("busy", [0.3, 0.6, 0.8])
def test_time_to_the_result_is_that_of_the_simulation(processes, busy):
    """Within a sixth: good enough to buy machines by."""
    rate = busy * processes / MEAN_S
    calculated = time_to_result(0.99, rate_per_s=rate, service_s=SERVICE_S, processes=processes)
    assert simulate(rate_per_s=rate, processes=processes) == pytest.approx(calculated, rel=1 / 6)


@pytest.mark.parametrize("per_day", [1_000, 100_000, 10_000_000])
@pytest.mark.parametrize("times_the_slowest", [1.2, 4, 40])
def test_planned_processes_suffice_and_are_not_twice_too_many(per_day, times_the_slowest):
    target = times_the_slowest * SERVICE_S[-1]
    needs = plan(Wish(articles_per_day=per_day, p99_s=target), MEASURED, SETTINGS)
    assert simulate(rate_per_s=needs.peak_per_s, processes=needs.processes) <= 1.05 * target
    if needs.processes > 2 and needs.busy < 0.8:  # else the share of the time decides, not the target
        assert simulate(rate_per_s=needs.peak_per_s, processes=needs.processes // 2) > target


def test_processes_keep_time_to_spare():
    count = processes_for(rate_per_s=100 / MEAN_S, service_s=SERVICE_S, p99_s=1e6)
    assert 100 / count <= 0.85


def test_twice_the_words_take_twice_the_processes_and_half_the_speed_too():
    def processes(**changed):
        return plan(Wish(articles_per_day=1e7, p99_s=600, **changed), MEASURED, SETTINGS).processes

    assert processes(words=2 * MEASURED.mean_words) == pytest.approx(2 * processes(), abs=2)
    assert processes(speed=0.5) == pytest.approx(2 * processes(), abs=2)


def test_redis_needs_less_when_results_are_kept_for_less_long():
    short = LedgerSettings(redis_url=None, result_lifetime_s=3_600)
    wish = Wish(articles_per_day=1e6, p99_s=60)
    assert plan(wish, MEASURED, short).maxmemory_mib < plan(wish, MEASURED, SETTINGS).maxmemory_mib / 2


def test_what_shorter_lifetimes_would_save_is_said():
    needs = plan(Wish(articles_per_day=1e7, p99_s=60), MEASURED, SETTINGS)
    lean = SETTINGS.model_copy(update={"result_lifetime_s": 3_600.0, "record_lifetime_s": 86_400.0})
    chosen = plan(Wish(articles_per_day=1e7, p99_s=60), MEASURED, lean)
    assert needs.lean_maxmemory_mib == chosen.maxmemory_mib == chosen.lean_maxmemory_mib
    assert "could be" in run("--format", "table").output


def test_streams_that_reach_their_cap_hold_messages_for_less_long():
    assert plan(Wish(articles_per_day=100, p99_s=60), MEASURED, SETTINGS).stream_s == SETTINGS.stream_lifetime_s
    assert plan(Wish(articles_per_day=1e7, p99_s=60), MEASURED, SETTINGS).stream_s < 3_600


def test_a_target_below_the_extraction_alone_is_refused():
    with pytest.raises(Invalid, match="expected at least"):
        plan(Wish(articles_per_day=100, p99_s=MEAN_S / 100), MEASURED, SETTINGS)


@pytest.mark.parametrize("written", ["", "0s", "-3s", "3 weeks", "s"])
def test_what_is_no_span_is_refused(written):
    with pytest.raises(Invalid, match="--p99: expected a span"):
        read_span(written, option="--p99")


def run(*options):
    return CliRunner().invoke(app, ["plan", "--articles-per-day", "10000000", *options])


def test_command_prints_a_table_with_the_settings_that_matter():
    printed = run("--p99", "30s", "--format", "table").output
    assert "10,000,000 articles a day" in printed
    for word in ("workers", "maxmemory", "DEPESCHE_RESULT_LIFETIME_S", "scale on"):
        assert word in printed


def test_command_prints_json_for_programs():
    found = json.loads(run().stdout)
    assert found["wish"]["p99_s"] == 30
    assert found["needs"]["processes"] >= found["needs"]["peak_per_s"] * MEAN_S


def test_command_says_what_is_wrong_in_one_sentence():
    done = run("--p99", "1ms")
    assert done.exit_code == 24
