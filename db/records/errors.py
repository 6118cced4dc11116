"""Errors of the store, in the words of who asked."""

from __future__ import annotations


class NotFound(LookupError):
    """There is no such thing, or it is somebody else's: the two look the same."""


class NoSuchJob(NotFound):
    """No job has this id, or it is not yours to change."""


class NoSuchPattern(NotFound):
    """No pattern has this id."""


class Gone(LookupError):
    """Its maker deleted this pattern."""


class AlreadyFinished(RuntimeError):
    """The job has ended; there is nothing left to cancel."""


class BadCursor(ValueError):
    """A cursor that no list of ours gave out."""
