"""Each Celery setting stands against a way to lose or repeat work; none may change unseen."""

import pytest

from ledger.errors import SettingsInvalid
from ledger.settings import read_settings
from schemas.names import QUEUE_BACKFILL, QUEUE_LIVE
from worker.service.app import create_app
from worker.service.settings import WorkerSettings

EXPECTED = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_acks_on_timeout": True,
    "task_acks_on_failure": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "result_backend": None,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_channel_error_retry": True,
    "task_publish_retry": True,
    "task_publish_retry_policy": {
        "max_retries": 20,
        "interval_start": 0.1,
        "interval_step": 0.1,
        "interval_max": 1.0,
    },
    "worker_max_tasks_per_child": 1000,
    "worker_max_memory_per_child": 1536 * 1024,
    "worker_soft_shutdown_timeout": 20,
    "accept_content": ["json"],
    "result_accept_content": ["json"],
    "task_serializer": "json",
    "event_serializer": "json",
    "worker_send_task_events": True,
}
TRANSPORT = {
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "queue_order_strategy": "priority",
}


@pytest.fixture
def app():
    return create_app(WorkerSettings(redis_url="redis://h:6379/0"))


@pytest.mark.parametrize("name", EXPECTED)
def test_setting_is_as_decided(app, name):
    assert app.conf[name] == EXPECTED[name]


@pytest.mark.parametrize("name", TRANSPORT)
def test_transport_option_is_as_decided(app, name):
    assert app.conf.broker_transport_options[name] == TRANSPORT[name]


def test_live_comes_first(app):
    """So that a corpus never starves the news."""
    assert list(app.amqp.queues) == [QUEUE_LIVE, QUEUE_BACKFILL]


def test_no_pickle_is_taken(app):
    """Of no kind: a message that is code would run here."""
    kinds = {*app.conf.accept_content, *app.conf.result_accept_content, app.conf.task_serializer}
    assert kinds == {"json"}


def test_message_is_not_handed_out_again_while_it_may_run():
    """It may wait behind one of the longest kind, and then take as long itself."""
    settings = WorkerSettings(redis_url="redis://h")
    longest = settings.longest_message_s() + 60
    assert settings.broker_visibility_timeout_s > 2 * longest
    assert settings.longest_message_s() >= 1_000_000 / 2 / 500


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("VISIBILITY_TIMEOUT_S", "600", "twice the longest message"),
        ("HANG_GRACE_S", "15", "less than lease_margin_s"),
        ("MODEL", "huge", "DEPESCHE_MODEL"),
        ("CONCURRENCY", "0", "DEPESCHE_CONCURRENCY"),
        ("ZONE_DE", "Europe/Atlantis", "DEPESCHE_ZONE_DE"),
    ],
)
def test_settings_that_would_repeat_work_are_refused(monkeypatch, name, value, found):
    monkeypatch.setenv(f"DEPESCHE_{name}", value)
    with pytest.raises(SettingsInvalid, match=found):
        read_settings(WorkerSettings)
