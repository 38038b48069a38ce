/** Registers the element of an index of checklists: the entry of a page with one. */
import { ChecklistIndexElement } from "./overview/index-element.js";

// As in `define.js`: the first release on a page serves both.
if (!customElements.get("checklist-index")) customElements.define("checklist-index", ChecklistIndexElement);
