"""The option that writes golden files anew: `pytest tests/golden --renew-golden`."""

import pytest

pytest.register_assert_rewrite("tests.golden.cases")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write what the code gives now into the golden files")


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-golden", default=False))
