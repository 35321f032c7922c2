"""What a catalogue of the bot's words holds; each language fills in every field, which mypy sees to.

Whole sentences with named fields in braces, never glued from parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The bot's words in one language."""

    name: str  # of the language, in itself
    code: str
    commands: Mapping[str, str]  # what the menu says of each

    start: str
    start_hint: str
    help_title: str
    help_text: str
    help_promise: str

    latest: str
    latest_about: str
    search_about: str
    timeline: str
    timeline_about: str
    all_reports: str
    sources: str
    outlets: str
    count_stories: str
    count_articles: str
    count_events_all: str
    count_events: str
    trends: str
    trends_day: str
    trends_week: str
    trends_count: str
    trends_none: str
    page: str
    outlet_and_more: str
    outlet_line: str
    figures_differ: str
    figure_by: str
    upstream: str
    reprinted_by: str
    mentioned: str
    author: str
    editor: str
    pictures: str
    article_number: str
    published: str
    published_unknown: str
    categories: str
    feed_of: str
    original: str
    links: str
    link_shortened: str
    event_kinds: Mapping[str, str]
    of_whom: str
    dates_differ: str
    backed_by: str
    events_here: str
    sentence_at: str
    revised: str
    published_early: str
    no_prose: str
    flags: Mapping[str, str]

    nothing_yet: str
    nothing_found: str
    no_events: str
    no_events_here: str
    no_such_source: str
    gone: str
    search_what: str
    too_long: str
    unknown_command: str
    text_only: str
    old_button: str
    something_wrong: str

    to_latest: str
    to_timeline: str
    to_sources: str
    to_outlets: str
    to_help: str
    to_story: str
    to_all_events: str
    to_top_events: str
    to_back: str
    to_next: str
    to_previous: str
    to_original: str
    # ---------------------------------------------------------------- subscriptions
    weekdays: tuple[str, ...]
    instant: str
    hourly: str
    every_day: str
    workdays: str
    weekend: str
    weekly: str
    slot: str
    scope_all: str
    scope_all_but: str
    scope_story: str
    sizes: Mapping[str, str]
    silent: str
    development: str
    digest_more: str
    to_timeline_of: str
    to_subscriptions: str

    subscribe_what: str
    subscribe_hint: str
    subscribe_word: str
    subscribe_outlet: str
    subscribe_when: str
    subscribe_days: str
    subscribe_clock: str
    subscribe_size: str
    subscribed: str
    subscribed_next: str
    subscribed_instant: str
    subscribed_to: str
    followed: str
    unsubscribed: str
    unsubscribed_all: str
    subscriptions: str
    subscriptions_of: str
    subscriptions_none: str
    subscriptions_hours: str
    subscriptions_paused: Mapping[str, str]  # by what Telegram answered, in render/paused.py
    quiet_none: str
    quiet_hours: str
    in_topic: str
    not_subscribed: str
    subscription_gone: str
    too_many: str
    only_admins: str
    not_your_channel: str
    nothing_new: str
    preview: str
    sent_now: str
    nothing_to_send: str

    zone_is: str
    zone_set: str
    zone_unknown: str
    quiet_is: str
    quiet_set: str
    quiet_off: str
    quiet_unknown: str
    language_is: str
    language_set: str
    language_unknown: str

    forget_sure: str
    forgotten: str
    exported: str
    nothing_kept: str

    why: str
    why_what: str
    why_told: str
    why_queued: str
    why_dead: str
    why_due: str
    why_soon: str
    why_excluded: str
    why_other: str
    why_before: str
    why_old: str
    why_same: str
    why_not_subscribed: str

    topic_gone: str
    back_again: str

    to_all_messages: str
    to_an_outlet: str
    to_a_word: str
    to_instant: str
    to_hourly: str
    to_daily: str
    to_workdays: str
    to_weekly: str
    to_done: str
    to_silent: str
    to_loud: str
    to_unsubscribe: str
    to_change: str
    to_now: str
    to_preview: str
    to_subscribe: str
    to_follow: str
    to_add: str
    to_forget: str
    to_keep: str

    # ---------------------------------------------------------------- stories and feedback
    to_full: str
    full_about: str
    count_outlets: str
    others_report: str
    liked: str
    disliked: str
    vote_changed: str
    vote_taken_back: str

    # ---------------------------------------------------------------- pictures and trends

    to_picture: str
    to_text: str
    to_dark: str
    to_light: str
    picture_failed: str
    trends_about: str
    trends_line: str
    trends_too_few: str

    # ---------------------------------------------------------------- links and reports

    links_title: str
    links_title_of: str
    links_about: str
    links_hint: str
    links_rule: str
    links_kind: str
    links_kinds: Mapping[str, str]
    links_rules: Mapping[str, str]
    links_of_kind: Mapping[str, str]
    links_domain: str
    links_named: str
    links_only_admins: str
    links_set: str
    links_example: str
    links_no_domain: str
    links_too_many: str
    links_to_rule: Mapping[str, str]
    links_to_default: str
    links_to_reset: str
    report_what: str
    report_how: str
    report_which: str
    report_which_link: str
    report_missing: str
    report_noted: str
    report_too_many: str
    report_blocked: str
    report_new: str
    report_abouts: Mapping[str, str]
    to_report: str

    # ---------------------------------------------------------------- inline, replies, deep links

    help_more: str
    inline_nothing: str  # 64 characters at most, as all hints above an inline list
    inline_too_long: str
    inline_empty: str
    to_open: str
    link_lost: str
    hello_group: str
    hello_group_how: str
    hello_group_privacy: str
    hello_channel: str
    questions: Mapping[str, str]
    which_story: str
    not_told: str

    # ---------------------------------------------------------------- settings
    bot_name: str
    settings: str
    settings_of: str
    setting_language: str
    setting_zone: str
    setting_quiet: str
    setting_size: str
    choose_zone: str
    choose_quiet: str
    choose_size: str
    size_set: str
    size_spread: str
    chosen: str
    cities: Mapping[str, str]  # by zone
    zone_of: str
    to_settings: str
    to_language: str
    to_zone: str
    to_quiet: str
    to_quiet_off: str
    to_size: str
    to_link_rules: str
    to_spread: str

    # ---------------------------------------------------------------- feeds

    feeds: str
    feeds_none: str
    feeds_count: str
    feeds_hint: str
    feed_well: str
    feed_next: str
    feed_new: str
    feed_failing: str
    feed_gone: str
    feed_added: str
    feed_known: str
    feed_removed: str
    feed_missing: str
    feed_which: str
    feed_bad: str
    feed_reasons: Mapping[str, str]  # by what was kept, in render/unread.py
    add_what: str
    remove_what: str
    only_operators: str
    trouble: str
    trouble_line: str
    trouble_hint: str
    to_remove: str
    to_feeds: str

    # ---------------------------------------------------------------- times and lists

    time_unknown: str
    just_now: str
    minutes_ago: str
    hours_ago: str
    today_at: str
    yesterday_at: str
    day_at: str
    months: tuple[str, ...]
    day: str
    day_of_this_year: str
    later_this_year: str  # the end of a span, after its beginning
    later_this_month: str
    month: str
    quarters: tuple[str, ...]
    halves: tuple[str, ...]
    year: str
    decade: str
    span: str
    about_then: str
    precision: Mapping[str, str]  # one letter for how exactly a date is known
    list_gap: str
    said_by: str
