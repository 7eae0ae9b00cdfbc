import pytest

from wenma.sources import ocr_cache
from wenma.sources.ocr_cache import keep_page, kept_page, picture_key

Image = pytest.importorskip("PIL.Image", reason="needs Pillow")
FOUND = [("建设韧性城市", 0.98, 1.0, 2.0, 30.0, 12.0)]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WENMA_CACHE", str(tmp_path))
    return tmp_path / "ocr"


def test_a_page_that_was_kept_comes_back():
    assert kept_page("a") is None
    keep_page("a", FOUND)
    assert kept_page("a") == FOUND


@pytest.mark.parametrize(
    "damage", [b"", b"[[1]]", b"{}x", b'[["a", 1, 2, 3, 4]]', b"\xff\xfe", b"7"]
)
def test_a_damaged_page_is_recognised_anew(folder, damage):
    keep_page("a", FOUND)
    (folder / "a.json").write_bytes(damage)
    assert kept_page("a") is None


def test_nothing_half_written_stays(folder):
    keep_page("a", FOUND)
    assert [path.name for path in folder.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_written_to_costs_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WENMA_CACHE", str(tmp_path / "file"))
    keep_page("a", FOUND)
    assert kept_page("a") is None


def test_the_pages_used_longest_ago_go_first(folder, monkeypatch):
    import os

    monkeypatch.setattr(ocr_cache, "_MOST_PAGES", 3)
    monkeypatch.setattr(ocr_cache, "_SPARED", 2)
    for age, name in enumerate("abcd"):
        keep_page(name, FOUND)
        os.utime(folder / f"{name}.json", (1000 + age, 1000 + age)) if name != "d" else None
    assert [name for name in "abcd" if kept_page(name)] == ["c", "d"]


def test_pictures_are_told_apart_by_what_they_show():
    white, black = Image.new("L", (4, 4), 255), Image.new("L", (4, 4), 0)
    assert picture_key(white, "one") == picture_key(white.copy(), "one")
    shown = [(white, "one"), (black, "one"), (white, "two"), (white.resize((2, 8)), "one")]
    keys = {picture_key(picture, engine) for picture, engine in shown}
    assert len(keys) == 4
