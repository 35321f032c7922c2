"""The panel of what is done with links: a row for each kind, and for each domain by itself."""

from collections.abc import Mapping
from dataclasses import replace

from bot.model import Button, Message
from bot.model.links import LinkKind, LinkPolicy, LinkRule
from bot.render.keys import Row, message, settings
from bot.render.linkpress import LinkPress, LinkStep, pack_link
from bot.render.links.names import shown_name
from bot.render.notes import filled
from bot.render.reader import Reader
from bot.render.rich import Rich, bold, clip, code, join, text

MOST_DOMAINS = 20
BUTTON_UNITS = 40


def panel(
    policy: LinkPolicy,
    phrases: Mapping[str, int],
    title: str,
    here: LinkPress | None,
    reader: Reader,
    *,
    chosen: bool = False,
) -> Message:
    """What is done with links in a chat.

    Args:
        policy: the chat's.
        phrases: the numbers of its domains in the store, for the buttons.
        title: of the channel that is meant; '' for the chat itself.
        here: the press that shows this; None for one who may only read.
        reader: for whom.
        chosen: whether the chat has chosen anything itself.
    """
    words = reader.words
    head = filled(words.links_title_of, title=title) if title else text(words.links_title)
    head = Rich(f"<b>{head.html}</b>", head.units)
    if here is None:
        return message(
            reader,
            [head, _kinds(policy, reader), _domains(policy, reader), text(words.links_only_admins)],
        )
    rows: list[Row] = [
        (_key(_label(words.links_kinds[k], policy.kinds[k], reader), replace(_one(here), kind=k)),)
        for k in LinkKind
    ]
    for domain, rule in sorted(policy.domains.items()):
        press = replace(_one(here), phrase=phrases[domain])
        rows.append((_key(_label(shown_name(domain), rule, reader), press),))
    reset = replace(here, step=LinkStep.RESET, kind=None, phrase=0)
    return message(
        reader,
        [join([head, text(words.links_about)]), _hint(reader)],
        *rows,
        (settings(reader, here.target), *((_key(words.links_to_reset, reset),) if chosen else ())),
    )


def unclear(reader: Reader) -> Message:
    """What was asked for names no domain, or no rule."""
    return message(reader, [text(reader.words.links_no_domain), _hint(reader)])


def one(target: LinkKind | str, rule: LinkRule | None, press: LinkPress, reader: Reader) -> Message:
    """The choice for a kind or a domain.

    Args:
        target: which.
        rule: what is done with it now; None for a domain that has no rule of its own.
        press: what shows this.
        reader: for whom.
    """
    words = reader.words
    by_kind = isinstance(target, LinkKind)
    name = bold(words.links_kinds[target]) if by_kind else code(shown_name(target))
    about = words.links_of_kind[target] if by_kind else words.links_domain
    choices = [
        (_key(_choice(words.links_to_rule[r], reader, chosen=r is rule), _set(press, r)),)
        for r in LinkRule
    ]
    fallback = (_key(words.links_to_default, _set(press, None)),)
    back = _key(words.to_back, LinkPress(LinkStep.PANEL, target=press.target))
    return message(reader, [join([name, text(about)])], *choices, (*fallback, back))


def _choice(label: str, reader: Reader, *, chosen: bool) -> str:
    return reader.words.chosen.format(choice=label) if chosen else label


def _hint(reader: Reader) -> Rich:
    """How to name a domain; the example as code, or the chat's own rules would apply to it."""
    return join([text(reader.words.links_hint), code(reader.words.links_example)])


def _one(here: LinkPress) -> LinkPress:
    return LinkPress(LinkStep.ONE, target=here.target)


def _set(press: LinkPress, rule: LinkRule | None) -> LinkPress:
    return replace(press, step=LinkStep.SET, rule=rule)


def _label(name: str, rule: LinkRule, reader: Reader) -> str:
    return reader.words.links_kind.format(kind=name, rule=reader.words.links_rules[rule])


def _key(label: str, press: LinkPress) -> Button:
    return Button(clip(label, BUTTON_UNITS), data=pack_link(press))


def _kinds(policy: LinkPolicy, reader: Reader) -> Rich:
    words = reader.words
    return join(
        filled(words.links_rule, name=words.links_kinds[k], rule=words.links_rules[policy.kinds[k]])
        for k in LinkKind
    )


def _domains(policy: LinkPolicy, reader: Reader) -> Rich:
    words = reader.words
    if not policy.domains:
        return Rich()
    lines = [
        code(shown_name(domain)) + " " + words.links_rules[rule]
        for domain, rule in sorted(policy.domains.items())
    ]
    return join([bold(words.links_named), *lines])
