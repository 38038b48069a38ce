"""The MkDocs plugin, a thin adapter: options, early validation, watch list, asset files, and what needs all pages."""

from __future__ import annotations

import html
import os.path
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from .diagnostics.diagnostic import Diagnostics, Severity, count, format_report
from .library.folder import Library
from .lint.checklist import lint, lint_shared
from .markdown_ext import ChecklistExtension
from .mkdocs_build.crosslinks import CrossLinks
from .mkdocs_build.site import MkDocsSite
from .page.browser_files import (
    ENTRY,
    FOLDER,
    PAGE_NEEDS,
    STYLE,
    asset_files,
    content_hash,
    modules_at_once,
    needs_of,
)
from .page.cases import case_files
from .page.overview import INDEX
from .page.overview_files import index_files
from .words.messages import Messages, languages, load_messages

log = get_plugin_logger(__name__)

_EXTENSION_NAMES = {"mkdocs_checklists", "mkdocs_checklists.markdown_ext"}


class ChecklistsConfig(Config):
    """Options of the plugin `checklists` in `mkdocs.yml`."""

    path = opt.Type(str, default="checklists")
    """Folder of the checklist files, from the folder of `mkdocs.yml`."""

    language = opt.Choice(languages(), default="en")
    """Language of the words that the widgets say."""

    messages = opt.Type(dict, default={})
    """Words of your own, by message name, in place of the package's."""

    guides = opt.ListOfItems(opt.Type(str), default=[])
    """The pages whose cross-links are shown and checked, as patterns such as `guides/*.md`."""

    lint = opt.Type(bool, default=False)
    """Whether a build gives the linter's warnings too, so that they fail with `--strict`; `checklists check` always does."""


class ChecklistsPlugin(BasePlugin[ChecklistsConfig]):
    """Renders the `:::` lines of pages. One instance serves one site; `serve` builds with it again and again."""

    serving = False
    dirty = False
    server: LiveReloadServer | None = None
    library: Library

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving, self.dirty = command == "serve", dirty
        self.server = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        self.server = server
        return server

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        directory = root / self.config.path
        if getattr(self, "library", None) is None or self.library.directory != directory:
            hint = "Make it, or name the right one in mkdocs.yml, with the option 'path' of the plugin."
            self.library = Library(directory, root, hint)
        self.library.refresh()
        self.problems = Diagnostics()
        self._tell(self.library.diagnostics)
        if self.config.lint:
            self._lint()
        self.messages = self._messages()
        self.site = MkDocsSite(config, self.library)
        self._add_extension(config)
        self._add_assets(config)
        self._watch(str(directory), config)
        return config

    def _watch(self, directory: str, config: MkDocsConfig) -> None:
        # The server ends when it is told to watch what is not there. MkDocs looks at `config.watch` only once, so a folder that
        # is made or named later is told to the server by the build that finds it.
        if not os.path.isdir(directory):
            return
        if directory not in config.watch:
            config.watch.append(directory)
        if self.server is not None:
            self.server.watch(directory)

    def _messages(self) -> Messages:
        try:
            return load_messages(self.config.language, self.config.messages)
        except ValueError as error:
            raise PluginError(f"plugin 'checklists', option 'messages': {error}") from error

    def _tell(self, found: Diagnostics) -> None:
        """Warnings count under `--strict`. Errors end a build at once; while serving, the page shows them instead."""
        for warning in found.warnings:
            log.warning(warning.format())
        if found.errors and not self.serving:
            raise PluginError(
                f"{count(len(found.errors), 'error')} in checklist files\n\n{format_report(found.errors)}\n"
            )
        for error in found.errors:
            log.error(error.format())

    def _lint(self) -> None:
        """Say what `checklists check` says, but for the age of reviews: the same files give the same build on any day."""
        for loaded in self.library.checklists:
            self._tell(lint(loaded))
        if self.library.shared:
            self._tell(lint_shared(self.library.shared))

    def _add_extension(self, config: MkDocsConfig) -> None:
        # A site that lists the extension itself, for engines without plugins, gets this one in its place. MkDocs keeps one list
        # through all builds of `serve`, so the one of the build before goes too.
        config.markdown_extensions[:] = [
            extension
            for extension in config.markdown_extensions
            if extension not in _EXTENSION_NAMES and not isinstance(extension, ChecklistExtension)
        ]
        extension: Any = ChecklistExtension(
            library=self.library, messages=self.messages, site=self.site, report=self.problems.extend
        )
        config.markdown_extensions.append(extension)

    def _add_assets(self, config: MkDocsConfig) -> None:
        keys = [loaded.key for loaded in self.library.checklists if loaded.checklist]
        self.assets = asset_files(self.messages, keys, site="..")
        self.folder = f"{FOLDER}/{content_hash(self.assets)}"
        # A site that also builds with an engine without plugins lists the files of `checklists assets` itself; and `serve`
        # keeps the entries of the build before.
        ours = f"{FOLDER}/"
        others = [path for path in config.extra_css if not str(path).startswith(ours)]
        config.extra_css[:] = [f"{self.folder}/{STYLE}", *others]
        script = opt.ExtraScriptValue(f"{self.folder}/{ENTRY}")
        script.type = "module"
        scripts = [path for path in config.extra_javascript if not str(path).startswith(ours)]
        config.extra_javascript[:] = [*scripts, script]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for name, content in self.assets.items():
            files.append(File.generated(config, f"{self.folder}/{name}", content=content))
        self.site.survey(files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.site.order = [page.file.src_uri for page in nav.pages]
        return nav

    def on_page_content(self, html_text: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        # Themes put a title that came from a heading into <title> unescaped (Material: `page.title | striptags`); a checklist's
        # title is text.
        title = self.site.own_title(page.file.src_uri)
        if title is not None and "title" not in page.meta:
            page.meta["title"] = html.escape(title, quote=False)
        return html_text

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Name what a page needs in its head.

        A browser learns of a module that another one imports only once it has read that one, and runs the one that stands at
        the end of the page, where themes put it, only after the theme's own. Named early, it waits for neither.
        """
        needs = needs_of(page.content or "")
        # The theme names that of all pages, from `extra_css`.
        styles = [need.style for need in needs.values() if need.style not in ("", STYLE)]
        tags = [f'<link rel="stylesheet" href="{self._address(style, page)}">' for style in styles]
        if "checklist" in needs:
            at_once = (name for need in needs.values() for name in need.at_once)
            entry, *others = modules_at_once(self.assets, ENTRY, *at_once)
            tags.append(f'<script type="module" async src="{self._address(entry, page)}"></script>')
            tags += self._preloads(others, page)
        if "index" in needs:
            entry, *others = modules_at_once(self.assets, needs["index"].entry)
            tags += self._preloads(others, page)
            # Behind the element, and not in the head: Material runs only what stands in the text of a page that it swaps in.
            script = f'<script type="module" async src="{self._address(entry, page)}"></script>'
            output = output.replace(f"</{INDEX}>", f"</{INDEX}>{script}", 1)
        return re.sub(r"(?i)(?=</head\s*>)", "\n".join(dict.fromkeys(tags)) + "\n", output, count=1) if tags else output

    def _preloads(self, names: Iterable[str], page: Page) -> list[str]:
        return [f'<link rel="modulepreload" href="{self._address(name, page)}">' for name in names]

    def _address(self, name: str, page: Page) -> str:
        return get_relative_url(f"{self.folder}/{name}", page.url)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """Every page is rendered now: say what was wrong with them all."""
        for warning in self.site.dead_fragments(files):
            self.problems.add(warning)
        dead = {"unknown-page", "unknown-anchor"}
        soft = [p for p in self.problems if p.code in dead or p.severity is Severity.WARNING]
        # While serving, pages show what `on_config` has said of the files; it is not said again.
        told = set(self.library.diagnostics.errors)
        errors = [problem for problem in self.problems if problem not in soft and problem not in told]
        for problem in soft:
            log.warning(replace(problem, severity=Severity.WARNING).format())
        if errors and not self.serving:
            raise PluginError(f"{count(len(errors), 'error')} in pages with checklists\n\n{format_report(errors)}\n")
        for error in errors:
            log.error(error.format())
        self._connect(config, files)
        self._add_index_keys(config, files)
        for name, content in case_files(self.library.checklists).items():
            files.append(File.generated(config, f"{self.folder}/{name}", content=content))

    def _connect(self, config: MkDocsConfig, files: Files) -> None:
        name = os.path.basename(config.config_file_path or "mkdocs.yml")
        links = CrossLinks(self.config.guides, self.site, self.messages, self.site.order, config.site_url or "", name)
        for warning in links.mount(files):
            # A dirty build renders only some pages: the others would seem to lead nowhere.
            if not self.dirty:
                log.warning(warning.format())

    def _add_index_keys(self, config: MkDocsConfig, files: Files) -> None:
        """For the script of an index: fetched only for the checklists that a reader has begun."""
        texts = (file.page.content or "" for file in files.documentation_pages() if file.page)
        if not any(PAGE_NEEDS["index"].sign.search(text) for text in texts):
            return
        for name, content in index_files(self.library.checklists).items():
            files.append(File.generated(config, f"{self.folder}/{name}", content=content))
