// The chat page: shows what the Bot API calls carried, and says what the reader types or presses.
// Text from messages only ever becomes text nodes, never markup.
"use strict";

const at = (id) => document.getElementById(id);
let state = { version: -1, chats: [], commands: [], toasts: [] };
let current = null;
const drawn = new Map(); // message id -> what was drawn, to draw only what changed
const toasted = new Set();

async function ask(path, body) {
  const answer = await fetch("/page/" + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", spoiler: "span",
};

// Entities nest; JavaScript's strings count in UTF-16 units, as Telegram does.
function rich(text, entities, from, to) {
  const parts = [];
  let cursor = from;
  for (let n = 0; n < entities.length; n++) {
    const one = entities[n];
    if (one.offset < cursor || one.offset >= to) continue;
    if (one.offset > cursor) parts.push(text.slice(cursor, one.offset));
    const end = one.offset + one.length;
    const inner = rich(text, entities.slice(n + 1), one.offset, end);
    parts.push(wrapped(one, inner));
    cursor = end;
  }
  if (cursor < to) parts.push(text.slice(cursor, to));
  return parts;
}

function wrapped(entity, inner) {
  if (entity.type === "text_link" && /^https?:/.test(entity.url)) {
    return make("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" }, ...inner);
  }
  return make(TAGS[entity.type] || "span", {}, ...inner);
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
}

function key(button, message, row, column) {
  if (button.url) {
    const link = make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer" });
    link.append(button.text + " ↗");
    return link;
  }
  const element = make("button", { type: "button" }, button.text);
  element.dataset.button = button.text;
  element.onclick = async () => {
    element.classList.add("waiting");
    await ask("press", { chat: current, message: message.message_id, row, column });
    setTimeout(() => element.classList.remove("waiting"), 3000); // the bot may answer without an edit
  };
  return element;
}

function draw(message) {
  const item = make("li", { className: "message" + (message.from.is_bot ? "" : " mine") });
  item.dataset.messageId = message.message_id;
  item.dataset.role = message.from.is_bot ? "bot" : "reader";
  const text = make("div", { className: "text" });
  text.append(...rich(message.text, message.entities || [], 0, message.text.length));
  const time = make("span", { className: "time" }, (message.edit_date ? "已编辑 " : "") + clock(message.date));
  item.append(make("div", { className: "bubble" }, text, time));
  const rows = message.reply_markup ? message.reply_markup.inline_keyboard : [];
  if (rows.length) {
    item.append(make("div", { className: "keys" }, ...rows.map((row, r) =>
      make("div", {}, ...row.map((button, c) => key(button, message, r, c))))));
  }
  return item;
}

function drawMessages(chat) {
  const list = at("messages");
  const here = new Set(chat.messages.map((message) => message.message_id));
  for (const [id, known] of drawn) {
    if (!here.has(id)) {
      known.item.remove();
      drawn.delete(id);
    }
  }
  for (const message of chat.messages) {
    const known = drawn.get(message.message_id);
    const content = JSON.stringify(message);
    if (known && known.content === content) continue;
    const item = draw(message);
    if (known) known.item.replaceWith(item);
    else list.append(item);
    drawn.set(message.message_id, { content, item });
    item.scrollIntoView({ block: known ? "nearest" : "end" });
  }
}

function drawChats() {
  at("chats").replaceChildren(...state.chats.map((chat) => {
    const last = chat.messages[chat.messages.length - 1];
    const about = make("div", {}, chat.title, make("small", {}, last ? last.text.slice(0, 12) : "还没有消息"));
    const button = make("button", { type: "button" }, make("span", { className: "face" }, chat.title[0]), about);
    button.setAttribute("aria-current", String(chat.id === current));
    button.dataset.chat = chat.id;
    button.onclick = () => choose(chat.id);
    return button;
  }));
  at("side").classList.toggle("many", state.chats.length > 1);
}

function choose(id) {
  current = id;
  drawn.clear();
  at("messages").replaceChildren();
  show();
}

function show() {
  if (current === null && state.chats.length) current = state.chats[0].id;
  const chat = state.chats.find((one) => one.id === current);
  if (!chat) return;
  const group = chat.kind !== "private";
  at("title").textContent = group ? chat.title : state.bot.first_name;
  at("about").textContent = group ? "群 · 命令写作 /latest@" + state.bot.username : "@" + state.bot.username;
  at("face").textContent = at("title").textContent[0];
  drawChats();
  drawMessages(chat);
  for (const toast of state.toasts) {
    if (toast.chat === current && !toasted.has(toast.id)) {
      toasted.add(toast.id);
      pop(toast.text);
    }
  }
}

function pop(text) {
  const toast = at("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(pop.timer);
  pop.timer = setTimeout(() => { toast.hidden = true; }, 4000);
}

function openMenu(open) {
  const typed = at("text").value;
  const fitting = state.commands.filter((c) => ("/" + c.command).startsWith(typed || "/"));
  at("menu").replaceChildren(...fitting.map((command) => {
    const button = make("button", { type: "button" },
      make("b", {}, "/" + command.command), make("span", {}, command.description));
    button.dataset.command = command.command;
    button.onclick = () => say("/" + command.command);
    return make("li", {}, button);
  }));
  at("menu").hidden = !open || !fitting.length;
}

async function say(text) {
  openMenu(false);
  at("text").value = "";
  if (text.trim()) await ask("say", { chat: current, text });
}

at("form").onsubmit = (event) => { event.preventDefault(); say(at("text").value); };
at("text").oninput = () => openMenu(/^\/\w*$/.test(at("text").value));
at("commands").onclick = () => openMenu(at("menu").hidden);
document.onkeydown = (event) => { if (event.key === "Escape") openMenu(false); };
for (const button of document.querySelectorAll("[data-add]")) {
  button.onclick = async () => choose((await ask("add", { kind: button.dataset.add })).chat);
}

async function follow() {
  for (;;) {
    try {
      const first = state.version < 0;
      state = await ask("state", { version: state.version });
      if (first) state.toasts.forEach((toast) => toasted.add(toast.id)); // those of before a reload
      show();
    } catch (error) {
      at("about").textContent = "连接断开，正在重试…";
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}
follow();
