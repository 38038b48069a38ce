// Run in picture.html by draw.py.

/** @param {number} colour */
const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

/** @param {number} one @param {number} two */
const distance = (one, two) => parts(one).reduce((sum, part, n) => sum + (part - parts(two)[n]) ** 2, 0);

/**
 * The pixels of a picture as numbers of at most `limit` colours. The colours used most stay as they are (paper, ink, accent);
 * every other pixel, at the edge of a letter, takes the nearest of those.
 * @param {string} source
 * @param {number} limit
 */
export async function quantize(source, limit) {
  const bitmap = await createImageBitmap(await (await fetch(source)).blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (!context) throw new Error("No canvas");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);

  /** @type {Map<number, number>} How many pixels have a colour. */
  const uses = new Map();
  /** @param {number} colour */
  const count = (colour) => uses.get(colour) ?? 0;
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    uses.set(colour, count(colour) + 1);
  }

  // Greedy: the next colour is the one that the most pixels miss most.
  const all = [...uses.keys()];
  const nearest = new Map(all.map((colour) => [colour, { number: 0, gap: Infinity }]));
  const palette = [all.reduce((best, colour) => (count(colour) > count(best) ? colour : best))];
  for (let number = 0; number < palette.length; number++) {
    let [next, worst] = [0, 0];
    for (const [colour, found] of nearest) {
      const gap = distance(colour, palette[number]);
      if (gap < found.gap) Object.assign(found, { number, gap });
      if (found.gap * count(colour) > worst) [next, worst] = [colour, found.gap * count(colour)];
    }
    if (worst && palette.length < limit) palette.push(next);
  }

  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at++) {
    const colour = (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
    pixels[at] = nearest.get(colour)?.number ?? 0;
  }
  let text = "";
  for (let at = 0; at < pixels.length; at += 8192) text += String.fromCharCode(...pixels.subarray(at, at + 8192));
  return { width, height, palette: palette.map(parts), pixels: btoa(text) };
}
