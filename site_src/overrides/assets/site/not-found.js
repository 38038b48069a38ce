// Which page did she want? Loaded by 404.html only, which says where the sitemap is; without it, that page has its list of links.

/** @typedef {{words: string[], path: string}} Place A page: its address below the site's, and the words in that. */

/**
 * The words of an address: `guides/real-cost.html` has guides, real and cost.
 * @param {string} path
 */
export function wordsOf(path) {
  let text = path;
  try {
    text = decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing stays as it is.
  }
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word && !["html", "htm", "index", "php", "md"].includes(word));
}

/**
 * How alike two words are: 1 for the same, 0 where fewer than six letters in ten stay as they are (Levenshtein).
 * @param {string} one
 * @param {string} two
 */
export function likeness(one, two) {
  let above = Array.from({ length: two.length + 1 }, (_, n) => n);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let n = 1; n <= two.length; n++) {
      line.push(Math.min(above[n] + 1, line[n - 1] + 1, above[n - 1] + (one[row - 1] === two[n - 1] ? 0 : 1)));
    }
    above = line;
  }
  const same = 1 - above[two.length] / Math.max(one.length, two.length);
  return same < 0.6 ? 0 : same;
}

/**
 * The address that has most in common with the one that is not there; null where none has enough.
 * @param {string} wanted
 * @param {string[]} paths
 * @returns {string | null}
 */
export function closest(wanted, paths) {
  // A program that looks for gaps sends addresses of any length.
  const words = wordsOf(wanted.slice(0, 200));
  /** @type {Place[]} */
  const places = paths.map((path) => ({ path, words: wordsOf(path) })).filter((place) => place.words.length);
  /** @param {string} word @param {string[]} others */
  const best = (word, others) => Math.max(0, ...others.map((other) => likeness(word, other)));
  // A word that many addresses have, such as the name of a folder, says little; so does a short one.
  /** @param {string} word */
  const weight = (word) => word.length / Math.max(1, places.filter((place) => best(word, place.words) > 0).length);
  /** The part of some words that others have too. @param {string[]} some @param {string[]} others */
  const shared = (some, others) => {
    let [had, all] = [0, 0];
    for (const word of some) {
      had += weight(word) * best(word, others);
      all += weight(word);
    }
    return all ? had / all : 0;
  };
  let found = null;
  let most = 0.5;
  for (const place of places) {
    const [given, whole] = [shared(words, place.words), shared(place.words, words)];
    // What was typed is often only a part of the address, so it counts for more.
    const score = given && whole ? 1 / (0.75 / given + 0.25 / whole) : 0;
    if (score > most) [found, most] = [place.path, score];
  }
  return found;
}

/** @param {HTMLElement} line */
async function suggest(line) {
  const site = new URL(line.dataset.site ?? ".", location.href);
  const answer = await fetch(new URL(line.dataset.sitemap ?? "sitemap.xml", location.href));
  if (!answer.ok) return;
  const sitemap = new DOMParser().parseFromString(await answer.text(), "application/xml");
  const urls = [...sitemap.getElementsByTagName("loc")].map((place) => place.textContent?.trim() ?? "");
  // The shortest is the home page: what comes behind it holds wherever the site is served.
  const home = urls.reduce((short, url) => (url.length < short.length ? url : short), urls[0] ?? "");
  const paths = urls.filter((url) => url.startsWith(home)).map((url) => url.slice(home.length));
  const path = closest(location.pathname.replace(site.pathname, ""), paths);
  if (path === null) return;
  const target = new URL(path, site);
  const known = [...document.querySelectorAll("a")].find((link) => link.pathname === target.pathname && !link.hash);
  const link = document.createElement("a");
  link.href = target.href;
  link.textContent = known?.textContent?.trim() || wordsOf(path).join(" ");
  line.replaceChildren("Did you look for ", link, "?");
}

const line = document.querySelector("[data-site-closest]");
// Where the sitemap can't be had, the page stays as it is.
if (line instanceof HTMLElement) suggest(line).catch(() => {});
