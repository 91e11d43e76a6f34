"""Fixtures that any test may need."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from geo.dataset import Dataset, load
from tests import cast

# A busy machine is no failure, and a run should not differ from the last one.
settings.register_profile("almaty", deadline=None, derandomize=True)
settings.load_profile("almaty")


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Give the real data, read once; nobody writes to it."""
    return load()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give the cast as a dataset, as if it were our own."""
    return replace(load(cast.write(tmp_path_factory.mktemp("cast"))), folder="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of good data files, for a test to spoil."""
    return cast.write(tmp_path)
