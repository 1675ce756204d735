"""The cast, and a lake, for every test of the repository."""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.cast",
    "tests.people",
    "tests.lake",
    "tests.once",
    "tests.real_file",
    "tests.spark",
]

# In the checks a property is tried on the same examples every time; at a desk, on new ones.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no finding
)
