"""The production server as a process: it starts by itself, and what it acknowledged survives it."""

import re
import resource
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.server.process import POSTGRES, Cable, Database, Disk, Drive, Server, Visitor, grade_form

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path)
    yield made
    made.drop()


@pytest.fixture
def way(tmp_path: Path, database: Database) -> Iterator[Cable | Drive]:
    """What lies between the server and its database, and can be pulled out and put back."""
    if not POSTGRES:
        yield Drive(tmp_path)
        return
    cable = Cable(database.url)
    yield cable
    cable.pull()


@pytest.fixture
def server(tmp_path: Path, database: Database) -> Iterator[Server]:
    running = Server(tmp_path, database.url)
    running.start()
    yield running
    running.kill()


def test_a_grade_that_was_acknowledged_survives_kill_9_and_a_second_start_is_quick(
    tmp_path: Path, database: Database, server: Server
) -> None:
    visitor = Visitor(server.port)
    address, fields = grade_form(page := visitor.sign_up())
    visitor.post(address, page, **fields, quality="4")
    server.kill()
    stored = database.rows("SELECT submission_id, quality FROM cards_reviewlog")
    assert [(UUID(str(one)), quality) for one, quality in stored] == [
        (UUID(fields["submission_id"]), 4)
    ]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert server.start() < 5  # under 3 on an idle machine; the tests share this one


def test_the_page_without_a_connection_is_kept_by_its_fingerprints(server: Server) -> None:
    visitor = Visitor(server.port)
    worker = visitor.get("/sw.js")
    kept = re.findall(r'"(/[^"]+)"', worker[worker.index("KEPT") : worker.index("];")])
    assert len(kept) > 5
    assert all(re.search(r"\.[0-9a-f]{12}\.", address) for address in kept)
    page = visitor.get("/offline/")
    assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) <= set(kept)
    fonts = Visitor(server.port).get(next(one for one in kept if "/base." in one))
    wanted = set(re.findall(r"fonts/((?:inter|source)[^\"]+\.woff2)", fonts))
    assert wanted <= {address.rpartition("/")[2] for address in kept}
    for address in kept:
        with urllib.request.urlopen(visitor.base + address, timeout=20) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("model", ["", "small"])
def test_a_review_page_is_light(tmp_path: Path, database: Database, model: str) -> None:
    server = Server(tmp_path, database.url, LLM_MODEL=model, LLM_BASE_URL="http://127.0.0.1:9/v1")
    server.start()
    try:
        _is_light(Visitor(server.port), has_model=bool(model))
    finally:
        server.kill()


def _is_light(visitor: Visitor, *, has_model: bool) -> None:
    page = visitor.sign_up()
    sizes = {"page": visitor.received}
    for asset in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"', page):
        request = urllib.request.Request(visitor.base + asset, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            sizes[asset] = len(answer.read())
            assert sizes[asset], f"{asset} is empty"
    script = sum(size for name, size in sizes.items() if name.endswith(".js"))
    assert script <= 25_000, sizes
    assert any("/needed." in name for name in sizes) == has_model
    assert sum(sizes.values()) <= 60_000, sizes


def test_the_pictures_of_an_answer_arrive_and_may_be_kept_for_ever(server: Server) -> None:
    visitor = Visitor(server.port)
    visitor.sign_up()
    page = visitor.get("/library/q/role-of-attention/")
    pictures = re.findall(r'src="(/static/diagrams/[^"]+)"', page)
    assert pictures
    for picture in pictures:
        with urllib.request.urlopen(visitor.base + picture, timeout=20) as answer:
            assert answer.headers["Content-Type"] == "image/svg+xml"
            assert "immutable" in answer.headers["Cache-Control"]


def test_a_picture_that_does_not_exist_breaks_no_page(server: Server) -> None:
    visitor = Visitor(server.port)
    visitor.sign_up()
    form = visitor.get("/library/new/")
    fields = {"category": "research", "prompt": "Seen?", "level": "1", "minutes": "1"}
    points = {"points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0"}
    answer = {"answer": "![gone](/static/diagrams/gone.svg)"}
    assert "Seen?" in visitor.post("/library/new/", form, **fields, **points, **answer)


def test_while_the_database_is_down_a_grade_is_503_and_is_taken_once_it_is_back(
    tmp_path: Path, database: Database, way: Cable | Drive
) -> None:
    server = Server(tmp_path, way.url)
    server.start()
    try:
        visitor = Visitor(server.port)
        address, fields = grade_form(page := visitor.sign_up())
        way.pull()
        status, text, retry_after = visitor.try_post(address, page, **fields, quality="4")
        assert (status, retry_after) == (503, "3")
        assert "nothing you had saved is lost" in text
        way.plug_in()
        while visitor.try_post(address, page, **fields, quality="4")[0] == 503:
            pass
        assert database.rows("SELECT count(*) FROM cards_reviewlog") == [(1,)]
    finally:
        server.kill()


@pytest.fixture
def disk(database: Database, server: Server) -> Disk:
    # A disk is filled here by limiting the running server's files from outside, which macOS cannot;
    # without it the test would need a disk of its own. In CI a skip is a failure.
    if not (POSTGRES or hasattr(resource, "prlimit")):
        pytest.skip("only Linux can limit the files of another process")
    return Disk(database, server)


def test_while_the_disk_is_full_a_grade_is_503_with_no_part_stored(
    database: Database, server: Server, disk: Disk
) -> None:
    visitor = Visitor(server.port)
    address, fields = grade_form(page := visitor.sign_up())
    disk.fill()
    status, _, retry_after = visitor.try_post(address, page, **fields, quality="4", attempt="So.")
    assert (status, retry_after) == (503, "3")
    assert database.rows("SELECT count(*) FROM cards_card") == [(0,)]
    disk.free()
    assert visitor.try_post(address, page, **fields, quality="4", attempt="So.")[0] == 200
    assert database.rows("SELECT attempt FROM cards_reviewlog") == [("So.",)]
