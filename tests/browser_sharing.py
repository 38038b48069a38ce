"""Pages that several tests share, one after the other: none may leave anything behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser_log import BrowserLog

# What a page has kept in the browser, besides what Material notes of itself: where each page stood, and the sitemap.
KEPT = """async () => {
    const databases = [];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve, reject) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
        for (const store of database.objectStoreNames) {
            const count = database.transaction(store).objectStore(store).count();
            await new Promise((resolve) => { count.onsuccess = resolve; });
            if (count.result) databases.push(`${name}: ${store}`);
        }
        database.close();
    }
    const own = (storage) => Object.keys(storage).filter((key) => !key.startsWith("/") && !key.includes(".__"));
    return [...databases, ...own(localStorage), ...own(sessionStorage), ...document.cookie.split("; ").filter(Boolean)];
}"""


@contextmanager
def looking_at(page: Page, log: BrowserLog) -> Iterator[None]:
    """Watch a shared page during one test, see to it that nothing was stored, and set width and media back."""
    size = page.viewport_size
    log.watch(page.context)
    try:
        yield
        assert page.context.pages == [page], "Other pages were opened"
        assert page.evaluate(KEPT) == [], "Something was stored: such a test needs a page of its own"
        page.emulate_media(media="null", color_scheme="null", reduced_motion="reduce", forced_colors="null")
        if size:
            page.set_viewport_size(size)
        log.catch_up()
    finally:
        log.leave(page.context)
