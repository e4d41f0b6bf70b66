"""What a reader sees of a page: its words without markup."""

import re
from html import unescape


def text_of(client, url="/en/councils/halifax/") -> str:
    """Give the words of a page that answers 200."""
    response = client.get(url)
    assert response.status_code == 200
    plain = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())
