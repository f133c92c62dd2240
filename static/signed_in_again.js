// Whoever signs out and in again, in another tab, has a page open whose forms are too old to be
// sent. What is written there is worth more than the page: it asks for new tokens, and goes on.

const personOf = (page) => page.querySelector("[data-person]")?.dataset.person;

export const SIGNED_OUT = "You have been signed out. Sign in again in another tab, and send it again here.";

/** Put the tokens of now into every form of the page; refuse where somebody else signed in. */
export async function renewTokens() {
  const answer = await fetch(location.href);
  if (answer.redirected) throw new Error(SIGNED_OUT);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]");
  if (!answer.ok || !token) throw new Error("It was not kept. Try again.");
  if (personOf(page) !== personOf(document)) {
    throw new Error("Somebody else has signed in here since. Copy what you wrote, and open the page again.");
  }
  for (const each of document.querySelectorAll("[name=csrfmiddlewaretoken]")) each.value = token.value;
}
