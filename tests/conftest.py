"""What every test shares."""

import os

from hypothesis import HealthCheck, settings

# Shared machines are slow at odd moments: time is no property here, and CI repeats exactly what it did before.
settings.register_profile("depesche", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
settings.register_profile("ci", parent=settings.get_profile("depesche"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "depesche")
