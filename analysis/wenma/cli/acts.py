"""Acts of a person on the command line: what they are given as, and how they are taken back."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from wenma.cli.messages import said
from wenma.errors import UsageError

if TYPE_CHECKING:
    from wenma.study.study import Study


def named_person(person: str, what: str) -> str:
    """Who does it; `UsageError` when nobody is named, as the history must say."""
    if person:
        return person
    raise UsageError(
        f"{what} needs --person",
        cure="Say who does it: --person NAME",
        zh=f"{what} 须与 --person 同用，请说明由谁操作：--person 姓名。",
    )


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """``city=成都`` is the name and the value, which may be empty; `UsageError` without a sign.

    >>> pairs(["city=成都", "year="], "--set")
    {'city': '成都', 'year': ''}
    """
    found: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not (name and sign):
            raise UsageError(
                f"{option} {one} is not NAME=VALUE",
                cure=f"Write it as {option} city=成都",
                zh=f"{option} {one} 不是“名称=值”。请写作 {option} city=成都。",
            )
        found[name] = value
    return found


def names_and_values(given: Sequence[str]) -> dict[str, str]:
    """``成都市=成都`` stands for the value; a name by itself for what it says.

    >>> names_and_values(["深圳", "成都市=成都"])
    {'深圳': '', '成都市': '成都'}
    """
    split = [one.partition("=") for one in given]
    return {name: value for name, _, value in split}


def take_back(study: "Study", person: str, verbs: Collection[str]) -> None:
    """Undo this person's last act that holds, if it is one of these.

    `UsageError` when it is another: an act of another kind must not be taken back unseen.
    """
    acts, holding = study.history()
    last = next((one for one in acts if one.person == person and one.id in holding), None)
    if last is None or last.verb not in verbs:
        done = "nothing" if last is None else f"{last.verb} {last.document}".strip()
        raise UsageError(
            f"the last act of {person} that holds is {done}, which is not to be undone here",
            cure="Undo it in the app, where it is shown: wenma app FILE.db",
            zh=f"{person} 最近一次有效的操作不属此类（{done}）。"
            "请在浏览器中撤销：wenma app FILE.db。",
        )
    with study.session(person) as session:
        session.undo()
    print(said(zh=f"已撤销第 {last.id} 号操作", en=f"act {last.id} is taken back"))
