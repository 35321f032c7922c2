// The chat page: shows what the Bot API calls carried, and says what a reader types or presses.
import { brief, draw, make } from "./message.js";
import { Offers } from "./offers.js";

const at = (id) => document.getElementById(id);
const NEAR = 80; // pixels from the end that count as being there
let state = { version: -1, chats: [], toasts: [] };
let current = null;
const drawn = new Map(); // message id -> what was drawn, to draw only what changed
const toasted = new Set();
const seen = new Map(); // chat -> the last message that the reader has seen there
const speakers = new Map(); // chat -> who speaks there

async function ask(path, body) {
  const answer = await fetch("/page/" + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

const chatNow = () => state.chats.find((chat) => chat.id === current);
const isGroup = (chat) => chat.kind !== "private";
const lastId = (chat) => chat.messages.reduce((most, message) => Math.max(most, message.message_id), 0);

// ---------------------------------------------------------------- messages

function atEnd() {
  const list = at("messages");
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
}

function toEnd() {
  at("messages").scrollTop = at("messages").scrollHeight;
}

function inView(item) {
  const list = at("messages").getBoundingClientRect();
  const box = item.getBoundingClientRect();
  return box.bottom > list.top && box.top < list.bottom;
}

function forget(chat) {
  const here = new Set(chat.messages.map((message) => message.message_id));
  for (const [id, known] of drawn) {
    if (!here.has(id)) {
      known.item.remove();
      drawn.delete(id);
    }
  }
}

function drawMessages(chat) {
  const stay = drawn.size && !atEnd();
  let follow = !stay;
  forget(chat);
  for (const message of chat.messages) {
    const known = drawn.get(message.message_id);
    const content = JSON.stringify(message);
    if (known && known.content === content) continue;
    const item = draw(message, isGroup(chat), (row, column) =>
      ask("press", { chat: chat.id, message: message.message_id, row, column, by: speaker(chat) }));
    drawn.set(message.message_id, { content, item });
    if (known) {
      const watched = inView(known.item);
      known.item.replaceWith(item);
      if (watched && stay) item.scrollIntoView({ block: "nearest" });
    } else {
      at("messages").append(item);
      if (!message.by_bot) follow = true;
    }
  }
  if (follow) toEnd();
  markSeen(chat);
}

function unread(chat) {
  const after = seen.get(chat.id) || 0;
  return chat.messages.filter((message) => message.by_bot && message.message_id > after).length;
}

function markSeen(chat) {
  if (atEnd()) seen.set(chat.id, lastId(chat));
  const count = unread(chat);
  at("new").hidden = !count;
  at("new").textContent = count > 1 ? count + " 条新消息 ↓" : "新消息 ↓";
}

// ---------------------------------------------------------------- chats

function name(chat) {
  return isGroup(chat) || state.chats.filter((one) => !isGroup(one)).length === 1
    ? chat.title : chat.title + "的私聊";
}

function drawChats() {
  at("chats").replaceChildren(...state.chats.map((chat) => {
    const last = chat.messages[chat.messages.length - 1];
    const about = make("div", {}, name(chat),
      make("small", {}, last ? brief(last).replace(/\s+/g, " ").slice(0, 14) : "还没有消息"));
    const button = make("button", { type: "button" }, make("span", { className: "face" }, [...chat.title][0]), about);
    const count = chat.id === current ? 0 : unread(chat);
    if (count) button.append(make("span", { className: "count" }, String(count)));
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
  offers.close();
  writeAbout(null);
  at("messages").replaceChildren();
  show();
  toEnd();
  const button = document.querySelector(`[data-chat="${id}"]`);
  if (button) button.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function speaker(chat) {
  const chosen = speakers.get(chat.id);
  return chat.people.some((one) => one.id === chosen) ? chosen : chat.people[0].id;
}

function drawSpeakers(chat) {
  const select = at("speaker");
  const ranks = { creator: "（群主）", administrator: "（管理员）" };
  const options = chat.people.map((one) => make("option", { value: one.id }, one.name + (ranks[one.status] || "")));
  select.hidden = !isGroup(chat) || options.length < 2;
  if (select.dataset.people !== chat.id + JSON.stringify(chat.people)) {
    select.replaceChildren(...options);
    select.dataset.people = chat.id + JSON.stringify(chat.people);
  }
  select.value = speaker(chat);
}

function show() {
  if (current === null && state.chats.length) current = state.chats[0].id;
  const chat = chatNow();
  if (!chat) return;
  at("title").textContent = isGroup(chat) ? chat.title : state.bot.first_name;
  at("about").textContent = isGroup(chat)
    ? `${chat.kind === "channel" ? "频道" : "群"} · ${chat.people.length + 1} 人 · 命令写作 /latest@${state.bot.username}`
    : "@" + state.bot.username + (state.chats.length > 1 ? " · " + chat.title + "的私聊" : "");
  at("face").textContent = [...at("title").textContent][0];
  at("start").hidden = isGroup(chat) || chat.messages.length > 0;
  drawSpeakers(chat);
  drawMessages(chat);
  drawChats();
  for (const toast of state.toasts) {
    if (toast.chat === current && !toasted.has(toast.id)) {
      toasted.add(toast.id);
      (toast.alert ? alarm : pop)(toast.text);
    }
  }
}

// ---------------------------------------------------------------- what pops up

function pop(text) {
  const toast = at("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(pop.timer);
  pop.timer = setTimeout(() => { toast.hidden = true; }, 4000);
}

function alarm(text) {
  at("said").textContent = text;
  if (!at("alert").open) at("alert").showModal();
}

function openMenu(open) {
  const typed = at("text").value;
  const chat = chatNow();
  const known = chat ? chat.commands : [];
  const fitting = known.filter((c) => ("/" + c.command).startsWith(typed || "/"));
  at("menu").replaceChildren(...fitting.map((command) => {
    const button = make("button", { type: "button" },
      make("b", {}, "/" + command.command), make("span", {}, command.description));
    button.dataset.command = command.command;
    button.onclick = () => say("/" + command.command);
    return make("li", {}, button);
  }));
  at("menu").hidden = !open || !fitting.length;
}

const NEW = {
  group: ["读报群", "新群里有现在所有的读者和机器人，你是群主。"],
  person: ["小王", "新读者有自己的私聊，也进所有的群，是普通成员。"],
  channel: ["我的频道", "新频道归第一个读者管，机器人是管理员。"],
};

function offer(kind) {
  at("naming").querySelector(`[value="${kind}"]`).checked = true;
  at("name").value = NEW[kind][0];
  at("what").textContent = NEW[kind][1];
  if (!at("naming").open) at("naming").showModal();
  at("name").select();
}

async function add() {
  const kind = at("naming").querySelector(":checked").value;
  const title = at("name").value.trim();
  if (!title) return;
  const { chat } = await ask("add", { kind, name: title });
  state = await ask("state", { version: -1 });
  choose(chat);
}

// ---------------------------------------------------------------- hands

let about = null; // what is being written: { reply: message } or { edit: message }, else null

function writeAbout(what) {
  about = what;
  at("about-what").hidden = !what;
  if (!what) return;
  at("what-about").textContent = (what.edit ? "编辑：" : "回复：") + brief(what.edit || what.reply).slice(0, 40);
  if (what.edit) at("text").value = what.edit.text;
  at("text").focus();
}

async function say(text) {
  const what = about;
  openMenu(false);
  offers.close();
  at("text").value = "";
  writeAbout(null);
  if (!text.trim()) return;
  const here = { chat: current, text, by: speaker(chatNow()) };
  if (what && what.edit) await ask("edit", { ...here, message: what.edit.message_id });
  else await ask("say", { ...here, reply_to: what ? what.reply.message_id : null });
}

async function follow(payload) {
  const { chat } = await ask("follow", { chat: current, payload, by: speaker(chatNow()) });
  state = await ask("state", { version: -1 });
  choose(chat);
}

const offers = new Offers(at("offers"), {
  ask: (text, offset) => ask("inline", { chat: current, text, offset, by: speaker(chatNow()) }),
  choose: (query, result) => {
    at("text").value = "";
    return ask("choose", { chat: current, query, result });
  },
  open: follow,
});

// What stands behind the bot's name, or null where the text is no inline query.
function inlineQuery(text) {
  const name = "@" + (state.bot ? state.bot.username : "") + " ";
  return text.toLowerCase().startsWith(name.toLowerCase()) ? text.slice(name.length) : null;
}

function typed() {
  const text = at("text").value;
  openMenu(/^\/\w*$/.test(text));
  const query = inlineQuery(text);
  if (query === null) offers.close();
  else offers.look(query);
}

at("messages").onclick = (event) => {
  const link = event.target.closest("a");
  const payload = link && link.href.match(/^https:\/\/t\.me\/(\w+)\?start=([\w-]{1,64})$/);
  if (payload && payload[1].toLowerCase() === state.bot.username.toLowerCase()) {
    event.preventDefault();
    follow(payload[2]);
  }
  const hand = event.target.closest("[data-do]");
  if (!hand) return;
  const number = Number(hand.closest("[data-message-id]").dataset.messageId);
  const message = chatNow().messages.find((one) => one.message_id === number);
  if (message) writeAbout({ [hand.dataset.do]: message });
};
at("drop").onclick = () => { at("text").value = ""; writeAbout(null); };
at("form").onsubmit = (event) => {
  event.preventDefault();
  if (inlineQuery(at("text").value) === null) say(at("text").value);
};
at("text").oninput = typed;
at("commands").onclick = () => openMenu(at("menu").hidden);
at("speaker").onchange = () => speakers.set(current, Number(at("speaker").value));
at("messages").onscroll = () => { if (chatNow()) markSeen(chatNow()); };
at("new").onclick = toEnd;
at("cancel").onclick = () => at("naming").close();
at("naming").querySelector("form").onsubmit = add;
for (const radio of at("naming").querySelectorAll("[name=kind]")) radio.onchange = () => offer(radio.value);
for (const button of document.querySelectorAll("[data-add]")) button.onclick = () => offer(button.dataset.add);
for (const button of document.querySelectorAll("[data-say]")) button.onclick = () => say(button.dataset.say);
document.onkeydown = (event) => {
  if (event.key !== "Escape") return;
  openMenu(false);
  offers.close();
  writeAbout(null);
};

function take(news) {
  const first = state.version < 0;
  if (news.version < state.version) return; // overtaken
  state = news;
  if (first) {
    state.toasts.forEach((toast) => toasted.add(toast.id)); // those of before a reload
    state.chats.forEach((chat) => seen.set(chat.id, lastId(chat)));
  }
  show();
}

async function watch() {
  for (;;) {
    let news = null;
    try {
      news = await ask("state", { version: state.version });
    } catch (error) {
      at("about").textContent = "连接断开，正在重试…";
      state.version = -1; // what answers next may be another sandbox
      await new Promise((done) => setTimeout(done, 1000));
    }
    if (news) take(news);
  }
}
watch();
