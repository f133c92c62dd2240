"""Takes the recordings of a case out as a bag, with their custody for people and for programs."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies, storing
from forthright.hard_media.models import (
    Bag,
    CarrierChange,
    HandOver,
    Hearing,
    ItemChange,
    MediaItem,
    MediaStep,
    SentFile,
)
from forthright.hard_media.selectors.bags import name_in_bag, place_in_bag
from forthright.hard_media.selectors.came_with import undone
from forthright.hard_media.selectors.case_page import shareable_of
from forthright.hard_media.selectors.custody import (
    CUSTODY,
    ON_ANOTHER,
    DiscOfCopy,
    discs_of_copies,
    steps_of,
)
from forthright.hard_media.selectors.disc_moves import Step
from forthright.hard_media.selectors.harmed import Harm, harms_of
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.selectors.kept import COMPARE, Short, too_short
from forthright.hard_media.selectors.secrets import secret_among
from forthright.hard_media.services.bags import keep_bag, undo_bag
from forthright.hard_media.services.giving import files_to_give_of
from forthright.media_files.bags import Content, NotWritten, write_bag
from forthright.rules.media_facts import Classification
from forthright.rules.media_history import BEGINS_ANEW
from forthright.rules.words import list_words

CONTEXT = {
    "kb": "urn:forthright:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class NothingToExport(ValueError):
    """No recording of the case may leave, or none has a file here."""


class ToBeKnownFirst(ValueError):
    """The bag would hold what not everybody may have; the message names it, with what to do."""


@dataclass(frozen=True)
class Exported:
    """What was taken out.

    :param warnings: what in it not everybody may have, and what lacks its end, in words
    """

    files: int
    left_out: int
    warnings: tuple[str, ...]
    manifest: str


@dataclass(frozen=True)
class _Custody:
    item: MediaItem
    files: list[SentFile]
    steps: list[Step]
    discs: list[DiscOfCopy]
    # By the file, that it was found damaged while it was kept, and is whole.
    harms: dict[int, list[Harm]]
    # Whether a copy of a file of it, made or to be made, hides something that the file shows.
    is_hidden: bool

    @property
    def placed(self) -> list[tuple[SentFile, str, list[Harm]]]:
        """Return its files, each with its name in the bag if shorter, and what was found of it."""
        return [
            (
                each,
                "" if (name := name_in_bag(each)).endswith(each.file_name) else name,
                self.harms.get(each.pk, []),
            )
            for each in self.files
        ]

    @property
    def short(self) -> Short | None:
        """Return how long its files last where that is too short by the register."""
        return too_short(self.item, self.files)

    @property
    def steps_of_discs(self) -> list[Step]:
        """Return when each disc that it came on was recorded and handed on, and by whom."""
        return [step for each in self.discs for step in each.steps]

    @property
    def steps_of_files(self) -> list[Step]:
        """Return when what is kept of a file was found damaged, and when it was whole again."""
        return [
            step
            for file in self.files
            for harm in self.harms.get(file.pk, ())
            for step in harm.steps
        ]

    @property
    def every_step(self) -> list[Step]:
        """Return what became of the recording, of the discs that it came on and of its files."""
        return [*self.steps, *self.steps_of_discs, *self.steps_of_files]

    @property
    def cut(self) -> list[SentFile]:
        """Return its files that hold what is not played of them."""
        return [each for each in self.files if each.left_out]

    @property
    def is_unused(self) -> bool:
        """Say whether it is unused, so that it goes only to whom it was disclosed."""
        return bool(self.item.classification == Classification.UNUSED)


def export_case(
    hearing: Hearing, into: Path, *, is_known: bool = False, for_whom: str = "",
    by: User | None, at: datetime,
) -> Exported:  # fmt: skip
    """Write a bag of every recording of a case that may be shared and has a file here.

    What is sensitive, or was never classified, is in no part of it.

    :param is_known: whoever asks knows what in it not everybody may have
    :param for_whom: in words; nothing where nobody said
    :raises NotAllowed: if the case is another unit's
    :raises NothingToExport: if there is none
    :raises ToBeKnownFirst: if it would hold such a thing and that is not known
    :raises BagThere: if there is something at that place
    :raises NotWritten: if the disk does not take it
    :raises NotAsItCame: if a file changed since it came
    """
    policies.check_can_record(by, hearing)
    kept = _custody_of(hearing)
    if not kept:
        raise NothingToExport("No recording of this case may leave and has a file here.")
    warnings = _warnings(kept)
    if warnings and not is_known:
        raise ToBeKnownFirst(" ".join(warnings))
    about = {
        "Source-Organization": str(hearing.area),
        "External-Identifier": str(hearing.case),
        "Bagging-Date": f"{at:%Y-%m-%d}",
        "Bag-Software-Agent": "Forthright",
    }
    beside = {
        "custody.pdf": _certificate(hearing, kept, warnings, at),
        "custody.jsonld": json.dumps(case_graph(kept), indent=1).encode(),
    }
    number = sum(len(each.files) for each in kept)
    left_out = MediaItem.objects.filter(case=hearing.case_id).count() - len(kept)

    kept_bags: list[Bag] = []

    @transaction.atomic
    def before(manifest: str) -> None:
        # Recorded before the bag is there, so that none leaves of which nothing is known.
        held = [each.item for each in kept]
        bag = keep_bag(hearing, held, manifest, for_whom=for_whom, by=by, at=at)
        audit.record(
            "media.exported", hearing, by=by, at=at, bag=bag.pk,
            recordings=[each.pk for each in held], files=number, manifest=manifest,
            hidden=[each.item.pk for each in kept if each.is_hidden],
            unused=[each.item.pk for each in kept if each.is_unused],
            cut=[each.item.pk for each in kept if each.cut],
        )  # fmt: skip
        kept_bags.append(bag)

    try:
        manifest = write_bag(into, _contents(kept), about=about, beside=beside, before=before)
    except NotWritten:
        for bag in kept_bags:
            undo_bag(bag, by=by, at=at)
        raise
    return Exported(number, left_out, (*warnings, *_lacking(kept)), manifest)


def _lacking(kept: Sequence[_Custody]) -> Iterator[str]:
    """Say which files in a bag lack their end, or are too short; they may go all the same."""
    for each in kept:
        exhibit = each.item.exhibit
        for file in (file for file in each.files if file.missing):
            yield (
                f"The end of {file.file_name} of {exhibit} is missing: {file.missing} were not "
                "copied. Ask the police for a whole copy, unless this is how it was recorded."
            )
        if short := each.short:
            yield f"{short.name} of {exhibit} {short.words}. {COMPARE}"


def _warnings(kept: Sequence[_Custody]) -> tuple[str, ...]:
    """Say what of a bag not everybody may have, by its exhibit references."""
    hidden = [each.item.exhibit for each in kept if each.is_hidden]
    unused = [each.item.exhibit for each in kept if each.is_unused]
    cut = [f"{each.item.exhibit} ({_cut_words(each.cut)})" for each in kept if each.cut]
    said = []
    if hidden:
        said.append(
            f"A copy hides something of {list_words(hidden)}, and the bag shows it: it holds "
            "recordings as they came. Nobody who is to have a copy may have the bag."
        )
    if unused:
        said.append(
            f"Unused material is in the bag: {list_words(unused)}. Nobody may have it to whom "
            "that was not disclosed."
        )
    if cut:
        said.append(
            "What was cut off without converting a file still stands in it, so that the bag holds "
            f"more than is played: {list_words(cut)}. Whoever has the bag can bring that back. "
            "Look at what was cut off; nobody may have the bag who is not to have that."
        )
    return tuple(said)


def _cut_words(files: Sequence[SentFile]) -> str:
    """Say in which files more stands than is played, and how much, inside a bracket."""
    return list_words([f"in {each.file_name} {each.left_out:,.1f} seconds" for each in files])


def _custody_of(hearing: Hearing) -> list[_Custody]:
    """Return what may leave, asking as often for many recordings as for one."""
    items = shareable_of(hearing)
    # The reasons of steps are for this side alone, so they stay here.
    asked = MediaStep.objects.filter(event__in=(*CUSTODY, *ON_ANOTHER, *BEGINS_ANEW))
    put_right = CarrierChange.objects.select_related("changed_by", "item")
    prefetch_related_objects(
        items, Prefetch("steps", asked.select_related("by")), "carried__carrier",
        Prefetch("carried__carrier__hand_overs", HandOver.objects.select_related("by", "undoes")),
        Prefetch("carried__carrier__changes", put_right),
        Prefetch("changes", ItemChange.objects.select_related("changed_by")),
    )  # fmt: skip
    discs = discs_of_copies(items, hearing.area)
    never_so = undone([step for each in items for step in each.steps.all()])
    given = files_to_give_of(items)
    every = [file for files in given.values() for file in files]
    secret = secret_among({digest for each in every for digest in each.digests}, hearing.area)
    hiding, harms = hiding_of(items), harms_of(every)
    return [
        _Custody(
            item,
            files,
            steps_of(item, never_so),
            discs[item.pk],
            {each.pk: harms[each.pk] for each in files if each.pk in harms},
            item.pk in hiding,
        )
        for item in items
        if (files := given.get(item.pk)) and not any(secret & each.digests for each in files)
    ]


def _contents(kept: Sequence[_Custody]) -> Iterator[Content]:
    shelf = storing.store().shelf
    for each in kept:
        for file in each.files:
            yield Content(place_in_bag(file, each.item), file.sha256, shelf.parts(file.sha256))


def _certificate(
    hearing: Hearing, kept: Sequence[_Custody], warnings: Sequence[str], at: datetime
) -> bytes:
    import weasyprint  # its libraries take a second to load

    context = {
        "hearing": hearing,
        "kept": kept,
        "namesakes": _namesakes(kept),
        "harmed": [each.item.exhibit for each in kept if each.harms],
        "warnings": warnings,
        "at": at,
    }
    html = render_to_string("hard_media/custody.html", context)
    return bytes(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def _namesakes(kept: Sequence[_Custody]) -> dict[int, str]:
    """Return how those are called in a certificate who have their name with somebody else there."""
    began = [file.begun_by for each in kept for file in each.files]
    did = [step.who for each in kept for step in each.every_step]
    of_name: defaultdict[str, set[int]] = defaultdict(set)
    for who in (*began, *did):
        if who is not None:
            of_name[str(who)].add(who.pk)
    return {
        pk: f"{name} (number {number} of {len(pks)} people of that name)"
        for name, pks in of_name.items()
        if len(pks) > 1
        for number, pk in enumerate(sorted(pks), 1)
    }


def case_graph(kept: Sequence[_Custody]) -> dict[str, Any]:
    """Return the custody in the words of CASE and UCO, which other programs read."""
    graph: list[dict[str, Any]] = []
    people: dict[int, dict[str, Any]] = {}
    acts: dict[str, dict[str, Any]] = {}
    for each in kept:
        observed = [_observed(file, each.item) for file in each.files]
        record = _id("provenance", each.item.pk)
        graph += observed
        graph.append({
            "@id": record,
            "@type": "case-investigation:ProvenanceRecord",
            "case-investigation:exhibitNumber": each.item.exhibit,
            "uco-core:description": each.item.get_kind_display(),
            "uco-core:object": [{"@id": file["@id"]} for file in observed],
        })  # fmt: skip
        for step in each.every_step:
            # What became of a disc with several recordings is one act, and told of each of them.
            action = acts.setdefault(step.key, _action(step, people))
            action["uco-action:result"].append({"@id": record})
    return {"@context": CONTEXT, "@graph": [*people.values(), *graph, *acts.values()]}


def _action(step: Step, people: dict[int, dict[str, Any]]) -> dict[str, Any]:
    action: dict[str, Any] = {
        "@id": _id("action", step.key),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": step.words,
        "uco-action:startTime": {"@type": "xsd:dateTime", "@value": step.at.isoformat()},
        "uco-action:result": [],
    }
    if step.who is not None:
        action["uco-action:performer"] = {"@id": _person(step.who, people)["@id"]}
    return action


def _person(who: User, people: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return somebody among the people of a graph, put there where they are not yet.

    Two of one name are two: the number of their account tells them apart, and is not to be read
    there.
    """
    person = {
        "@id": _id("person", who.pk),
        "@type": "uco-identity:Person",
        "uco-core:name": str(who),
    }
    return people.setdefault(who.pk, person)


def _observed(file: SentFile, item: MediaItem) -> dict[str, Any]:
    digest = {"@type": "xsd:hexBinary", "@value": file.sha256}
    return {
        "@id": _id("file", file.pk),
        "@type": "uco-observable:ObservableObject",
        "uco-core:hasFacet": [
            {
                "@id": _id("facet", file.pk),
                "@type": "uco-observable:FileFacet",
                "uco-observable:fileName": file.file_name,
                "uco-observable:filePath": f"data/{place_in_bag(file, item)}",
                "uco-observable:sizeInBytes": file.length,
            },
            {
                "@id": _id("content", file.pk),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:sizeInBytes": file.length,
                "uco-observable:hash": [{
                    "@id": _id("hash", file.pk),
                    "@type": "uco-types:Hash",
                    "uco-types:hashMethod": "SHA256",
                    "uco-types:hashValue": digest,
                }],
            },
        ],
    }  # fmt: skip


def _id(what: str, key: int | str) -> str:
    """Return a name that is the same each time a case is exported."""
    return f"kb:{what}-{uuid5(NAMESPACE_URL, f'urn:forthright:{what}/{key}')}"
