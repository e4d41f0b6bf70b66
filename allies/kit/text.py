"""Rich text: Markdown written by people, turned into HTML that can't harm."""

from collections.abc import MutableMapping, Sequence
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# The page's own title is its only h1.
HIGHEST_HEADING = 2

_TAGS = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


def _is_external(address: str) -> bool:
    inside = address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))
    return not inside


def _mark_external(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    if _is_external(str(token.attrGet("href") or "")):
        token.attrSet("rel", "nofollow noopener")
    return renderer.renderToken(tokens, index, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "typographer": False})
    # Pictures come from stored files, never from an address that somebody typed.
    parser.enable(["table", "strikethrough", "linkify"]).disable("image")
    parser.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    parser.add_render_rule("link_open", _mark_external)
    return parser


_markdown = _parser()


def render_markdown(source: str, *, highest_heading: int = HIGHEST_HEADING) -> SafeString:
    """Render Markdown as safe HTML; its first level of headings becomes `highest_heading`."""
    tokens = _markdown.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + highest_heading - 1, 6)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    return mark_safe(clean)  # noqa: S308 - sanitised on the line before
