/** Registers the element: the entry of a page, and the only module with a side effect. */
import { ScoredChecklistElement } from "./answering/element.js";

// A page may load two releases, say of a site and of a page embedded in it; the first one serves both.
if (!customElements.get("scored-checklist")) customElements.define("scored-checklist", ScoredChecklistElement);
