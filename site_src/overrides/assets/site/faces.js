// A face that comes too late for the page that asked for it is used from the next page on. A document that is loaded anew sees to
// that by itself, since the rules in its head say `font-display: optional`. With instant navigation the document stays, and so would
// the stand-ins: therefore the faces are loaded once more, from the cache, and registered when a page is swapped in.

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
}
