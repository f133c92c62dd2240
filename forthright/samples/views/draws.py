"""The weekly samples: what was drawn, how, and making sure of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.models import Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, is_allowed
from forthright.rules.frame import FrameHasProblems, FrameRow
from forthright.rules.since_drawn import SinceDrawn
from forthright.rules.weeks import week_of
from forthright.rules.words import capitalised, list_words
from forthright.samples import exports, forms, policies, selectors, services
from forthright.samples.models import Condition, Draw, DrawnLetter
from forthright.samples.selectors import draws as draw_selectors
from forthright.samples.selectors import frames
from forthright.samples.selectors.frozen import came_in_place_of
from forthright.samples.selectors.hands import Hands
from forthright.samples.selectors.overruled import Overruled, offered_to, overrides_by_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@page(Permission.SAMPLE_SEE)
def draws(request: SignedInRequest) -> HttpResponse:
    """Show the newest week's samples with one thing to do for each, then the earlier ones."""
    week = selectors.last_ended_week(clock.today())
    earlier = selectors.draws_visible_to(request.user).filter(week__lt=week.monday)
    waiting = selectors.letters_to_mark(request.user)
    context = {
        "week": week,
        "plan_weeks": selectors.plans_in_week(request.user, week),
        "may_draw": has_permission(request.user, Permission.SAMPLE_DRAW),
        "may_plan": has_permission(request.user, Permission.SAMPLE_PLAN),
        "held_to": selectors.unit_held_to(request.user),
        "sees_overruled": has_permission(request.user, Permission.OVERRIDE_SEE),
        "overruled_waiting": offered_to(request.user).count(),
        "older_waiting": waiting.filter(draw__week__lt=week.monday).count(),
        "earlier": slice_of(earlier, request.GET, order=("-week", "-pk"), size=20),
    }
    return render(request, "samples/draws.html", context)


@page(Permission.SAMPLE_DRAW, methods=("GET", "POST"))
def draw_make(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Draw a plan's sample for a week."""
    plan = selectors.plan_for(request.user, plan_id)
    version = selectors.version_in_use(plan)
    policies.check_can_draw(request.user, version)
    today = clock.today()
    week = selectors.next_week_to_draw(plan, today)
    form = forms.DrawForm(
        request.POST or None, today=today, initial={"week": str(week) if week else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            drawn = services.draw_sample(
                plan, form.cleaned_data["week"], by=request.user, at=clock.now()
            )
        except services.SampleRefused as refusal:
            form.add_error("week", str(refusal))
        else:
            messages.success(request, f"{drawn.letters.count()} {plan.words.things} drawn.")
            return redirect("samples:draw", drawn.pk)
    context = {
        "form": form,
        "plan": plan,
        "version": version,
        "next_week": week,
        "drawn_instead_by": selectors.drawn_instead_by(plan, selectors.last_ended_week(today)),
        "this_week": week_of(today),
        "next_monday": week_of(today).plus(1).monday,
    }
    return render(request, "samples/draw_make.html", context)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One drawn letter as the page shows it."""

    letter: DrawnLetter
    row: FrameRow
    hands: Hands
    may_replace: bool
    may_give: bool
    is_mine: bool
    # The unit whose letters alone are shown, or None where all are.
    held_to: Unit | None
    overruled: list[Overruled]
    # Where its marker marked the same letter for another plan.
    marked_before: DrawnLetter | None
    # What took its place, where it was replaced and anything could.
    came_in: DrawnLetter | None

    @property
    def shows_substitute(self) -> bool:
        """Return whether the letter that came in its place is shown on the same page."""
        return self.came_in is not None and self._is_shown(self.came_in)

    @property
    def in_place_of(self) -> str:
        """Return the letter whose place it took, as far as this person may know it."""
        other = self.letter.substitute_for
        shown = other is not None and self._is_shown(other)
        elsewhere = f"a {self.letter.words.thing} of another unit"
        return other.called if other and shown else elsewhere

    @property
    def marker_did(self) -> str:
        """Return what keeps the marker, or else the plan's, from marking it; blank if nothing."""
        letter = self.letter
        marker = letter.marker_id or letter.draw.plan_version.marker_id
        return list_words([f"{act} it" for act in self.hands.acts_of(marker)])

    def _is_shown(self, other: DrawnLetter) -> bool:
        return self.held_to is None or other.unit_id == self.held_to.pk

    @property
    def since_drawn(self) -> SinceDrawn | None:
        """Return what became of its sending since it was drawn."""
        return selectors.since_drawn_of(self.letter)

    @property
    def because(self) -> str:
        """Say why the letter is in the sample."""
        if self.letter.substitute_for_id is not None and not self.letter.first_part:
            return f"In place of {self.in_place_of}"
        kind, _, words = self.letter.because.partition(": ")
        cover = f"To cover the {self.letter.words.author}: "
        started = {"targeted": "Looked for: ", "cover": cover}.get(kind)
        return f"{started}{words}" if started is not None else capitalised(self.letter.because)

    @property
    def flags(self) -> list[str]:
        """Return in words what is known to be special about the letter."""
        known = [flag for flag in self.row.flags if flag in Condition.values]
        return [Condition(flag).words_for(self.letter.subject) for flag in known]


@page(Permission.SAMPLE_SEE)
def draw(request: SignedInRequest, draw_id: int) -> HttpResponse:
    """Show what was drawn, from what, by which seed, and what was left out."""
    drawn = selectors.draw_for(request.user, draw_id)
    held_to = _held_to(request.user, drawn)
    lines = lines_of(drawn, request.user, held_to)
    services.see_draw(drawn, by=request.user, at=clock.now(), letters=len(lines))
    random = DrawnLetter.Part.RANDOM
    weeks = drawn.plan_version.cycle_weeks or 8
    context = {
        "draw": drawn,
        "held_to": held_to,
        "in_the_list": f"{drawn.plan.words.all_owed} in the list",
        "authors_sampled": f"{drawn.plan.words.authors} sampled",
        "on_purpose": f"Looked for on purpose, or to cover a {drawn.plan.words.author}",
        "faults": selectors.faults_of(drawn),
        "random": [line for line in lines if line.letter.part == random],
        "targeted": [line for line in lines if line.letter.part != random],
        "exclusions": frames.left_out_of(drawn).most_common(),
        "owed_now": draw_selectors.letters_owed_now(drawn),
        "coverage": selectors.coverage_of(drawn.plan, drawn.in_week, weeks=weeks, unit=held_to),
    }
    return render(request, "samples/draw.html", context)


def _held_to(user: User, drawn: Draw) -> Unit | None:
    """Return the unit whose letters alone of a draw are shown, where it drew from others too."""
    return selectors.unit_held_to(user) if drawn.unit_id is None else None


def lines_of(drawn: Draw, user: User, unit: Unit | None) -> list[LetterLine]:
    """Return the letters of a draw, or those of one unit, with what this person may do."""
    rows = _rows_that_can_be_read(drawn)
    letters = list(selectors.letters_of(drawn, unit=unit))
    through = selectors.hands_by_reference(letters)
    owed = [letter.duty_id for letter in letters if letter.duty_id]
    overruled = overrides_by_letter(owed) if owed else {}
    before = selectors.marked_before(letters)
    came_in = came_in_place_of(letters)
    lines = []
    for letter in letters:
        letter.draw = drawn
        hands = through[letter.reference]
        waits = letter.state == DrawnLetter.State.TO_MARK
        may_mark = letter.marker_id is not None and not hands.acts_of(letter.marker_id)
        lines.append(
            LetterLine(
                letter,
                rows.get(letter.reference, FrameRow(reference=letter.reference, unit="")),
                hands,
                may_replace=waits
                and is_allowed(policies.check_can_substitute, user, letter, hands),
                may_give=waits
                and not may_mark
                and is_allowed(policies.check_can_give, user, letter, hands),
                is_mine=waits and may_mark and letter.marker_id == user.pk,
                held_to=unit,
                overruled=overruled.get(letter.duty_id or 0, []),
                marked_before=before.get(letter.pk),
                came_in=came_in.get(letter.pk),
            )
        )
    return lines


def _rows_that_can_be_read(drawn: Draw) -> dict[str, FrameRow]:
    """Return the rows of the list by reference; none where somebody changed it past reading."""
    try:
        return {row.reference: row for row in frames.rows_of(drawn.frame)}
    except FrameHasProblems:
        return {}


@page(Permission.SAMPLE_SEE, methods=("POST",))
def draw_verify(request: SignedInRequest, draw_id: int) -> HttpResponse:
    """Make the draw again from its frozen list and say whether it is the same."""
    drawn = selectors.whole_draw_for(request.user, draw_id)
    verification = services.verify_draw(drawn, by=request.user, at=clock.now())
    if verification.is_same:
        things = drawn.plan.words.things
        words = f"Drawn again from the frozen list: the same {verification.letters} {things}"
        if verification.substitutions:
            words += f", and the same {verification.substitutions} replaced"
        messages.success(request, f"{words}.")
    else:
        messages.error(request, f"Drawn again: not the same. {' '.join(verification.differences)}")
    return redirect("samples:draw", drawn.pk)


@page(Permission.SAMPLE_SEE)
def frame_csv(request: SignedInRequest, draw_id: int) -> HttpResponse:
    """Hand out the frozen list, without names, in the order of the draw."""
    return _list_as_file(request, draw_id, "csv", exports.frame_as_csv)


@page(Permission.SAMPLE_SEE)
def frame_text(request: SignedInRequest, draw_id: int) -> HttpResponse:
    """Hand out the very text whose SHA-256 is the digest."""
    return _list_as_file(request, draw_id, "txt", exports.frame_as_text)


def _list_as_file(
    request: SignedInRequest, draw_id: int, ending: str, written: Callable[[Draw], str]
) -> HttpResponse:
    """Return the list as a file, or go back to the draw and say why it is not handed out."""
    drawn = selectors.whole_draw_for(request.user, draw_id)
    form = {"csv": "csv", "txt": "text"}[ending]
    try:
        whole = services.hand_out_frame(drawn, by=request.user, at=clock.now(), form=form)
    except selectors.NotAsDrawn as refusal:
        messages.error(request, str(refusal))
        return redirect("samples:draw", drawn.pk)
    return as_file(written(whole), whole, ending)


def as_file(content: str, drawn: Draw, ending: str) -> HttpResponse:
    """Return a text as a file to keep, named for its draw and week."""
    kind = {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}[ending]
    response = HttpResponse(content, content_type=kind)
    name = f"sample-{drawn.pk}-{drawn.in_week}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
