"""A code is read by the camera where the browser can, and said to be typed where it cannot."""

import pytest
import time_machine

from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.journey
# Chromium on this kind of machine reads no codes and has no camera: both are lent to the page. The
# picture is a real stream of a canvas; the code is seen at the third look.
LENT = """
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["ean_13", "qr_code"]); }
  constructor({ formats }) { if (String(formats) !== "qr_code") throw new Error("formats"); }
  looks = 0;
  async detect(video) {
    this.looks += 1;
    return this.looks > 2 && video.readyState > 1 ? [{ rawValue: "FM26000001" }] : [];
  }
};
navigator.mediaDevices.getUserMedia = async ({ video }) => {
  if (video.facingMode !== "environment") throw new Error("the wrong camera");
  const canvas = document.createElement("canvas");
  window.ticking = setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 50);
  return canvas.captureStream();
};
"""
REFUSED = """
navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("no", "NotAllowedError");
};
"""


@pytest.fixture
def disc(served):
    with time_machine.travel(given.NOON, tick=True):
        return media.a_disc(written_on_it="The yard of the Anchor")


@pytest.fixture
def her(disc, walk):
    with time_machine.travel(given.NOON, tick=True):
        yield walk(media.a_lawyer().email)


def at_the_discs(her):
    return her.go_to("Recordings").follow("Discs and sticks")


def test_the_camera_leads_to_the_disc_whose_code_it_reads(her):
    her.page.add_init_script(LENT)

    at_the_discs(her).press("Scan with the camera")

    her.heading("FM26000001").see("The yard of the Anchor")


def test_the_camera_notes_a_disc_in_a_stock_take(her):
    her.page.add_init_script(LENT)
    at_the_discs(her).follow("Stock-takes").write("Which place is counted?", "Shelf 14")
    her.press("Begin to count").see("Still to find: 1")

    her.press("Scan with the camera")

    her.see("Scanned: 1", "FM26000001: found")


def test_a_camera_that_is_not_allowed_is_told_and_typing_goes_on(her):
    her.page.add_init_script(LENT + REFUSED)

    at_the_discs(her).press("Scan with the camera").see("The camera is not allowed here.")
    her.write("Barcode", "FM26000001").press("Find it")

    her.heading("FM26000001")


def test_a_browser_that_reads_no_codes_says_what_to_do(her):
    at_the_discs(her).see("This browser reads no codes by camera", "type what stands beneath")

    assert not her.page.get_by_role("button", name="Scan with the camera").is_visible()
