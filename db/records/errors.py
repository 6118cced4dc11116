"""Errors of the store, in the words of who asked."""

from __future__ import annotations


class NotFound(LookupError):
    """There is no such thing, or it is somebody else's: the two look the same."""


class NoSuchJob(NotFound):
    """No job has this id, or it is not yours to change."""


class NoSuchPattern(NotFound):
    """No pattern has this id."""


class NoSuchDelivery(NotFound):
    """No webhook delivery has this id, or it is not yours."""


class NoSuchDevice(NotFound):
    """No device has this id, or it is not yours."""


class NoSuchLink(NotFound):
    """No code or secret of a link is this one: never given out, used, over, or tried wrongly too often."""


class Revoked(RuntimeError):
    """The device that asks has been revoked just now."""


class NoSuchRow(NotFound):
    """The pattern has no such row, or not yet."""


class Gone(LookupError):
    """Its maker deleted this pattern."""


class TakenDown(LookupError):
    """Whoever runs the site took this pattern down."""


class Stale(RuntimeError):
    """It has changed since its maker looked."""


class NoSuchColour(ValueError):
    """The pattern has no yarn of this letter."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


class AlreadyFinished(RuntimeError):
    """The job has ended; there is nothing left to cancel."""


class NotRetryable(RuntimeError):
    """The job has not failed, or its pattern is being written or is finished."""


class BadCursor(ValueError):
    """A cursor that no list of ours gave out."""


class KeyReused(ValueError):
    """This idempotency key stands for another request of the same maker."""


class AlreadyOpened(RuntimeError):
    """This very request has been taken before, under its idempotency key: its job is `job_id`."""

    def __init__(self, job_id: str) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class QuotaSpent(RuntimeError):
    """There is no more of this for now: `name` says of what, `most` how many there are, `seconds` when to try again."""

    def __init__(self, name: str, most: int, seconds: float, window: int | None = None) -> None:
        super().__init__(name)
        self.name, self.most, self.seconds, self.window = name, most, seconds, window


class QueueFull(RuntimeError):
    """More waits already than can be written in a while: `seconds` of work."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds
