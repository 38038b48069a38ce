// What `make validate` holds the built pages to: all that html-validate recommends, but for what stands here with its reason.
// https://html-validate.org/rules/

/** @type {import("html-validate").ConfigData} */
export const config = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // How the source is written, which no browser minds. Jinja leaves the ends of its lines, Material writes the doctype in small
    // letters, and Python-Markdown closes empty elements and writes attributes out, as in XHTML.
    "no-trailing-whitespace": "off",
    "doctype-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // HTML allows any name without white space, and Material's begin with underscores: https://html.spec.whatwg.org/#the-id-attribute
    "valid-id": ["error", { relaxed: true }],
    // Against a change on another host. Nothing comes from one here, and this rule fails if something does.
    "require-sri": ["error", { target: "crossorigin" }],
    // No form here is sent: the search answers at every key, the colours and a checklist at every choice. The button that the
    // rule asks for would do nothing: https://www.w3.org/WAI/WCAG22/Techniques/html/H32
    "wcag/h32": "off",
    // Safari takes a list without bullets for none, unless it says that it is one: https://www.scottohara.me/blog/2019/01/12/lists-and-safari.html
    "no-redundant-role": ["error", { exclude: ["list"] }],
  },
};

/**
 * Faults that are not ours to mend. Each must still be found: one that is gone fails the check, so that none stays here unused.
 * @type {{rule: RegExp, message?: RegExp, selector?: RegExp, source?: RegExp, reason: string, link: string}[]}
 */
export const known = [
  {
    rule: /^(input-attributes|valid-autocomplete)$/,
    selector: /^#__(drawer|search)$/,
    reason: "Material: Firefox would keep the check boxes that open menu and search ticked over a reload",
    link: "https://github.com/squidfunk/mkdocs-material/issues/1513",
  },
  {
    rule: /^input-missing-label$/,
    source: /^<label class="md-(overlay|search__overlay)" for="__(drawer|search)">/,
    reason: "Material: what is dimmed behind menu and search closes them at a click; its check boxes are never displayed",
    link: "https://github.com/squidfunk/mkdocs-material/blob/master/src/templates/base.html",
  },
  {
    rule: /^no-deprecated-attr$/,
    message: /^Attribute "align" is deprecated on <t[dh]> element$/,
    reason: "Python-Markdown: aligns the columns of a table by `align` or by `style`, which our policy refuses",
    link: "https://github.com/Python-Markdown/markdown/issues/271",
  },
];
