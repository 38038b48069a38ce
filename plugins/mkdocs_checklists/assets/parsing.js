/** An element may be upgraded while the browser still reads the page, and then has only some of its children. */

/**
 * Calls back once the end tag of an element has been read: at once, if it has.
 *
 * @param {Element} element
 * @param {AbortSignal} signal
 * @param {() => void} callback
 */
export function whenParsed(element, signal, callback) {
  if (isParsed(element)) return callback();
  const observer = new MutationObserver(check);
  function check() {
    if (!isParsed(element)) return;
    observer.disconnect();
    if (!signal.aborted) callback();
  }
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener("readystatechange", check, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {Element} element */
function isParsed(element) {
  if (element.ownerDocument.readyState !== "loading") return true;
  // The parser goes on behind an element only when it has finished with it.
  for (let node = /** @type {Node | null} */ (element); node; node = node.parentNode) {
    if (node.nextSibling) return true;
  }
  return false;
}
