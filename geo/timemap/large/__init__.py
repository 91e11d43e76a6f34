"""Large sets: events as packed columns instead of elements of the document.

Above `LARGE_FROM` events the page carries arrays, and its script paints them
into one canvas. Python still gives every word; the script only fills named
places.
"""

from geo.dataset import Dataset
from geo.timemap.large.payload import LargePayload, large_payload_of

__all__ = ["LARGE_FROM", "LargePayload", "is_large", "large_payload_of"]

LARGE_FROM = 2000
"""The most events that are shown with an element each."""


def is_large(dataset: Dataset) -> bool:
    """Tell whether a dataset has too many events for an element each."""
    return len(dataset.events) > LARGE_FROM
