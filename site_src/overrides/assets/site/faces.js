// A face that comes too late for the page that asked for it is used from the next page on. A document that is loaded anew sees to
// that by itself, as the rules in its head say `font-display: optional`. With instant navigation the document stays, and so would
// the stand-ins: therefore the faces are loaded a second time, from the cache, and registered when a page is swapped in.

/**
 * The faces by the rules in the head of the page, with addresses that hold on every page.
 * @returns {FontFace[]}
 */
function facesOfThePage() {
  const sheet = document.querySelector("style[data-site-faces]");
  if (!(sheet instanceof HTMLStyleElement) || !sheet.sheet) return [];
  const faces = [];
  for (const rule of sheet.sheet.cssRules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    /** @param {string} name */
    const say = (name) => rule.style.getPropertyValue(name);
    const [, address] = /^url\("?([^")]+)"?\)/.exec(say("src")) ?? [];
    // Stand-ins are here already, and faces for paper are no matter of the screen.
    if (!address || say("font-display") !== "optional") continue;
    const source = `url(${JSON.stringify(new URL(address, document.baseURI).href)})`;
    const family = say("font-family").replaceAll('"', "");
    faces.push(new FontFace(family, source, { style: say("font-style") || "normal", weight: say("font-weight") }));
  }
  return faces;
}

const faces = facesOfThePage();

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
