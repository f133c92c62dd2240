"""Takes the pictures of the documentation from the product itself, running with the demo Area.

With no address named it sets the demo Area up in a folder of its own, serves it, and throws the
folder away. What stands in a picture was put there through the pages.
"""

import argparse
import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from scripts import debian, places
from scripts.supervisor import answer
from scripts.words import say

INTO = places.ROOT / "docs" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTH, PATIENCE = 1280, 60_000
EXTRACT = [
    ["Decisions of the week", "", "", "", "", ""],
    ["Unique ref no", "Unit", "Victim name", "Enhanced", "Outcome", "Date decided"],
    ["20AB9000126", "Crown Court", "Imogen Vale", "Yes", "Discontinued", "19/11/2026 16:55"],
    ["20AB9000226", "Crown Court", "Tariq Nasser", "No", "No evidence offered", "19/11/2026"],
    ["no number yet", "Magistrates", "Ewan Firth", "No", "Discontinued", "20/11/2026"],
]


class Camera:
    """A browser that signs in as made-up people and takes pictures."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.page: Page | None = None

    @property
    def here(self) -> Page:
        """Return the page that is open."""
        assert self.page is not None
        return self.page

    def sign_in(self, role: str, person: str = "") -> None:
        """Sign in, in a fresh browser, as the first with that role or as this person."""
        if self.page is not None:
            self.page.context.close()
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": 900}, locale="en-GB", timezone_id="Europe/London"
        )
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.open("/sign-in/demo/")
        of_role = self.here.locator("section").filter(
            has=self.here.get_by_role("heading", name=role, exact=True)
        )
        for closed in of_role.locator("details").all():
            closed.locator("summary").click()
        of_role.get_by_role("button", name=person).first.click()
        self.here.wait_for_url(lambda address: "/sign-in/" not in address)

    def open(self, path: str) -> None:
        """Open a page by its address."""
        self.here.goto(self.address + path)

    def go_to(self, room: str) -> None:
        """Choose a room in the navigation, or under More where it has no space for it."""
        menu = self.here.get_by_role("navigation").first
        if not menu.get_by_role("link", name=room).count():
            menu.get_by_role("link", name="More").click()
            menu = self.here.locator("main")
        menu.get_by_role("link", name=room).click()
        self.settle()

    def press(self, place: Locator) -> None:
        """Press a button or follow a link, and wait for the page it leads to."""
        place.first.click()
        self.settle()

    def settle(self) -> None:
        """Wait until the page stands still."""
        self.here.wait_for_load_state("networkidle")

    def take(self, name: str, *, height: int = 900) -> None:
        """Keep the top of the page as a small picture."""
        self.here.set_viewport_size({"width": WIDTH, "height": height})
        self.here.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
        taken = Image.open(io.BytesIO(self.here.screenshot()))
        few_colours = taken.convert("RGB").quantize(colors=128, dither=Image.Dither.NONE)
        file = INTO / f"{name}.png"
        few_colours.save(file, optimize=True)
        say(f"  {file.relative_to(places.ROOT)}: {file.stat().st_size // 1000} kB")


def take_all(camera: Camera, work: Path) -> None:
    """Walk through the product as one person after another."""
    line_manager(camera)
    liaison_officer(camera)
    write_a_letter(camera)
    administrator(camera, work)
    samples(camera)
    drafter, letter = mark_a_letter(camera)
    dispute(camera, drafter, letter)
    senior_manager(camera)
    morning(camera)
    recordings(camera)
    disclosure(camera)
    panel(camera)


def line_manager(camera: Camera) -> None:
    """Take the overview."""
    camera.sign_in("Line manager", "VLU")
    camera.take("overview")


def liaison_officer(camera: Camera) -> None:
    """Take the list of letters, and one letter with the reason for its date."""
    camera.sign_in("Victim liaison officer")
    camera.go_to("Letters")
    camera.take("letters")
    camera.open("/letters/?show=tomorrow")  # on a Saturday nothing is due today
    camera.press(camera.here.locator("tbody th a"))
    camera.here.get_by_text("Why this date").click()
    camera.take("letter", height=1000)


def write_a_letter(camera: Camera) -> None:
    """Take a draft beside what the checks find, and the page on which a second person approves."""
    camera.sign_in("Victim liaison officer")
    camera.open("/letters/waiting/draft/")
    camera.press(camera.here.locator("main .app-list a"))
    camera.press(camera.here.get_by_role("button", name="Draft the letter"))
    camera.press(camera.here.get_by_role("button", name="Put the letter together"))
    camera.take("draft", height=1100)
    camera.sign_in("Line manager", "VLU")
    camera.open("/letters/waiting/approve/")
    camera.press(camera.here.locator("main .app-list a"))
    camera.press(camera.here.get_by_role("button", name="Read and approve the letter"))
    camera.take("approve", height=1100)


def administrator(camera: Camera, work: Path) -> None:
    """Take the dry run of an import that cannot go in as it is, and the time limits."""
    camera.sign_in("Administrator")
    with xlsxwriter.Workbook(work / "decisions.xlsx") as book:
        sheet = book.add_worksheet("Decisions")
        for number, row in enumerate(EXTRACT):
            sheet.write_row(number, 0, row)
    camera.go_to("Imports")
    camera.press(camera.here.get_by_text("Import a file"))
    camera.here.get_by_label("The file", exact=True).set_input_files(work / "decisions.xlsx")
    camera.press(camera.here.get_by_role("button", name="Check the file"))
    camera.take("import", height=1100)
    camera.press(camera.here.get_by_role("button", name="Give the file up"))
    camera.go_to("Time limits")
    camera.take("time-limits")


def samples(camera: Camera) -> None:
    """Take a sample plan and what it drew."""
    camera.sign_in("Legal manager")
    camera.go_to("Samples")
    camera.press(camera.here.locator("main").get_by_role("link", name="Sample plans"))
    camera.press(camera.here.locator("main tbody a"))
    camera.take("sample-plan", height=1100)
    camera.go_to("Samples")
    camera.press(camera.here.locator("main tbody a"))
    camera.take("draw", height=1000)


def mark_a_letter(camera: Camera) -> tuple[str, str]:
    """Take the marking screen, finish the letter, and return who wrote it and what it is called."""
    camera.sign_in("Line manager", "VLU")
    camera.go_to("Marking")
    waiting = camera.here.locator("main li").filter(has_not_text="Not sent")
    camera.press(waiting.get_by_role("link", name="Mark letter"))
    page = camera.here
    letter = page.locator("h1").inner_text().removeprefix("Mark letter ")
    cards = page.locator("section[data-criterion]:not(#whole)").all()
    for card in cards:
        if card.locator("input:checked").count():
            continue  # set from the record
        level = 1 if card.get_attribute("data-criterion") == "B2" else 0
        card.locator("input[type=radio]").nth(level).check()
    page.locator("[data-letter] li").nth(5).click(click_count=3)
    page.locator("#B2").get_by_role("button", name="Quote the words selected").click()
    page.get_by_label("One thing done well").fill("It says plainly what was decided.")
    page.get_by_label("One thing to change").fill("Say which fact decided it.")
    page.get_by_text("14 of 14 marked").wait_for()
    camera.settle()
    camera.take("marking", height=1000)
    camera.press(page.get_by_role("button", name="Check your marks"))
    camera.press(page.get_by_role("button", name="Finish marking"))
    camera.press(page.get_by_role("button", name="Tell the drafter"))
    told = page.get_by_text("has been told. This letter is finished.").first.inner_text()
    return told.strip().removeprefix("Success").partition(" has been told")[0].strip(), letter


def dispute(camera: Camera, drafter: str, letter: str) -> None:
    """Take the feedback as its drafter sees it, and the dispute as it is decided."""
    camera.sign_in("Victim liaison officer", drafter)
    camera.go_to("Feedback")
    camera.press(camera.here.locator("main a").filter(has_text=letter))
    camera.take("feedback", height=1100)
    camera.press(camera.here.get_by_role("link", name="Dispute this mark"))
    camera.here.get_by_label("Why is this mark wrong?").fill("The third paragraph says it.")
    camera.press(camera.here.get_by_role("button", name="Dispute this mark"))
    camera.sign_in("Legal manager")
    camera.open("/disputes/")
    camera.press(camera.here.locator("main .app-list a"))
    camera.take("dispute", height=1000)


def senior_manager(camera: Camera) -> None:
    """Take the weekly report and the record of what was done."""
    camera.sign_in("Senior manager")
    camera.go_to("Reports")
    camera.press(camera.here.locator("main tbody a"))
    camera.take("report", height=1000)
    camera.go_to("Record")
    camera.take("record")


def morning(camera: Camera) -> None:
    """Take the list that a legal SPOC begins the day with."""
    camera.sign_in("Legal SPOC")
    camera.go_to("Morning list")
    camera.take("morning-list", height=1100)


def recordings(camera: Camera) -> None:
    """Take how the cases stand before their hearings, and the recordings of one."""
    camera.sign_in("Legal manager")
    camera.go_to("Recordings")
    camera.take("recordings", height=1000)
    camera.press(camera.here.locator("main tbody tr th a, main tbody tr td a"))
    camera.take("recordings-of-a-case", height=1100)


def disclosure(camera: Camera) -> None:
    """Take one defendant's duty, and the grid in which its items are endorsed."""
    camera.sign_in("Prosecutor", "Crown")
    camera.go_to("Disclosure")
    row = camera.here.locator("main tr").filter(has_text="Being endorsed")
    camera.press(row.get_by_role("link"))
    camera.take("duty", height=1100)
    camera.press(camera.here.get_by_role("link", name="Endorsed item by item"))
    camera.take("endorsing", height=1000)


def panel(camera: Camera) -> None:
    """Take a letter as somebody on the panel reads and marks it."""
    camera.sign_in("Panel member")
    camera.press(camera.here.locator("main li a"))
    camera.press(camera.here.get_by_role("link", name="Letter 1", exact=True))
    camera.take("panel-letter", height=1100)


@contextlib.contextmanager
def served(work: Path) -> Iterator[str]:
    """Serve a new demo Area from a folder that is thrown away."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = places.environment({"FORTHRIGHT_HOME": str(work / "home"), "DATABASE_URL": None})
    running = subprocess.Popen([places.ROOT / "run", "--port", str(port)], env=env)
    try:
        deadline = time.monotonic() + 900
        while not 0 < answer(port) < 500:
            if running.poll() is not None or time.monotonic() > deadline:
                sys.exit("./run did not serve the demo Area.")
            time.sleep(1)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("--at", metavar="ADDRESS", help="a demo that runs, instead of a new one")
    asked = parser.parse_args()
    program = os.environ.get("FORTHRIGHT_CHROMIUM") or debian.browser()
    if not program:
        sys.exit("There is no Chromium here to take pictures with.")
    INTO.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as until_end:
        work = Path(until_end.enter_context(tempfile.TemporaryDirectory(prefix="forthright-")))
        address = asked.at or until_end.enter_context(served(work))
        driver = until_end.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=str(program), args=FLAGS)
        take_all(Camera(browser, address), work)
        browser.close()


if __name__ == "__main__":
    main()
