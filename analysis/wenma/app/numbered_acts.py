"""Acts as the browser sends them: numbered, about what was on the screen, each done once."""

from collections.abc import Callable, Mapping
from typing import Any

from wenma.study.own_work import own_acts
from wenma.study.study import Study

ActAnswer = dict[str, Any]
"""What the browser is told: ``text``, and ``failed`` where nothing was changed."""

NOTHING_DONE: Mapping[str, Any] = {"page": "", "n": 0, "text": ""}


def do_new_acts(
    sent: object, done: Mapping[str, Any], do: Callable[[Mapping[str, Any]], ActAnswer]
) -> Mapping[str, Any]:
    """Do each act of a page that is not done yet, in its order; what the browser is told now.

    `sent` is ``{"page": …, "acts": [{"n": 1, …}, …]}``: the browser sends every act again
    until it hears of it in `done`.

    >>> def do(act):
    ...     print(act["verb"])
    ...     return {"text": "done"}
    >>> sent = {"page": "p", "acts": [{"n": 1, "verb": "code"}, {"n": 2, "verb": "undo"}]}
    >>> done = do_new_acts(sent, NOTHING_DONE, do)
    code
    undo
    >>> do_new_acts(sent, done, do)
    {'page': 'p', 'n': 2, 'text': 'done'}
    """
    if not isinstance(sent, Mapping):
        return done
    page, acts = str(sent.get("page")), sent.get("acts")
    for one in acts if isinstance(acts, list) else ():
        number = one.get("n") if isinstance(one, Mapping) else None
        reached = done.get("n", 0) if done.get("page") == page else 0
        if isinstance(number, int) and number > reached:
            done = {"page": page, "n": number, **do(one)}
    return done


def out_of_date(study: Study, act: Mapping[str, Any]) -> str:
    """The message for an act of another time or person than the page knew; "" for one of now.

    An act that takes back says `after` how many of the person's acts, so that it takes
    back what the page showed as the last and nothing else.
    """
    person = study.access.person
    if act.get("person", person) != person:
        return "other_person"
    after = act.get("after")
    return "" if after is None or after == own_acts(study) else "acted_since"
