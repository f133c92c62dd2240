"""What each part of an address may be filled with in the made-up world, and the addresses."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from forthright.accounts.models import User
from forthright.calibration.models import GoldLetter, Round, RoundLetter, SystemicFinding
from forthright.cases.models import Decision, Defendant
from forthright.disclosure.models import (
    AnswersSending,
    DefenceRequest,
    Delivery,
    DisclosureDuty,
    Endorsement,
    Item,
    PoliceReturn,
    TakingBack,
    UnnumberedEntry,
)
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.hard_media.models import Representation
from forthright.letter_templates.models import Block, BlockVersion, Template, TemplateVersion
from forthright.letters.models import (
    ContactPoint,
    Dispatch,
    Letter,
    LetterVersion,
    Override,
    PrintBatch,
    SupportService,
)
from forthright.letters.selectors.waiting import KINDS
from forthright.letters.urls import OTHER
from forthright.morning_lists.models import Cover, NobodyToTell
from forthright.panels.models import (
    AnonymisedLetter,
    Meeting,
    PanelFinding,
    Recognition,
    Seat,
)
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.reports.models import WeeklyReport
from forthright.reviews.models import Dispute, Feedback, Mark, SecondMarking
from forthright.rules.case_file import LetterKind
from forthright.rules.contact_lock import Lock
from forthright.rules.weeks import Week
from forthright.samples.models import Draw, DrawnLetter, Plan
from forthright.samples.selectors.frames import drafter_code
from forthright.schemes.models import ClosedDay, Duty, RuleSet
from forthright.standards.models import CheckSet, Criterion, Edition, MarkingNumbers
from tests import given
from tests.hard_media import everything
from tests.journeys.world import CHARTED

FINDINGS = [1, 2, 3, 4]
PART = re.compile(r"<(?:\w+:)?(\w+)>")
# Of these an address names two, of which one belongs to the other; the rest lead nowhere.
TOGETHER = {
    ("duty_id", "dispatch_id"): lambda: Dispatch.objects.values_list("version__letter__duty", "pk"),
    ("round_id", "letter_id"): lambda: RoundLetter.objects.values_list("round", "pk"),
    ("feedback_id", "mark_id"): lambda: Mark.objects.values_list("review__feedback", "pk"),
    ("case_id", "defendant_id"): lambda: Defendant.objects.values_list("case", "pk"),
    ("case_id", "firm_id"): lambda: Representation.objects.values_list("defendant__case", "pk"),
    ("duty_id", "finding"): lambda: product(drafted_here(), FINDINGS),
    ("disclosure_id", "schedule_item_id"): lambda: Endorsement.objects.values_list("duty", "item"),
    ("meeting_id", "recognition_id"): lambda: Recognition.objects.values_list(
        "seat__meeting", "pk"
    ),
    ("disclosure_id", "request_id"): lambda: DefenceRequest.objects.values_list(
        "statement__duty", "pk"
    ),
    ("disclosure_id", "entry_id"): lambda: [
        (duty.pk, each.pk)
        for each in UnnumberedEntry.objects.all()
        for duty in DisclosureDuty.objects.filter(case=each.case_id)
    ],
    ("disclosure_id", "sending_id"): lambda: AnswersSending.objects.values_list("duty", "pk"),
    ("disclosure_id", "taking_id"): lambda: TakingBack.objects.values_list("duty", "pk"),
}


def arguments() -> dict[str, list[object]]:
    """Return what each part of an address may be filled with."""
    kinds = {
        "duty_id": Duty, "file_id": WaitingFile, "run_id": ImportRun, "draw_id": Draw,
        "plan_id": Plan, "letter_id": DrawnLetter, "drawn_letter_id": DrawnLetter,
        "feedback_id": Feedback, "dispute_id": Dispute, "report_id": WeeklyReport,
        "edition_id": Edition, "rule_set_id": RuleSet, "contact_id": ContactPoint,
        "override_id": Override, "disclosure_id": DisclosureDuty, "delivery_id": Delivery,
        "return_id": PoliceReturn, "request_id": DefenceRequest, "taking_id": TakingBack,
        "entry_id": UnnumberedEntry, "sending_id": AnswersSending,
        "service_id": SupportService, "dispatch_id": Dispatch, "batch_id": PrintBatch,
        "marking_id": SecondMarking, "cover_id": Cover, "said_id": NobodyToTell,
        "anonymised_id": AnonymisedLetter,
        "check_id": PeerCheck, "part_id": PartTold, "checked_letter_id": Letter,
        "meeting_id": Meeting, "seat_id": Seat, "finding_id": PanelFinding,
        "recognition_id": Recognition,
        "round_id": Round, "gold_id": GoldLetter, "systemic_id": SystemicFinding,
        "numbers_id": MarkingNumbers,
    }  # fmt: skip
    found: dict[str, list[object]] = {
        name: list(model.objects.values_list("pk", flat=True)) for name, model in kinds.items()
    }
    newer = Duty.objects.exclude(due_week__range=[CHARTED[0].monday, CHARTED[-1].sunday])
    found["duty_id"] = list(newer.values_list("pk", flat=True))
    draft = Edition.objects.latest("number")
    figures = WeeklyReport.objects.get().figures["figures"]
    faults = Mark.objects.exclude(level="FULLY").values_list("pk", flat=True)
    return (
        found
        | everything.arguments()
        | {
            "number": [1, 2],
            "file_number": [0],
            "position": [1],
            "seat_number": [1, 2, 3],
            "issue_number": [1],
            "place": [2],
            "drawn_part": ["RANDOM"],
            "words_part": ["FOUND", "DONE"],
            "words_number": [1],
            "schedule_item_id": list(
                Item.objects.filter(endorsements__made_by__isnull=False)
                .values_list("pk", flat=True)
                .distinct()
            ),
            "version_number": [1, 2],
            "block_id": list(
                Block.objects.filter(versions__in=BlockVersion.objects.exclude(made_by=None))
                .distinct()
                .values_list("pk", flat=True)
            ),
            "template_id": list(
                Template.objects.filter(versions__in=TemplateVersion.objects.exclude(made_by=None))
                .distinct()
                .values_list("pk", flat=True)
            ),
            "unit_id": [given.a_unit().pk],
            "decision_id": list(Decision.objects.values_list("pk", flat=True)[:1]),
            "finding": FINDINGS,
            "fault": ["A6", "B1"],
            "source": ["check", "review"],
            "told_id": [
                *Feedback.objects.values_list("pk", flat=True),
                *PartTold.objects.values_list("pk", flat=True),
            ],
            # Of an import, and of a recording.
            "file_id": [*found["file_id"], *everything.arguments()["file_id"]],
            "rule_id": ["A2c"],
            "set_id": list(CheckSet.objects.exclude(area=None).values_list("pk", flat=True)),
            "count": ["fired"],
            "what": [*Lock, *KINDS],
            "form": ["txt"],
            "ending": ["docx"],
            "month": ["2026-10"],
            "figure": ["q2", "returned_0", "d1"],
            "kind": ["json", LetterKind.HOLDING],
            "file_kind": ["xlsx", "csv"],
            "criterion_code": ["B1"],
            "stage": ["told", "sent"],
            "step": ["requested", "viewed"],
            "chart": ["share-in-time"],
            "week": [CHARTED[0], Week(2026, 41)],
            "weeks": [12],
            "code": drafter_codes(),
            "mark_id": list(faults),
            "closed_day_id": list(ClosedDay.objects.values_list("pk", flat=True)[:1]),
            "criterion_id": [Criterion.objects.filter(edition=draft).first().pk],
            "person_id": list(User.objects.values_list("pk", flat=True)[:2]),
            "key": [key for key, figure in figures.items() if figure["count"]][:2],
        }
    )


def drafted_here() -> set[int]:
    """Return the duties whose letter was put together here, so that checks found things in it."""
    versions = LetterVersion.objects.exclude(composed=None)
    return set(versions.values_list("letter__duty", flat=True))


def drafter_codes() -> list[str]:
    """Return the codes under which a cover of drafters opens letters that were drawn."""
    drafted = DrawnLetter.objects.exclude(duty__drafter=None).order_by("pk")
    busiest = Counter(drafted.values_list("duty__drafter", "duty__area")).most_common(3)
    return [drafter_code(drafter, "", area) for (drafter, area), _ in busiest]


def addresses(pattern: str, known: dict[str, list[object]]) -> Iterator[str]:
    """Yield a page's address filled with each thing that it could show."""
    if "overrule/<str:what>" in pattern:
        known = known | {"what": list(Lock), "duty_id": sorted(drafted_here())}
    if OTHER in pattern:
        # Few duties have another letter, and trying every number of each takes minutes.
        for duty_id, number in Letter.objects.filter(number__gt=1).values_list("duty", "number"):
            place = f"letters/{duty_id}/others/{number}/"
            yield from addresses(pattern.replace(OTHER, place), known)
        return
    parts = PART.findall(pattern)
    if "round_id" in parts:
        letters = RoundLetter.objects.values_list("pk", flat=True)
        known = known | {"letter_id": list(letters)}
    together = [(*pair, set(rows())) for pair, rows in TOGETHER.items() if {*pair} <= {*parts}]
    for chosen in product(*(known.get(part, []) for part in parts)):
        filled = dict(zip(parts, chosen, strict=True))
        if all((filled[one], filled[other]) in rows for one, other, rows in together):
            yield "/" + PART.sub(lambda part, filled=filled: str(filled[part[1]]), pattern)
