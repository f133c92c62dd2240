"""Keeps, beside the edition of each kind of figure, a digest of the code that counts it.

Two reports that differ must not carry one edition. Where code that counts was changed, a test
fails until somebody has asked whether a figure can be another for it: then its edition is raised;
and in either case the new digest is kept by running this file.
"""

import ast
import hashlib
import importlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
KEPT = HOUSE / "tests/guards/figure_editions.json"


@dataclass(frozen=True)
class Figures:
    """The module and name in which an edition stands, and the files that count its figures."""

    module: str
    name: str
    files: tuple[str, ...]

    @property
    def edition(self) -> str:
        """Return the edition as the figures carry it."""
        return str(getattr(importlib.import_module(self.module), self.name))


ALL = {
    "recordings beside their hearings": Figures(
        "forthright.rules.weekly_report.recordings_reach",
        "WAY",
        (
            "forthright/rules/firm_days.py",
            "forthright/rules/hearing_days.py",
            "forthright/rules/media_backlog.py",
            "forthright/rules/media_ended.py",
            "forthright/rules/media_history.py",
            "forthright/rules/media_parties.py",
            "forthright/rules/media_reach.py",
            "forthright/hard_media/selectors/backlog.py",
            "forthright/hard_media/selectors/discs_held.py",
            "forthright/hard_media/selectors/discs_then.py",
            "forthright/hard_media/selectors/gave.py",
            "forthright/hard_media/selectors/gone.py",
            "forthright/hard_media/selectors/hand_overs.py",
            "forthright/hard_media/selectors/hands.py",
            "forthright/hard_media/selectors/held.py",
            "forthright/hard_media/selectors/parties_then.py",
            "forthright/hard_media/selectors/then.py",
        ),
    ),
    "initial disclosure": Figures(
        "forthright.rules.disclosure_compliance",
        "RULES",
        (
            "forthright/disclosure/selectors/compliance.py",
            "forthright/disclosure/selectors/mended.py",
            "forthright/disclosure/selectors/over.py",
            "forthright/disclosure/selectors/trends.py",
            "forthright/rules/by_case.py",
            "forthright/rules/clustered.py",
            "forthright/rules/deemed_service.py",
            "forthright/rules/disclosure_compliance.py",
            "forthright/rules/disclosure_judged.py",
            "forthright/rules/disclosure_returns.py",
            "forthright/rules/disclosure_trends.py",
            "forthright/rules/medians.py",
        ),
    ),
    "trust in marks": Figures(
        "forthright.rules.weekly_report.trust",
        "VERSION",
        (
            "forthright/calibration/selectors/agreement.py",
            "forthright/calibration/selectors/comparing.py",
            "forthright/calibration/selectors/reporting.py",
            "forthright/rules/agreement.py",
            "forthright/rules/agreement_alpha.py",
            "forthright/rules/agreement_on.py",
            "forthright/rules/applicability.py",
            "forthright/rules/leniency.py",
            "forthright/rules/leniency_area.py",
            "forthright/rules/leniency_common.py",
            "forthright/rules/leniency_model.py",
            "forthright/rules/recurrence.py",
            "forthright/rules/weekly_report/trust.py",
            "forthright/rules/wordings.py",
        ),
    ),
    "how often a fault came again": Figures(
        "forthright.rules.weekly_report.compose",
        "VERSION",
        (
            "forthright/rules/clustered.py",
            "forthright/rules/recurrence.py",
            "forthright/rules/recurrence_by_chance.py",
            "forthright/watches/selectors/facts.py",
            "forthright/watches/selectors/untold.py",
        ),
    ),
    "panel against managers": Figures(
        "forthright.rules.panel_against", "VERSION", ("forthright/rules/panel_against.py",)
    ),
}


def now() -> dict[str, dict[str, str]]:
    """Return the edition of each kind of figure and the digest of the code that counts it."""
    return {
        name: {"edition": each.edition, "digest": _digest(each.files)} for name, each in ALL.items()
    }


def kept() -> dict[str, dict[str, str]]:
    """Return what was kept last."""
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the kinds of figure of which edition or code is another than was kept."""
    return [name for name in after if before.get(name) != after[name]]


def _digest(files: tuple[str, ...]) -> str:
    """Return a digest of what some files do, whatever their comments, docstrings and lines are."""
    found = hashlib.sha256()
    for name in files:
        tree = ast.parse((HOUSE / name).read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                node.body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        found.update(ast.dump(tree).encode())
    return found.hexdigest()[:16]


def main() -> int:
    """Keep the editions and the digests as they are now, and say which are other than before."""
    sys.path.insert(0, str(HOUSE))
    before, after = kept(), now()
    for name in changed(before, after):
        print(f"{name}: {after[name]['edition']}")
    KEPT.write_text(json.dumps(after, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
