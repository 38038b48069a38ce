/** Buttons that copy the author's texts, with their blanks as they are filled. Loaded once such a text is opened. */

// Before anything here is said.
import "../result-messages.js";
import { make, say } from "../base/view.js";

/**
 * Adds a button to each text to copy that is open; called whenever a fold is opened.
 *
 * @param {HTMLElement} part
 */
export function offerCopies(part) {
  // Browsers let a page write there only over a safe connection.
  if (!navigator.clipboard) return;
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("details[open] > pre"))) {
    if (text.previousElementSibling?.matches("[data-copy]")) continue;
    const button = make("button", { type: "button" }, say("copy"));
    const report = make("span", { "aria-live": "polite" });
    button.addEventListener("click", async () => {
      report.textContent = "";
      // As it is seen: lines with nothing to say are left out.
      const isCopied = await navigator.clipboard.writeText(`${text.innerText.trimEnd()}\n`).then(
        () => true,
        () => false,
      );
      report.textContent = say(isCopied ? "copied" : "copy_failed");
    });
    text.before(make("p", { "data-copy": "", "data-made": "" }, button, " ", report));
  }
}
