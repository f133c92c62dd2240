"""What every test may count on."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries() -> Callable[[], CaptureQueriesContext]:
    """Return a context that holds the queries made inside it, to compare one with many."""
    return lambda: CaptureQueriesContext(connection)
