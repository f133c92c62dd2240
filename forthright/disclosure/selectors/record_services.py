"""What the record sheet says of services: what went and how, and what was corrected of it."""

from collections.abc import Callable
from datetime import datetime

from forthright.audit.models import Event
from forthright.disclosure.models import Serving
from forthright.rules.words import count_words, moment_words

Says = Callable[[Event, object], tuple[str, str]]


def _moment(text: object) -> str:
    return moment_words(datetime.fromisoformat(str(text)))


def _served(event: Event, _: object) -> tuple[str, str]:
    detail = event.detail
    kind = Serving.Kind(detail["kind"]).label
    number = f": {count_words(detail['items'], 'item')}" if detail["items"] else ""
    said = [Serving.Method(detail["method"]).label]
    if detail.get("then"):
        said.append(f"recorded as it stood {_moment(detail['then'])}")
    if past := detail.get("past"):
        came = count_words(len(past), "delivery", "deliveries")
        said.append(f"it went although {came} had come that nobody had taken in")
    if aside := detail.get("aside"):
        items = count_words(aside, "item")
        said.append(f"only purported, with {items} set aside and not decided")
    return f"Served: {kind}{number}", "; ".join(said)


def _service_corrected(event: Event, _: object) -> tuple[str, str]:
    detail = event.detail
    moments = [_moment(detail[each]) for each in ("before", "after")]
    said = [] if moments[0] == moments[1] else [f"served {moments[1]}, before: {moments[0]}"]
    # What was recorded before the way could be corrected says none.
    ways = [Serving.Method(detail[each]).label for each in ("method", "method_before")
            if detail.get(each)]  # fmt: skip
    if len(set(ways)) > 1:
        said.append(f"{ways[0]}, before: {ways[1]}")
    return "What was typed of a service was corrected", "; ".join(said)


SERVICES: dict[str, Says] = {
    "disclosure.served": _served,
    "disclosure.service_corrected": _service_corrected,
}
