"""The hook that gives the pages of a site their policy, and tells what that policy would refuse."""

import base64
import hashlib
import re
from pathlib import Path

import html5lib
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_src.hooks.content_security_policy import PageReader, source_of
from tests.helpers import REPOSITORY, Site, build_site, write_tree

HOOK = REPOSITORY / "site_src/hooks/content_security_policy.py"
CONFIG = f"site_name: Test site\ntheme: {{name: material, font: false}}\nplugins: []\nhooks: ['{HOOK.as_posix()}']\n"
BARE = CONFIG.replace("name: material, font: false", "name: null, custom_dir: theme, static_templates: [404.html]")
TEMPLATE = (
    "<!doctype html><html><head><title>T</title>\n<script>{}</script></head><body>{{{{ page.content }}}}</body></html>"
)


def policies(site_dir: Path) -> dict[str, list[str]]:
    """What the policies of each page say, by its path."""
    found = {}
    for path in site_dir.rglob("*.html"):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        metas = [meta for meta in tree.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
        found[path.relative_to(site_dir).as_posix()] = [meta.get("content") or "" for meta in metas]
    return found


def sources(policy: str, directive: str) -> list[str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))[directive].split()


def texts_in(site_dir: Path, tag: str) -> set[str]:
    """The scripts that are run, or the styles, inside pages, as another parser finds them."""
    trees = [html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False) for path in site_dir.rglob("*.html")]
    return {
        element.text or ""
        for tree in trees
        for element in tree.iter(tag)
        if element.get("src") is None and element.get("type") not in {"application/json", "application/ld+json"}
    }


def hashes(texts: set[str]) -> list[str]:
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# --- the flagship site --------------------------------------------------------------------------------------------


def test_every_page_has_the_same_policy_with_the_hashes_of_all_scripts_and_styles_of_the_site(flagship: Site) -> None:
    found = policies(flagship.site_dir)
    (policy,) = found["index.html"]
    scripts, styles = hashes(texts_in(flagship.site_dir, "script")), hashes(texts_in(flagship.site_dir, "style"))
    assert set(map(tuple, found.values())) == {(policy,)}
    assert "404.html" in found
    # Material's first script names the way to the top of the site: one for each depth of pages, and one for 404.html.
    assert len(scripts) >= 5
    # The addresses of the faces: the same.
    assert len(styles) == 4
    assert policy == (
        f"default-src 'self'; script-src 'self' {' '.join(scripts)}; style-src 'self' {' '.join(styles)}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )


def test_policy_stands_before_all_that_it_could_forbid(flagship: Site) -> None:
    for path in flagship.site_dir.rglob("*.html"):
        first, second, *_ = re.findall(r"<(?:meta|link|script|style|base|title)\b[^>]*>", path.read_text("utf-8"))
        assert (first, second[:45]) == ('<meta charset="utf-8">', '<meta http-equiv="Content-Security-Policy" co')


def test_nothing_of_ours_is_inline_in_the_templates_but_the_faces() -> None:
    templates = sorted((REPOSITORY / "site_src/overrides").rglob("*.html"))
    found = [
        (path.name, len(page.scripts), len(page.styles), page.refused)
        for path in templates
        if (page := PageReader(path.read_text("utf-8"))).scripts or page.styles or page.refused
    ]
    assert found == [("faces.html", 1, 1, [])]


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color: red">', "a style attribute"),
        ('<svg viewBox="0 0 1 1"><path STYLE=fill:red /></svg>', "a style attribute"),
        ('<b onclick="go()">x</b>', "the handler onclick"),
        ("<img src=x.png\n  onerror=go()>", "the handler onerror"),
        ('<a href="javascript:go()">x</a>', "a javascript: address"),
        ('<a href=" &#1;Java&#9;Script&colon;go()">x</a>', "a javascript: address"),
        ('<form action="javascript:go()">', "a javascript: address"),
    ],
)
def test_what_the_policy_refuses_fails_a_strict_build_with_page_line_and_tag(
    tmp_path: Path, text: str, what: str
) -> None:
    page = PageReader(f"<p>before\n{text}")
    build = build_site(
        write_tree(tmp_path, {"mkdocs.yml": BARE, "theme/main.html": "{{ page.content }}", "docs/a.md": text})
    )

    assert [(line, found) for line, found, _ in page.refused] == [(2, what)]
    tag = page.refused[0][2]
    assert tag in " ".join(text.split())
    assert (
        f"WARNING: content_security_policy: a.md holds {what}, which the policy refuses, in line 1 of the built page: {tag}"
        in (build.messages)
    )
    assert build.failure is not None


def test_style_of_a_page_is_refused_and_that_of_the_theme_gets_a_hash(tmp_path: Path) -> None:
    head = "<style>\n  p { color: green }\n</style>"
    tree = {
        "mkdocs.yml": BARE,
        "theme/main.html": f"<!doctype html><html><head>{head}</head><body>{{{{ page.content }}}}</body></html>",
        "theme/404.html": f"<!doctype html><html><head>{head.replace('green', 'blue')}</head><body></body></html>",
        "docs/a.md": "<style class=x>p { color: red }</style>",
    }
    built = build_site(write_tree(tmp_path, tree))
    assert built.messages == (
        "WARNING: content_security_policy: a.md holds a <style> element, which the policy refuses, in line 3 of the built "
        "page: <style class=x>",
    )
    assert built.failure is not None
    (policy,) = policies(built.site_dir)["a/index.html"]
    own = {"\n  p { color: green }\n", "\n  p { color: blue }\n"}
    assert sources(policy, "style-src") == ["'self'", *hashes(own)]
    assert policies(built.site_dir)["404.html"] == [policy]


@pytest.mark.parametrize(
    "text",
    [
        "`<p style='color: red' onclick=go()>`",
        "[javascript: what it is](https://example.org/javascript:go)",
        '<p title="style=x onclick=go() javascript:go()" data-style="x">on style</p>',
        '<script src="x.js"></script>',
        '<script type="application/ld+json">{}</script>',
        "<!-- <style>p {}</style> <script>go()</script> -->",
    ],
)
def test_what_only_looks_like_it_is_let_pass(tmp_path: Path, text: str) -> None:
    build_site(
        write_tree(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": f"# Page\n\n{text}\n", "docs/x.js": ""})
    ).check()


def test_script_of_a_page_is_told_and_gets_no_hash(tmp_path: Path) -> None:
    built = build_site(
        write_tree(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": "# Page\n\n<script>\n  go( )\n</script>\n"}),
        strict=False,
    )
    assert built.messages == (
        "WARNING: content_security_policy: index.md holds a script; put it into a file, under `extra_javascript`: go( )",
    )
    (policy,) = policies(built.site_dir)["index.html"]
    assert source_of("\n  go( )\n") not in policy
    assert len(sources(policy, "script-src")) == len(texts_in(built.site_dir, "script"))  # 'self', and all but this one


def test_page_without_head_or_template_is_told_since_it_gets_no_policy(tmp_path: Path) -> None:
    tree = {
        "mkdocs.yml": BARE,
        "theme/main.html": "{{ page.content }}",
        "theme/404.html": TEMPLATE.format(1),
        "docs/index.md": "# Page\n",
        "docs/raw/page.html": TEMPLATE.format(2),
    }
    built = build_site(write_tree(tmp_path, tree), strict=False)
    assert built.messages == (
        "WARNING: content_security_policy: index.md has no <head>, so it gets no policy.",
        "WARNING: content_security_policy: index.html was not rendered from a template, so it gets no policy.",
        "WARNING: content_security_policy: raw/page.html was not rendered from a template, so it gets no policy.",
    )
    assert {path: len(found) for path, found in policies(built.site_dir).items()} == {
        "404.html": 1,
        "index.html": 0,
        "raw/page.html": 0,
    }


def test_script_with_line_ends_of_windows_has_the_hash_that_browsers_compute(tmp_path: Path) -> None:
    assert source_of("a\r\nb\rc\n") == source_of("a\nb\nc\n")
    assert PageReader("<script>one\r\n</script>x<script type=module>two</script>").scripts == ["one\r\n", "two"]


@pytest.mark.parametrize(("command", "dirty"), [("serve", False), ("build", True)])
def test_live_reload_and_partial_builds_go_without_a_policy_and_still_tell(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, command: str, dirty: bool
) -> None:
    root = write_tree(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": '<p style="color: red">Red</p>\n'})
    config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    config.plugins.on_startup(command=command, dirty=dirty)  # type: ignore[arg-type]
    build(config, serve_url="http://127.0.0.1:8000/" if command == "serve" else None, dirty=dirty)
    assert policies(root / "site") == {"404.html": [], "index.html": []}
    assert "index.md holds a style attribute" in caplog.text
    # The module is the same for the next build.
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    assert {len(found) for found in policies(root / "site").values()} == {1}
