/** Small pictures in SVG. Their sizes are attributes: a strict Content-Security-Policy refuses inline styles. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, `${value}`);
  element.append(...children);
  return element;
}

/**
 * @param {Record<string, string>} attributes
 * @returns {SVGElement} a line on a halo, so that it shows on every band; its width does not stretch with the picture
 */
export function drawMarker(attributes) {
  const line = () => draw("path", { d: "M0 -3V13", "vector-effect": "non-scaling-stroke" });
  return draw("g", { "data-marker": "", "data-made": "", ...attributes }, line(), line());
}

/**
 * @param {SVGElement} marker
 * @param {number | null} score
 * @param {readonly [number, number]} ends of the scale
 */
export function placeMarker(marker, score, [bottom, top]) {
  const at = score === null || top === bottom ? null : (100 * (score - bottom)) / (top - bottom);
  marker.toggleAttribute("hidden", at === null);
  if (at !== null) marker.setAttribute("transform", `translate(${Math.min(100, Math.max(0, at))})`);
}

/**
 * @param {number} gained
 * @param {number} lost
 * @param {number} longest what fills the whole width
 * @returns {SVGElement} a bar in two pieces
 */
export function drawBar(gained, lost, longest) {
  const scale = 100 / (longest || 1);
  return draw(
    "svg",
    { "data-gain": "", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    draw("rect", { width: gained * scale, height: 10 }),
    draw("rect", { x: gained * scale, width: lost * scale, height: 10 }),
  );
}
