"""Rich text: what people write can't harm who reads it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allies.kit.text import render_markdown


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


ALLOWED = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}

FRAGMENTS = st.sampled_from(
    [
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "<a href=", "onload="),
        *("[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:x)", "[x](&#106;avascript:x)"),
        *("![x](data:text/html,x)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)", "<svg/onload=x>"),
        *("<style>", "<iframe srcdoc='<script>'>", "[x]: javascript:y\n", "<!--", "-->", "<![CDATA[", "]]>", "<math>"),
        *("# ", "\n", "|", "---", "`", "```\n", "> ", "* ", "[", "](", ")", "<", ">", '"', "'", "&lt;", "&colon;"),
        *("https://a.example", "\x00", "\u200b"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=14).map("".join))
def test_nothing_that_runs_ever_comes_out(source):
    for tag, attributes in Elements(render_markdown(source)).found:
        assert tag in ALLOWED
        assert set(attributes) <= ({"href", "title", "rel"} if tag == "a" else {"start"})
        if "href" in attributes:
            address = re.sub(r"[\x00-\x20]", "", attributes["href"] or "").lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# Title", "<h2>Title</h2>\n"),
        ("###### Deep", "<h6>Deep</h6>\n"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n"),
        ("[in](/en/councils/)", '<p><a href="/en/councils/">in</a></p>\n'),
        ("[out](https://a.example)", '<p><a href="https://a.example" rel="nofollow noopener">out</a></p>\n'),
        ("[sly](//a.example)", '<p><a href="//a.example" rel="nofollow noopener">sly</a></p>\n'),
        (
            "see https://a.example",
            '<p>see <a href="https://a.example" rel="nofollow noopener">https://a.example</a></p>\n',
        ),
        ("a.example", "<p>a.example</p>\n"),
        ("![x](https://a.example/x.png)", '<p>!<a href="https://a.example/x.png" rel="nofollow noopener">x</a></p>\n'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    ],
)
def test_markdown_becomes(source, html):
    assert render_markdown(source) == html


def test_headings_can_start_deeper():
    assert render_markdown("# Title\n\n## Part", highest_heading=3) == "<h3>Title</h3>\n<h4>Part</h4>\n"


def test_the_result_is_not_escaped_again():
    assert render_markdown("x").__html__() == "<p>x</p>\n"
