"""An archive is read as the folder it was made of."""

import gzip
import io
import tarfile
import unicodedata
import zipfile
from collections import Counter

import pytest

from wenma.errors import SourceError
from wenma.sources.listings import archives
from wenma.sources.listings.listing import entries
from wenma.sources.reading import fingerprint, read, read_entry

TEXT = "一、总体要求\n建成韧性城市，提高防灾能力。".encode()


class Unstated(zipfile.ZipInfo):
    """A member whose name is written in an encoding that nobody states."""

    raw = b""

    def _encodeFilenameFlags(self):
        return self.raw, 0


def zipped(file, members, *, encoding=None):
    """A zip of these members; with an encoding as programs make that state none."""
    with zipfile.ZipFile(file, "w") as out:
        for name, data in members.items():
            info = Unstated("?") if encoding else zipfile.ZipInfo("?")
            info.compress_type = zipfile.ZIP_DEFLATED
            info.filename = name
            if encoding:
                info.raw = name.encode(encoding)
            out.writestr(info, data)
    return file


def taped(file, members, mode, *, encoding="utf-8"):
    with tarfile.open(file, f"w:{mode}", encoding=encoding, format=tarfile.GNU_FORMAT) as out:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return file


@pytest.mark.parametrize("encoding", [None, "gb18030", "utf-8", "big5"])
def test_names_come_as_people_see_them(tmp_path, encoding):
    word = "規劃" if encoding == "big5" else "规划"
    names = [f"甲市/{word} 一.txt", f"甲市/{word}二.txt", f"乙市/{word}.txt"]
    file = zipped(tmp_path / "plans.zip", dict.fromkeys(names, TEXT), encoding=encoding)
    listing = entries([file])
    assert sorted(entry.id for entry in listing.entries) == sorted(names)
    assert {entry.title for entry in listing.entries} == {f"{word} 一", f"{word}二", word}
    assert all("韧性城市" in read_entry(entry).text for entry in listing.entries)


def test_western_names_without_unicode_stay_western(tmp_path):
    file = zipped(tmp_path / "plans.zip", {"résumé.txt": TEXT}, encoding="cp437")
    assert [entry.id for entry in entries([file]).entries] == ["résumé.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    ("suffix", "mode"), [("tar", ""), ("tar.gz", "gz"), ("TGZ", "gz"), ("tar.bz2", "bz2")]
)
def test_tapes_are_read_as_zips_are(tmp_path, suffix, mode, encoding):
    members = {f"甲市/规划{n}.txt": TEXT + str(n).encode() for n in (3, 1, 2)}
    file = taped(tmp_path / f"plans.{suffix}", members, mode, encoding=encoding)
    found = read(file)
    assert [one.id for one in found] == sorted(members)
    assert [one.text[-1] for one in found] == ["1", "2", "3"]


def test_an_archive_gives_what_its_folder_gives(tmp_path):
    members = {"规划/甲.txt": TEXT, "规划/乙.md": TEXT, "说明.exe": b"x"}
    for name, data in members.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    file = zipped(tmp_path / "plans.zip", members)
    one, other = entries([tmp_path / "folder"]), entries([file])
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]
    assert list(map(fingerprint, one.entries)) == list(map(fingerprint, other.entries))
    assert [why for _, why in one.skipped] == [why for _, why in other.skipped]
    assert str(other.entries[0].path) == str(file / other.entries[0].id)


@pytest.mark.parametrize("folder", ["", "全国规划/"])
def test_a_manifest_in_the_archive_holds(tmp_path, folder):
    manifest = "路径,标题,城市\n甲.txt,甲市规划,甲市\n".encode("gb18030")
    members = {"甲.txt": TEXT, "乙.txt": TEXT, "manifest.csv": manifest}
    file = zipped(tmp_path / "plans.zip", {folder + name: d for name, d in members.items()})
    listing = entries([file])
    assert [(e.id, e.title, e.city) for e in listing.entries] == [("甲.txt", "甲市规划", "甲市")]
    assert listing.unlisted == (file / folder / "乙.txt",)
    assert read_entry(listing.entries[0]).city == "甲市"


def test_a_part_of_an_archive_can_be_named(tmp_path):
    file = zipped(tmp_path / "plans.zip", {"甲/规划.txt": TEXT, "乙/规划.txt": TEXT})
    assert [entry.id for entry in entries([file / "甲"]).entries] == ["规划.txt"]
    assert [entry.id for entry in entries([file / "甲" / "规划.txt"]).entries] == ["规划.txt"]
    both = entries([file / "甲", file / "乙"]).entries
    assert [entry.id for entry in both] == ["甲/规划.txt", "乙/规划.txt"]
    with pytest.raises(SourceError, match="holds no file"):
        entries([file / "丙"])


def test_documents_of_two_archives_are_told_apart(tmp_path):
    one = zipped(tmp_path / "一.zip", {"规划.txt": TEXT})
    other = zipped(tmp_path / "二.zip", {"规划.txt": TEXT})
    found = entries([one, other]).entries
    assert [entry.id for entry in found] == ["一.zip/规划.txt", "二.zip/规划.txt"]


def test_what_systems_leave_behind_is_passed_over_and_the_rest_named(tmp_path):
    litter = ["__MACOSX/._甲.txt", ".DS_Store", "规划/Thumbs.db", "~$甲.docx", "规划/.git/甲.txt"]
    strange = ["旧/甲.zip", "旧/乙.rar", "数据.xyz"]
    file = zipped(tmp_path / "plans.zip", dict.fromkeys(["甲.txt", *litter, *strange], TEXT))
    listing = entries([file])
    assert [entry.id for entry in listing.entries] == ["甲.txt"]
    assert sorted(str(path.relative_to(file)) for path, _ in listing.skipped) == sorted(strange)
    assert all(why for _, why in listing.skipped)


@pytest.mark.parametrize(
    "name", ["../甲.txt", "/etc/甲.txt", "规划/../../甲.txt", "C:\\规划\\甲.txt", "..\\..\\甲.txt"]
)
def test_a_name_never_leads_out_of_the_archive(tmp_path, name):
    (tmp_path / "甲.txt").write_text("外面的文件", encoding="utf-8")
    file = zipped(tmp_path / "plans.zip", {name: TEXT, "好.txt": TEXT})
    listing = entries([file])
    assert [entry.id for entry in listing.entries] == ["好.txt"]
    ((path, why),) = listing.skipped
    assert "leads out" in why and ".." not in path.parts and path.is_relative_to(file)


def test_names_with_spaces_full_width_emoji_and_accents_apart_are_read(tmp_path):
    names = ["甲 市　规划（２０２１）.txt", "📄规划.txt", unicodedata.normalize("NFD", "é.txt")]
    file = zipped(tmp_path / "plans.zip", dict.fromkeys(names, TEXT))
    expected = sorted(unicodedata.normalize("NFC", name) for name in names)
    assert sorted(one.id for one in read(file)) == expected


def test_a_locked_member_is_named_and_the_others_are_read(tmp_path):
    file = zipped(tmp_path / "plans.zip", {"甲.txt": TEXT, "乙.txt": TEXT})
    data = bytearray(file.read_bytes())
    data[6] |= 1  # of the first member, in its own header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)
    listing = entries([file])
    assert len(listing.entries) == 1
    ((_, why),) = listing.skipped
    assert "password" in why


def test_a_bomb_is_told_and_not_unfolded(tmp_path, monkeypatch):
    zeros = zipped(tmp_path / "zeros.zip", {"甲.txt": bytes(40 << 20)})
    with pytest.raises(SourceError, match="would unfold"):
        entries([zeros])
    tape = tmp_path / "zeros.tar.gz"
    inner = taped(tmp_path / "zeros.tar", {"甲.txt": bytes(40 << 20)}, "")
    tape.write_bytes(gzip.compress(inner.read_bytes()))
    with pytest.raises(SourceError, match="would unfold"):
        entries([tape])
    monkeypatch.setattr(archives, "_MOST_FILES", 3)
    many = zipped(tmp_path / "many.zip", {f"{n}.txt": TEXT for n in range(4)})
    with pytest.raises(SourceError, match="would unfold"):
        entries([many])


def test_a_member_larger_than_it_says_is_refused(tmp_path):
    file = zipped(tmp_path / "plans.zip", {"甲.txt": TEXT * 100})
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    file.write_bytes(data)
    (entry,) = entries([file]).entries
    with pytest.raises(SourceError, match="cannot be unpacked"):
        read_entry(entry)


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tgz", "tar.xz"])
@pytest.mark.parametrize("cut", [0, 10, 150])
def test_a_broken_archive_is_refused_in_one_line(tmp_path, suffix, cut):
    whole = zipped(tmp_path / "whole.zip", {"甲.txt": TEXT}).read_bytes()
    file = tmp_path / f"plans.{suffix}"
    file.write_bytes(whole[:cut])
    with pytest.raises(SourceError, match=r"cannot be unpacked|holds no file") as told:
        entries([file])
    assert told.value.zh and told.value.cure


def test_archives_in_a_folder_and_those_of_other_kinds_are_named(tmp_path):
    (tmp_path / "甲.txt").write_bytes(TEXT)
    for name in ("a.zip", "b.tar.gz", "c.rar", "d.7z"):
        (tmp_path / name).write_bytes(b"x")
    skipped = {path.name: why for path, why in entries([tmp_path]).skipped}
    assert {name: "name it itself" in why for name, why in skipped.items()} == {
        "a.zip": True, "b.tar.gz": True, "c.rar": False, "d.7z": False,
    }  # fmt: skip
    assert "unpack it" in skipped["c.rar"] and "unpack it" in skipped["d.7z"]


def test_each_directory_is_read_once_however_many_files(tmp_path, monkeypatch):
    file = zipped(tmp_path / "plans.zip", {f"规划{n}.txt": TEXT for n in range(300)})
    opened = Counter()
    whole = zipfile.ZipFile

    def counted(*given, **options):
        opened[str(given[0])] += 1
        return whole(*given, **options)

    monkeypatch.setattr(archives.zipfile, "ZipFile", counted)
    assert len(read(file)) == 300
    assert opened[str(file)] == 1


def test_an_archive_that_changed_is_opened_anew(tmp_path):
    file = zipped(tmp_path / "plans.zip", {"甲.txt": TEXT})
    before = read(file)[0].text
    zipped(file, {"甲.txt": TEXT + "新增一句。".encode()})
    assert read(file)[0].text != before


def test_the_real_archive_with_names_in_gbk_is_read(shared):
    (file,) = (shared / "formats" / "archive").glob("*.zip")
    found = entries([file]).entries
    assert len(found) == 31
    assert sum("省政府工作报告" in entry.title for entry in found) > 15
    assert read_entry(found[0]).text
