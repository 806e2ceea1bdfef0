"""HTML from strangers, made safe to show: an allow-list, no styles, no ids, nothing loaded from elsewhere
(EM-66).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from helpdesk.markup.cleaner import clean
from helpdesk.markup.content_ids import normalise

_PLAIN = "p br div span b strong i em u s strike del ins small big sub sup code kbd samp pre blockquote q cite hr"
_LISTS = "ul ol li dl dt dd h1 h2 h3 h4 h5 h6 center address figure figcaption abbr"
_TABLES = "table caption colgroup col thead tbody tfoot tr td th"
_TAGS = set(f"{_PLAIN} {_LISTS} {_TABLES} a img".split())
_BOX = {"width", "height", "align", "valign", "bgcolor"}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "align"},
    "table": {*_BOX, "border", "cellpadding", "cellspacing"},
    "td": {*_BOX, "colspan", "rowspan"},
    "th": {*_BOX, "colspan", "rowspan", "scope"},
    "tr": _BOX,
    "col": {"span", *_BOX},
    "colgroup": {"span", *_BOX},
    **{name: {"align"} for name in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6")},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
}
_GONE = {"script", "style", "title", "head", "template", "noscript", "object", "iframe", "svg", "math", "select"}
_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]*\Z", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_IMAGE = re.compile(r'<img((?:[^>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_APPLE_OBJECT = re.compile(r"""<object\b[^>]{0,1000}?\sdata\s*=\s*["']?(cid:[^"'\s>]{1,500})[^>]{0,1000}>""", re.I)
_URL = re.compile(r"""https?://[^\s<>"'\x00-\x1f]{1,2000}""", re.IGNORECASE)


def sanitise(html: str, image_src: Callable[[str], str | None]) -> str:
    """`html` with what mail needs and nothing that acts.

    Pictures of the mail get the address that `image_src` gives for their content id
    (`content_ids.normalise`), and go if it gives none. Remote ones lose `src` and keep it as
    `data-remote-src`, so that a reader may ask for them.
    """
    cleaned = clean(
        _APPLE_OBJECT.sub(r'<img src="\1">', html),
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel="noopener nofollow noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=_SCHEMES,
    )
    return _IMAGE.sub(lambda match: _image(match.group(1), image_src), cleaned)


def shown_pictures(html: str) -> frozenset[str]:
    """The content ids of the pictures that the reader would see in `html`.

    A picture that stands in a style, a comment or a background alone would be seen nowhere: it is a file.
    """
    asked: set[str] = set()
    sanitise(html, asked.add)
    return frozenset(asked)


def regular(html: str) -> str:
    """`html` well-formed, with the tags of `sanitise` and the attributes by which mail programs mark a quote.

    Not safe to show.
    """
    return clean(
        _APPLE_OBJECT.sub(r'<img src="\1">', html),
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes={**_ATTRIBUTES, "*": {*_ATTRIBUTES["*"], "class", "id", "style"}, "blockquote": {"type"}},
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes=_SCHEMES,
    )


def text_to_html(text: str) -> str:
    """`text` as HTML that looks the same: escaped, its lines kept, its web addresses made links."""
    parts, end = [], 0
    for match in _URL.finditer(text):
        url = _without_tail(match.group())
        parts += [escape(text[end : match.start()]), _anchor(url)]
        end = match.start() + len(url)
    parts.append(escape(text[end:]))
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>\n")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href":
        return value if _LINK.match(value.strip()) else None
    if name == "src" and value.strip().lower().startswith("data:"):
        return value if _PICTURE.match(value.strip()) else None
    return value


def _image(attributes: str, image_src: Callable[[str], str | None]) -> str:
    source = _SOURCE.search(attributes)
    if not source:
        return ""
    value = unescape(source.group(1)).strip()
    rest = attributes[: source.start()] + attributes[source.end() :]
    if value[:5].lower() == "data:":
        return f"<img{attributes}>"
    if value[:4].lower() != "cid:" and _OUTSIDE.match(value):
        return f'<img data-remote-src="{escape(value)}"{rest}>'
    content_id = normalise(value)
    found = image_src(content_id) if content_id else None
    return f'<img src="{escape(found)}"{rest}>' if found else ""


def _without_tail(url: str) -> str:
    """A sentence's full stop or a closing bracket that was opened before the address is not part of it."""
    bare = url.rstrip(".,;:!?*_~")
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(".,;:!?")
    return bare


def _anchor(url: str) -> str:
    address = escape(url)
    return f'<a href="{address}" rel="noopener nofollow noreferrer" target="_blank">{address}</a>'
