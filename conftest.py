"""The cast, for every test of the repository."""

pytest_plugins = ["tests.cast", "tests.people"]
