// A picture of two working days, one above the other, on one clock. All it says stands in words beside it.

/** @import {Span} from "./time-zones.js" */

const SVG = "http://www.w3.org/2000/svg";
const HATCHING = "shared-hours-hatching";

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Element | string)[]} children
 */
function draw(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/**
 * Lengths are shares of the width and multiples of the size of type, so nothing is stretched at any width.
 * @param {Span} whole From the left edge to the right one.
 * @param {{name: string, spans: Span[]}[]} rows
 * @param {Span[]} shared
 * @param {{at: number, text: string}[]} hours
 */
export function drawStrip(whole, rows, shared, hours) {
  const share = (/** @type {number} */ at) =>
    Math.min(100, Math.max(0, (100 * (at - whole.from)) / (whole.to - whole.from)));
  /** @type {(spans: Span[], y: number, part: string, more?: Record<string, string>) => Element[]} */
  const bars = (spans, y, part, more = {}) =>
    spans
      .map(({ from, to }) => [share(from), share(to)])
      .filter(([from = 0, to = 0]) => from < to)
      .map(([from = 0, to = 0]) =>
        draw("rect", { "data-part": part, x: `${from}%`, y: `${y}em`, width: `${to - from}%`, height: "1.6em", ...more }),
      );
  const inside = hours.slice(1, -1).map(({ at }) => `${share(at)}%`);
  const strip = draw(
    "svg",
    { "data-strip": "", "aria-hidden": "true" },
    draw(
      "pattern",
      { id: HATCHING, width: "7", height: "7", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      draw("rect", { "data-part": "ground", width: "7", height: "7" }),
      draw("rect", { "data-part": "stroke", width: "3", height: "7" }),
    ),
    ...rows.flatMap(({ name, spans }, row) => {
      const y = row * 3.4 + 1.4;
      return [
        draw("text", { "data-part": "name", x: "0", y: `${y - 0.4}em` }, name),
        ...bars([whole], y, "day"),
        ...inside.map((x) => draw("line", { x1: x, x2: x, y1: `${y}em`, y2: `${y + 1.6}em` })),
        ...bars(spans, y, "work"),
        ...bars(shared, y, "shared", { fill: `url(#${HATCHING})` }),
      ];
    }),
    ...hours.map(({ at, text }, place) => {
      const anchor = place === 0 ? "start" : place === hours.length - 1 ? "end" : "middle";
      return draw("text", { x: `${share(at)}%`, y: `${rows.length * 3.4 + 0.8}em`, "text-anchor": anchor }, text);
    }),
  );
  return strip;
}
