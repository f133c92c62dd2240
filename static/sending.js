// A file is sent without this script too, in one go. With it, it goes in parts that each carry
// their SHA-256, and goes on where it was cut off. What is needed for that is held by the server:
// nothing is written into the browser, which may be a shared one.
import "./built/tus.min.js";

const PART = 8 * 1024 * 1024;
const HEAD = 1024 * 1024;
const COMPARED = 32 * 1024 * 1024; // bytes that are compared in one go
const LOST = "The connection is lost. Press “Send it” to go on from where it stopped.";
const UNREADABLE = "The file cannot be read. Look whether it is still there, choose it again and press “Send it”.";
const form = document.getElementById("send");

if (form && window.tus?.isSupported) begin();

function begin() {
  const stop = form.querySelector("[data-stop]");
  const press = form.querySelector("[type=submit]");
  const shown = document.querySelector("[data-progress]");
  const words = shown.querySelector("[data-words]");
  const meter = shown.querySelector("[data-meter]");
  let upload = null;
  let told = 0;
  let begun = 0;

  for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;

  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file || !file.size) return; // the server says what is missing
    event.preventDefault();
    start(file);
  });
  stop.addEventListener("click", async () => {
    begun += 1;
    await upload?.abort();
    running(false);
    say("Stopped. Press “Send it” to go on.");
  });
  window.addEventListener("beforeunload", (event) => {
    if (press.disabled) event.preventDefault();
  });

  async function start(file) {
    running(true);
    begun += 1;
    const mine = begun;
    const head = await hex(file.slice(0, HEAD));
    if (mine !== begun) return; // stopped before anything was sent
    let known = null;
    let isAnother = false;
    try {
      for (const each of upload ? [] : alike(file, head)) {
        say("What has come before is compared with the file. This may take a while.");
        if (await isBeginningOf(file, each.address, () => mine === begun)) known = each;
        if (mine !== begun) return;
        if (known) break;
        isAnother = true;
      }
    } catch (fault) {
      if (mine !== begun) return;
      running(false);
      return say(fault instanceof DOMException ? UNREADABLE : LOST);
    }
    upload ??= new tus.Upload(file, {
      endpoint: form.dataset.begin,
      uploadUrl: known ? known.address : null,
      chunkSize: PART,
      storeFingerprintForResuming: false,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000, 60000, 60000],
      metadata: { filename: file.name, filetype: file.type, head },
      onBeforeRequest: (request) => seal(request, file),
      onShouldRetry: (fault) => isWorthRetrying(fault),
      onProgress: (sent, whole) => tell(file, sent, whole),
      onSuccess: () => {
        press.disabled = false;
        window.location.assign(form.dataset.after);
      },
      onError: (fault) => {
        running(false);
        say(reasonOf(fault));
      },
    });
    if (upload.file !== file) {
      upload = null; // another file was chosen after a stop
      return start(file);
    }
    say(
      isAnother
        ? "What has come before under this name is not of this file, so this one is sent from its beginning."
        : "It is being sent.",
    );
    upload.start();
  }

  function running(is) {
    press.disabled = is;
    form.elements.file.disabled = is;
    stop.hidden = !is;
    shown.hidden = false;
    meter.hidden = !is;
  }

  // Said with each tenth that has gone, so that a screen reader is not drowned.
  function tell(file, sent, whole) {
    meter.value = (sent * 100) / whole;
    const share = Math.floor((sent * 10) / whole) * 10;
    if (share !== told) say(`${share}% of ${file.name} has been sent.`);
    told = share;
  }

  function say(text) {
    shown.hidden = false;
    words.textContent = text;
  }
}

// Those that may be the same file; whether one is, only comparing all that came of it says. Where
// the browser takes no SHA-256, as without a secure line, nothing is gone on with.
function alike(file, head) {
  return JSON.parse(form.dataset.known).filter(
    (each) => head && each.name === file.name && each.size === file.size && each.head === head,
  );
}

// A file of the same name and size may have been copied anew, or be another: gone on with, it would
// come as a mixture that is neither of the two.
async function isBeginningOf(file, address, isWanted) {
  const came = await ask(address, {});
  const offset = Number(came.headers.get("Upload-Offset") ?? -1);
  for (let start = 0; start < offset && isWanted(); start += COMPARED) {
    const end = Math.min(start + COMPARED, offset);
    const there = await ask(address, { "Forthright-Compare": `${start}-${end}` });
    const here = await hex(file.slice(start, end));
    if (there.headers.get("Forthright-SHA256") !== here) return false;
  }
  return offset >= 0;
}

async function ask(address, headers) {
  const answer = await fetch(address, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0", ...headers } });
  if (answer.status === 423 || answer.status >= 500) throw new Error(answer.statusText);
  return answer;
}

async function seal(request, file) {
  request.setHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
  const offset = request.getHeader("Upload-Offset");
  if (request.getMethod() !== "PATCH" || !crypto.subtle) return;
  const part = file.slice(Number(offset), Number(offset) + PART);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  request.setHeader("Upload-Checksum", `sha256 ${btoa(String.fromCharCode(...digest))}`);
}

async function hex(part) {
  if (!crypto.subtle) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await part.arrayBuffer()));
  return [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
}

// A broken part (460), a moment's conflict (409, 423) and a fault of the server pass; all else
// is refused for good, and so is a sign-in that has ended.
function isWorthRetrying(fault) {
  const status = fault.originalResponse?.getStatus() ?? 0;
  return status === 0 || status >= 500 ? status !== 507 : [409, 423, 429, 460].includes(status);
}

function reasonOf(fault) {
  const answer = fault.originalResponse;
  const type = answer?.getHeader("Content-Type") ?? "";
  if (type.startsWith("text/plain") && answer.getBody()) return answer.getBody();
  if (answer) return "Your sign-in has ended, or you may not send this any more. Load this page again.";
  return LOST;
}
