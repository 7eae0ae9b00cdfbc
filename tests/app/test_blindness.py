"""While a common task is open, nobody gets the other's work: by no page, address or file."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from google.protobuf import text_format
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from tests.app.conftest import drawn_by_us
from wenma.app.main import PAGES
from wenma.study.study import Study

ONE, OTHER, GIVER = "赵四", "周二", "王三"  # not the name a field shows as an example
MEMO, REASON, RIGHT = "暗号备忘", "暗号理由", "暗号长句"
SECRETS = (ONE, MEMO, REASON)


@pytest.fixture(scope="module")
def given(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A task of two for two people, of which the one has done half, with verdicts and memos."""
    with Study.open(sample):
        file = Path(shutil.copy(sample, tmp_path_factory.mktemp("blind") / "given.db"))
    with Study.open(file) as study:
        document = study.document_ids()[0]
        body = [one for one in study.units(document) if one.kind == "body"][:2]
        study.session(GIVER).assign("试", [ONE, OTHER], [(document, n.number) for n in body])
        session = study.session(ONE)
        session.judge("试", document, body[0].number, ["stage/recover"])
        session.code(document, body[1].start, body[1].start + 7, "stage/adapt")
        rules = study.codings(document, coder=study.coders()[0])
        session.reject(rules[0], REASON)
        session.accept(rules[1])
        session.note(f"document:{document}", MEMO)
        session.note("project", MEMO)
    return file


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every file a page offers, made as it is drawn, by its name."""
    made: dict[str, bytes] = {}

    def offered(draw: Callable[..., object]) -> Callable[..., object]:
        def drawn(*args: object, **options: object) -> object:
            data = options["data"]
            content = data() if callable(data) else data
            made[str(options["file_name"])] = (
                content.encode() if isinstance(content, str) else content
            )
            return draw(*args, **{**options, "data": content})

        return drawn

    monkeypatch.setattr(st, "download_button", offered(st.download_button))
    drawer = offered(DeltaGenerator.download_button)
    monkeypatch.setattr(DeltaGenerator, "download_button", drawer)
    return made


def words(app: AppTest) -> str:
    """Everything a page sends to the browser, as text."""
    said = [drawn_by_us(app)]
    for block in (app.main, app.sidebar):
        for node in block:
            if hasattr(node.proto, "DESCRIPTOR"):
                said.append(text_format.MessageToString(node.proto, as_utf8=True))
            if node.type in ("arrow_data_frame", "arrow_table"):
                said.append(node.value.to_csv())
    said += [one.value.to_csv() for one in app.dataframe]
    said += [str(one.options) for one in (*app.selectbox, *app.multiselect)]
    return "\n".join(said)


def inside(content: bytes) -> str:
    """The text of a file, and of every file in it where it is an archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(inside(archive.read(name)) for name in archive.namelist())


ADDRESSES = (
    {},
    {"coder": ONE, "one": ONE, "other": OTHER},
    {"coder": "reviewed"},
    {"coder": "decided", "excerpts": "{}"},
)


@pytest.mark.parametrize("who", [OTHER, ""])
@pytest.mark.parametrize("page", [one for one in PAGES if one != "export"])
def test_no_page_address_or_file_of_it_holds_anothers_work(opened, given, downloads, page, who):
    for address in ADDRESSES:
        app = opened(page, project=given, person=who, **address)
        assert not app.exception
        shown = words(app).replace(address.get("coder", "-"), "")  # the address quoted as it was
        assert not [one for one in SECRETS if one in shown], address
    for name, content in downloads.items():
        found = [one for one in (MEMO, REASON) if one in inside(content)]
        assert not found, name


@pytest.mark.parametrize("who", [OTHER, ""])
def test_no_table_report_or_pack_counts_anothers_codings(opened, given, downloads, who):
    app = opened("export", project=given, person=who, artefact="A12")
    assert not app.exception
    assert not [one for one in SECRETS if one in words(app)]
    assert {"given.zip", "given.html", "given.docx"} <= set(downloads)
    coders = f'"coder": "{ONE}"', f",{ONE},", f">{ONE}<"
    for name, content in downloads.items():
        assert not [one for one in (*coders, MEMO, REASON) if one in inside(content)], name
    # The agreement of two people, of whom one is not to be seen, is not there to be had.
    assert any("信度需要至少两名编码者" in one.value for one in app.info)


@pytest.mark.parametrize("coder", ["reviewed", "decided"])
def test_anothers_verdicts_decide_nothing_for_who_is_blind_to_them(opened, given, coder):
    def references(who: str) -> str:
        app = opened("overview", project=given, person=who, coder=coder)
        assert not app.exception
        return str(app.metric[2].value) if app.metric else "0"

    assert references(ONE) != references(OTHER) or coder == "decided"
    with Study.open(given) as study:
        data = study.ask("frequency", coder="rules:resilience@1.6").frame
    if coder == "reviewed":
        assert references(OTHER) == f"{data['references_own'].sum():,}"


def test_who_did_the_work_and_who_has_nothing_to_do_with_the_task_see_it(opened, given):
    for who in (ONE, GIVER):
        app = opened("history", project=given, person=who)
        assert ONE in set(app.dataframe[0].value["who"])
        assert MEMO in words(opened("reader", project=given, person=who))
