// How one message looks. Text from messages only ever becomes text nodes, never markup.

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

// Entities nest; JavaScript's strings count in UTF-16 units, as Telegram does.
function rich(text, entities, from = 0, to = text.length) {
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
  if (entity.type === "text_link" && /^https?:/.test(entity.url)) return link(entity.url, inner);
  if (entity.type === "spoiler") return opens(make("span", { className: "spoiler" }, ...inner), "点开看");
  if (entity.type === "expandable_blockquote") {
    return opens(make("blockquote", { className: "folded" }, ...inner), "展开");
  }
  return make(TAGS[entity.type] || "span", {}, ...inner);
}

function link(href, inner) {
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}

// What is covered or folded until it is clicked.
function opens(element, title) {
  element.title = title;
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  const open = () => {
    element.classList.add("shown");
    element.removeAttribute("role");
    element.removeAttribute("title");
  };
  element.onclick = open;
  element.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") open(); };
  return element;
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
}

function size(bytes) {
  if (bytes < 1024) return bytes + " 字节";
  return bytes < 1024 * 1024 ? Math.round(bytes / 1024) + " KB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
}

function media(message) {
  const at = (file) => "/page/file/" + encodeURIComponent(file.file_id);
  if (message.photo) {
    const picture = message.photo[message.photo.length - 1];
    return [enlarges(make("img", {
      src: at(picture), alt: message.caption || "图片", width: picture.width, height: picture.height,
    }))];
  }
  if (message.document) {
    const file = message.document;
    return [make("a", { className: "file", href: at(file), download: file.file_name },
      make("b", {}, file.file_name), make("small", {}, size(file.file_size) + " · 下载"))];
  }
  return [];
}

// A picture fills the window when it is tapped, as in Telegram's apps.
function enlarges(image) {
  image.tabIndex = 0;
  image.setAttribute("role", "button");
  image.title = "点开看大图";
  const open = () => {
    const dialog = document.getElementById("large");
    dialog.replaceChildren(make("img", { src: image.src, alt: image.alt }));
    dialog.onclick = () => dialog.close();
    dialog.showModal();
  };
  image.onclick = open;
  image.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") open(); };
  return image;
}

function service(message) {
  if (message.forum_topic_created) return "新话题：" + message.forum_topic_created.name;
  if (message.forum_topic_closed) return "话题已关闭";
  if (message.forum_topic_reopened) return "话题重新开放";
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "群已升级为超级群";
  return "这类消息这里显示不了";
}

// One line for a list or a quotation; what is covered stays covered.
export function brief(message) {
  let text = message.text || "";
  for (const one of message.entities || []) {
    if (one.type !== "spoiler") continue;
    text = text.slice(0, one.offset) + "▒".repeat(one.length) + text.slice(one.offset + one.length);
  }
  return text || message.caption || (message.photo ? "图片" : message.document
    ? message.document.file_name : service(message));
}

// What a reader may do with a message; the page listens for data-do.
function hands(message) {
  const can = [make("button", { type: "button", title: "回复" }, "↩")];
  can[0].dataset.do = "reply";
  if (!message.by_bot && message.text && !message.via_bot) {
    can.push(make("button", { type: "button", title: "编辑" }, "✎"));
    can[1].dataset.do = "edit";
  }
  return make("span", { className: "hands" }, ...can);
}

function bubble(message, inGroup) {
  const body = make("div", { className: "bubble" });
  if (inGroup && !message.by_bot && message.from) {
    body.append(make("div", { className: "who" }, message.from.first_name));
  }
  if (message.via_bot) {
    body.append(make("div", { className: "via" }, "通过 @" + message.via_bot.username));
  }
  if (message.reply_to_message) {
    body.append(make("div", { className: "quote" }, brief(message.reply_to_message).slice(0, 40)));
  }
  body.append(...media(message));
  const words = message.text || message.caption || "";
  if (words) {
    const entities = message.entities || message.caption_entities || [];
    body.append(make("div", { className: "text" }, ...rich(words, entities)));
  }
  const marks = [message.silent ? "静音" : "", message.edit_date ? "已编辑" : "", clock(message.date)];
  body.append(make("span", { className: "time" }, marks.filter(Boolean).join(" ")));
  return body;
}

function key(button, press) {
  if (button.url) return link(button.url, [button.text + " ↗"]);
  const element = make("button", { type: "button" }, button.text);
  element.dataset.button = button.text;
  element.onclick = async () => {
    element.classList.add("waiting");
    setTimeout(() => element.classList.remove("waiting"), 3000); // the bot may answer without an edit
    await press();
  };
  return element;
}

// press(row, column) is told which button was pressed.
export function draw(message, inGroup, press) {
  const carries = message.text || message.caption || message.photo || message.document;
  const item = make("li", { className: carries ? "message" : "service" });
  item.classList.toggle("pictured", Boolean(message.photo));
  item.classList.toggle("mine", !message.by_bot);
  item.dataset.messageId = message.message_id;
  item.dataset.role = message.by_bot ? "bot" : "reader";
  if (carries) item.append(make("div", { className: "line" }, bubble(message, inGroup), hands(message)));
  else item.append(service(message));
  const rows = message.reply_markup ? message.reply_markup.inline_keyboard : [];
  if (rows.length) {
    item.append(make("div", { className: "keys" }, ...rows.map((row, r) =>
      make("div", {}, ...row.map((button, c) => key(button, () => press(r, c)))))));
  }
  return item;
}
