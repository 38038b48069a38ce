// The faces of the site come after everything else of a first visit, and are used from the next page on: text that somebody reads
// stays where it is. What holds of a page that is loaded anew is in partials/faces.html. With instant navigation the document stays,
// so here the faces are registered when a page is swapped in.

/** @typedef {{siteFaces?: FontFace[]}} Faces What the script in partials/faces.html has made of the rules there. */
const { siteFaces: faces = [] } = /** @type {Faces} */ (/** @type {unknown} */ (window));

/** Asks for all faces, since the next page may have italics where this one has none. What fails to come is not missed. */
function load() {
  for (const face of faces) face.load().catch(() => {});
}

// Not before everything that the page needs.
if (document.readyState === "complete") load();
else addEventListener("load", load, { once: true });

/** Uses the faces that have come by now. To be called when a page has been swapped in, before it is painted. */
export function useFaces() {
  for (const face of faces) {
    if (face.status === "loaded") document.fonts.add(face);
  }
  // The rules of a page from another folder come along, since their addresses are other words. They are for readers without scripts.
  const style = document.querySelector("style[data-site-faces]");
  const rules = style instanceof HTMLStyleElement ? style.sheet : null;
  for (let n = (rules?.cssRules.length ?? 0) - 1; n >= 0; n -= 1) {
    const rule = rules?.cssRules[n];
    if (rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-display") === "optional") rules?.deleteRule(n);
  }
}
