"""The shell around the extraction: the Celery app, its settings, time limits, sweeping and health."""
