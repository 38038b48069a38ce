// What Material's markup leaves out and only a script can add. Loaded as a module on every page, after Material's own script;
// a page is complete without it.

import { useFaces } from "./faces.js";

/** Opens the search. Material has only a label for that, which no keyboard reaches. */
function openSearch() {
  const toggle = document.getElementById("__search");
  if (toggle instanceof HTMLInputElement && !toggle.checked) toggle.click();
  const field = document.querySelector("[data-md-component=search-query]");
  if (field instanceof HTMLElement) field.focus();
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-site-search]")) openSearch();
  // A link within the page leaves the menu open otherwise, over the place it led to.
  const menu = event.target.closest("a") && event.target.closest("[popover]:popover-open");
  if (menu instanceof HTMLElement) menu.hidePopover();
});

// A small screen shows the search in place of the page, so closing it gives the focus back to the button that opened it.
document.getElementById("__search")?.addEventListener("change", (event) => {
  const button = document.querySelector("[data-site-search]");
  const closed = event.target instanceof HTMLInputElement && !event.target.checked;
  if (closed && button instanceof HTMLElement && button.checkVisibility()) button.focus();
});

/** Makes what scrolls sideways reachable by keyboard, with a name, and nothing else. */
function nameScrollers() {
  for (const scroller of document.querySelectorAll("article :is(.md-typeset__scrollwrap, .highlight pre > code)")) {
    if (scroller.scrollWidth > scroller.clientWidth) {
      scroller.setAttribute("tabindex", "0");
      scroller.setAttribute("role", "group");
      scroller.setAttribute("aria-label", scroller.querySelector("caption")?.textContent || headingBefore(scroller));
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) scroller.removeAttribute(name);
    }
  }
}

/**
 * The words of the last heading above an element.
 * @param {Element} element
 */
function headingBefore(element) {
  let words = document.title;
  for (const heading of document.querySelectorAll("article :is(h1, h2, h3)")) {
    if (!(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    words = heading.firstChild?.textContent || words;
  }
  return words;
}

/** Marks the links that leave the site, for print.css. */
function markLinksAway() {
  for (const link of document.querySelectorAll("article a[href]")) {
    if (link instanceof HTMLAnchorElement && link.origin !== location.origin) link.dataset.siteAway = "";
  }
}

/** Loads what only some pages have. The element does the rest by itself, whenever it comes and goes. */
function loadTools() {
  if (document.querySelector("shared-hours")) import("./shared-hours/element.js");
}

// Instant navigation swaps the page, but leaves the focus on nothing and a screen reader without a word. A new document would
// have started at its top: so does this.
let place = location.pathname;

function arrive() {
  requestAnimationFrame(nameScrollers);
  markLinksAway();
  loadTools();
  if (location.pathname === place) return;
  useFaces();
  place = location.pathname;
  const title = document.querySelector("main h1");
  if (location.hash || !(title instanceof HTMLElement)) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** @typedef {{subscribe(next: () => void): unknown}} PageChanges Material's stream of pages; the page as loaded comes first. */
const { document$ } = /** @type {{document$?: PageChanges}} */ (/** @type {unknown} */ (window));
if (document$) document$.subscribe(arrive);
else arrive();
addEventListener("resize", nameScrollers);
