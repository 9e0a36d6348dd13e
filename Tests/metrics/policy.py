"""The thresholds of the report, as a project's configuration sets them."""
import os
import re

DEFAULTS = {
    "default_timeout": 3600.0, "cleanup_interval": 300.0, "recent": 86400.0, "max_concurrent_droids": None,
    "abandonment_rate": 0.10, "success_rate": 0.50, "min_executions": 3, "validation_rate": 0.90, "late_rate": 0.05,
    "consecutive_failures": 5, "min_sample": 30, "false_alarms": 0.01, "drift_window": 86400.0, "success_drop": 0.10,
    "duration_factor": 3.0, "resource_factor": 3.0, "frequency_factor": 3.0, "heartbeat_timeout": None,
}
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def policy(project):
    """The defaults, and what `key: value` lines of droid-forge.yaml say; their nesting is the business of other tests."""
    found = dict(DEFAULTS)
    path = os.path.join(project, "droid-forge.yaml")
    with open(path if os.path.exists(path) else os.devnull) as file:
        for key, value, unit in re.findall(r"^ *(\w+): ([\d.]+)([smhd]?)$", file.read(), re.MULTILINE):
            found[key] = float(value) * UNITS[unit]
    return found
