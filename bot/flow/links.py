"""ASK, for links: what a chat wants done with them, changed by those who manage it."""

from dataclasses import replace

from bot.addresses import host
from bot.flow import typed
from bot.flow.visit import Visit
from bot.flow.whose import NotAllowedError, Whose
from bot.model import Message
from bot.model.delivery import ChatSettings
from bot.model.links import LinkKind, LinkRule
from bot.render import linkpanel, links, notes
from bot.render.linkpress import LinkPress, LinkStep
from bot.render.links.names import shown_name
from bot.render.setup import Setup, Step
from bot.store import Store

COMMANDS = ("links",)
_RULES = {
    LinkRule.DIRECT: ("打开", "直接打开", "打開", "開啟", "直接開啟", "open", "direct"),
    LinkRule.TEXT: ("域名", "只显示域名", "文字", "網域", "只顯示網域", "domain", "text"),
    LinkRule.HIDE: ("隐藏", "不显示", "隱藏", "不顯示", "hide", "hidden"),
}
_NAMED = {word: rule for rule, words in _RULES.items() for word in words}
_DEFAULT = ("默认", "預設", "恢复", "恢復", "還原", "default", "reset")


class LinkDesk:
    """Shows and changes the rules for links.

    Args:
        store: an open store.
        whose: says who may change what.
    """

    def __init__(self, store: Store, whose: Whose) -> None:
        self._store = store
        self._whose = whose

    async def command(self, said: str, visit: Visit) -> Message:
        """The answer to /links: the panel, after what was asked for is changed."""
        asked = typed.line(said)
        try:
            setup, rest = await self._whose.target(asked, visit)
            if not rest:
                return await self._panel(LinkPress(LinkStep.PANEL, target=setup.target), visit)
            domain, rule = _parsed(rest)
            if not domain:
                return linkpanel.unclear(visit.reader)
            press = LinkPress(LinkStep.ONE, rule=rule, target=setup.target)
            press = replace(press, phrase=await self._phrase(domain, visit))
            if rule is None and not rest.endswith(_DEFAULT):
                return await self._choice(press, visit)
            said = await self._set(press, visit)
            shown = await self._panel(press, visit)
            return notes.note(visit.reader, said) if said == self._full(visit) else shown
        except NotAllowedError as refusal:
            return notes.note(visit.reader, self._refused(refusal, visit))

    async def press(self, press: LinkPress, visit: Visit) -> tuple[Message | None, str, bool]:
        """What a button shows, a short word about what was changed, and whether it is urgent.

        Raises nothing for one who may not: the word says so.
        """
        try:
            await self._whose.pressed(Setup(Step.LIST, target=press.target), visit)
            match press.step:
                case LinkStep.PANEL:
                    return await self._panel(press, visit), "", False
                case LinkStep.ONE:
                    await self._allowed(press, visit)
                    return await self._choice(press, visit), "", False
                case LinkStep.SET:
                    said = await self._set(press, visit)
                    return await self._panel(press, visit), said, said == self._full(visit)
                case LinkStep.RESET:
                    settings = await self._whose.known(_setup(press), visit)
                    await self._store.links.reset(settings.id)
                    return await self._panel(press, visit), "", False
        except NotAllowedError as refusal:
            return None, self._refused(refusal, visit), True

    def _refused(self, refusal: NotAllowedError, visit: Visit) -> str:
        """Its own words where the refusal speaks of subscriptions."""
        said = str(refusal)
        return visit.words.links_only_admins if said == visit.words.only_admins else said

    def _full(self, visit: Visit) -> str:
        return visit.words.links_too_many.format(most=linkpanel.MOST_DOMAINS)

    async def _allowed(self, press: LinkPress, visit: Visit) -> None:
        if not press.target:
            await self._whose.allowed(visit)

    async def _panel(self, press: LinkPress, visit: Visit) -> Message:
        settings = await self._whose.of(_setup(press), visit)
        policy = links.under(settings.links, settings.kind)
        phrases = {domain: await self._phrase(domain, visit) for domain in policy.domains}
        here: LinkPress | None = press
        try:
            await self._allowed(press, visit)
        except NotAllowedError:
            here = None
        chosen = bool(settings.links.kinds or settings.links.domains)
        title = settings.title if press.target else ""
        return linkpanel.panel(policy, phrases, title, here, visit.reader, chosen=chosen)

    async def _choice(self, press: LinkPress, visit: Visit) -> Message:
        settings = await self._whose.of(_setup(press), visit)
        target = await self._target(press)
        if target is None:
            return await self._panel(press, visit)
        policy = links.under(settings.links, settings.kind)
        if isinstance(target, LinkKind):
            return linkpanel.one(target, policy.kinds[target], press, visit.reader)
        return linkpanel.one(target, policy.domains.get(target), press, visit.reader)

    async def _set(self, press: LinkPress, visit: Visit) -> str:
        """Change a rule; says what was changed.

        Raises:
            NotAllowedError: the asker may not.
        """
        settings = await self._whose.known(_setup(press), visit)
        target = await self._target(press)
        if target is None:
            return ""
        if press.rule and _too_many(settings, target):
            return self._full(visit)
        await self._store.links.set(settings.id, target, press.rule)
        words = visit.words
        name = words.links_kinds[target] if isinstance(target, LinkKind) else shown_name(target)
        rule = words.links_rules[press.rule] if press.rule else words.links_to_default
        return words.links_set.format(name=name, rule=rule)

    async def _target(self, press: LinkPress) -> LinkKind | str | None:
        """The kind or the domain that a press names; None when its number is not known."""
        if press.kind:
            return press.kind
        named = await self._store.phrases.recall(press.phrase)
        return (host("http://" + named) or None) if named else None

    async def _phrase(self, domain: str, visit: Visit) -> int:
        return await self._store.phrases.remember(domain, visit.reader.now)


def _setup(press: LinkPress) -> Setup:
    return Setup(Step.LIST, target=press.target)


def _too_many(settings: ChatSettings, target: LinkKind | str) -> bool:
    domains = settings.links.domains
    new = not isinstance(target, LinkKind) and target not in domains
    return new and len(domains) >= linkpanel.MOST_DOMAINS


def _parsed(asked: str) -> tuple[str, LinkRule | None]:
    """The domain in ASCII ('' for none) and the rule of 'taobao.com 隐藏'."""
    named, _, wish = asked.partition(" ")
    if wish and wish not in _DEFAULT and wish.lower() not in _NAMED:
        return "", None
    address = named if "://" in named else f"http://{named}"
    return host(address).removeprefix("www."), _NAMED.get(wish.lower())
