"""The name of a host as it is shown to a reader.

Only names in Han characters are shown in their own script; any other script than ASCII, or a
mixture, is shown as punycode, since аррӏе.com in Cyrillic looks like another (Unicode Technical
Standard 39 calls these confusable).
"""

import ipaddress
import re

_HAN = re.compile("[\u3007\u3400-\u9fff0-9-]*[\u3400-\u9fff][\u3007\u3400-\u9fff0-9-]*")
# Second labels below a country that are open to everybody: gov.cn, co.uk.
_OPEN = frozenset(["com", "net", "org", "gov", "edu", "co", "ac", "ne", "or", "go", "idv", "mil"])
_HOSTED = {"github.io", "gitee.io", "blogspot.com", "vercel.app", "netlify.app", "pages.dev"}


def is_figures(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def registrable(host: str) -> str:
    """The part of a name that somebody had to register: news.a.com.cn is a.com.cn's."""
    labels = host.split(".")
    open_below = len(labels[-1]) == 2 and len(labels) > 2 and labels[-2] in _OPEN
    return ".".join(labels[-3 if open_below or ".".join(labels[-2:]) in _HOSTED else -2 :])


def shown_name(host: str) -> str:
    """A name in ASCII as a reader should see it: 中文.com, but xn--80ak6aa92e.com."""
    return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        own = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return own if _HAN.fullmatch(own) else label
