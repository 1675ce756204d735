"""How fast work goes, smoothed, so that the time left does not jump about."""

from time import monotonic

SAMPLE_SECONDS = 1.0
WEIGHT_OF_LATEST = 0.3


class Rate:
    def __init__(self) -> None:
        self._doing: str | None = None
        self._done = 0
        self._at = 0.0
        self._rate: float | None = None

    def after(self, done: int, doing: str) -> float | None:
        """Return units a second, now that ``done`` are done; None while that is a guess."""
        now = monotonic()
        if doing != self._doing or done < self._done:
            self._doing, self._done, self._at, self._rate = doing, done, now, None
            return None
        elapsed = now - self._at
        if elapsed >= SAMPLE_SECONDS:
            latest = (done - self._done) / elapsed
            before = latest if self._rate is None else self._rate
            self._rate = before + WEIGHT_OF_LATEST * (latest - before)
            self._done, self._at = done, now
        return self._rate
