"""The cast, and a lake, for every test of the repository."""

pytest_plugins = ["tests.cast", "tests.people", "tests.lake"]
