"""HTML read aloud: what a mail without a text part says in search, notices and the API."""

from __future__ import annotations

import pytest

from helpdesk.markup.html_text import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>  a\n  b&nbsp;c </p>", "a b c"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<p>a</p><blockquote>b<br>c<blockquote>d</blockquote></blockquote><p>e</p>", "a\n\n> b\n> c\n>\n> > d\n\ne"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<pre>x  y\n  z</pre>", "x  y\n  z"),
        ('<a href="https://x.test/a">here</a>', "here (https://x.test/a)"),
        ('<a href="https://x.test/">https://x.test</a>', "https://x.test"),
        ('<a href="javascript:x">here</a>', "here"),
        ("<head><title>t</title></head><style>p{}</style><script>x()</script>a", "a"),
        ("1 &lt; 2 &amp;&amp; 3", "1 < 2 && 3"),
        ("", ""),
        ("<div><br></div>", ""),
        ("not <b>closed <i>at all", "not closed at all"),
    ],
)
def test_html_is_read_aloud(html: str, text: str) -> None:
    assert to_text(html) == text
