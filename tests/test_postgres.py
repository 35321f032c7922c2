"""The tests' own PostgreSQL server."""

import os

import psycopg

from tests import postgres


def test_each_test_has_an_empty_database(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url) as db:
        db.execute("CREATE TABLE mine (id bigint)")
        db.commit()
        assert postgres_server.fresh() == postgres_url  # also when somebody is still connected
    for name in ("fresh", "other"):
        with psycopg.connect(postgres_server.fresh(name)) as db:
            assert db.execute("SELECT to_regclass('mine')").fetchone() == (None,)


def test_the_server_is_on_no_network_and_ends_with_its_block() -> None:
    if postgres.binaries() is None:
        return
    with postgres.running() as server, psycopg.connect(server.url()) as db:
        assert db.execute("SHOW listen_addresses").fetchone() == ("",)
        row = db.execute("SHOW data_directory").fetchone()
        assert row
        folder = os.path.dirname(row[0])
        assert os.path.exists(folder)
    assert not os.path.exists(folder)
