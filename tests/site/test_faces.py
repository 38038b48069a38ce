"""The rules of the faces: where they are, and what they lead to."""

import re
from urllib.parse import urljoin

from tests.helpers import Site


def test_no_style_sheet_has_a_rule_for_faces(flagship: Site) -> None:
    # Material has each sheet applied a second time, and one such rule would register all faces anew: partials/faces.html.
    sheets = sorted(flagship.site_dir.rglob("*.css"))
    assert len(sheets) > 5
    assert [sheet.name for sheet in sheets if re.search(r"@font-face\s*\{", sheet.read_text("utf-8"))] == []


def test_every_page_leads_to_every_file_of_the_faces(flagship: Site) -> None:
    files = {path.name for path in (flagship.site_dir / "assets/site/fonts").glob("*.woff2")}
    assert len(files) == 10
    for page in flagship.site_dir.rglob("*.html"):
        path = page.relative_to(flagship.site_dir).as_posix()
        # 404.html is shown at any address.
        at = f"{flagship.url}no/such/page/" if path == "404.html" else f"{flagship.url}{path}"
        addresses = re.findall(r'url\("([^"]+)"\) format\("woff2"\)', page.read_text("utf-8"))
        assert {urljoin(at, address) for address in addresses} == {
            f"{flagship.url}assets/site/fonts/{name}" for name in files
        }, path
