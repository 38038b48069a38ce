"""Take the picture in the README from the flagship site: `python -m tests.readme_picture FILE.png`."""

import sys
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser_binary import chromium_arguments, find_chromium, use_node_of_the_environment
from tests.helpers import REPOSITORY, build_site
from tests.pages_server import serve

PATH = "guides/eight-first-time-outsourcing-mistakes/"
HEIGHT = 990

COMPOSE = """<style>
  body {{ background: {background}; display: flex; gap: 48px; margin: 0; padding: 32px 40px; }}
  img {{ width: 568px; }}
  div {{ height: {height}px; overflow: hidden; }}
</style><div><img src="{questions}"></div><div><img src="{result}"></div>"""


def _take(page: Page, first: Locator, last: Locator) -> str:
    """What stands from the top of one element to the foot of another, as the address of an image."""
    start, end = first.bounding_box(), last.bounding_box()
    assert start is not None
    assert end is not None
    height = end["y"] + end["height"] - start["y"]
    shot = page.screenshot(
        full_page=True, clip={"x": start["x"], "y": start["y"], "width": start["width"], "height": height}
    )
    return f"data:image/png;base64,{b64encode(shot).decode()}"


def take_picture(file: Path) -> None:
    use_node_of_the_environment()
    path = find_chromium()
    with TemporaryDirectory() as folder, serve(Path(folder)) as url, sync_playwright() as playwright:
        build_site(REPOSITORY, Path(folder), site_url=url).check()
        browser = playwright.chromium.launch(
            executable_path=path, args=[*chromium_arguments(), "--font-render-hinting=none"]
        )
        # Wide enough for the questions, and not for a bar at their side.
        # What is hidden for the picture is hidden by a style of ours, which the site's policy would refuse.
        page = browser.new_page(
            viewport={"width": 600, "height": 3000}, color_scheme="light", device_scale_factor=1.5, bypass_csp=True
        )
        page.goto(url + PATH)
        questions = page.locator("scored-checklist fieldset")
        for n in range(questions.count()):
            questions.nth(n).get_by_role("radio").nth(1 if n in {1, 3} else 0).check()
        panel = page.get_by_role("region", name="Your result")
        panel.get_by_text("The shortest way up").wait_for()
        page.add_style_tag(content=".md-header, [data-bar] { display: none !important }")
        page.evaluate("scrollTo(0, 0)")
        parts = {
            "background": page.evaluate("getComputedStyle(document.body).backgroundColor"),
            "questions": _take(page, questions.first, questions.nth(1)),
            "result": _take(page, panel, panel),
        }
        page.set_viewport_size({"width": 1264, "height": HEIGHT + 64})
        page.set_content(COMPOSE.format(height=HEIGHT, **parts))
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file)
        browser.close()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]))
