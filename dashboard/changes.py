"""What changed in the data, from its change log."""

from dashboard.markup import show
from geo.changelog import changelog
from geo.texts import Texts


def show_changes(texts: Texts) -> None:
    """List the versions of the data, and the events that were withdrawn."""
    log = changelog()
    show("changes.html.j2", texts, current=log.current, versions=log.versions)
