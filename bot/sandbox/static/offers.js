// What the bot offers above the input while somebody types its name and a word.
import { make } from "./message.js";

const PAUSE = 200; // milliseconds after a letter
const NEAR = 60; // pixels from the end of the list at which more is asked for

export class Offers {
  // hands: ask(text, offset), choose(query, result), open(payload)
  constructor(box, hands) {
    this.box = box;
    this.hands = hands;
    this.turn = 0; // answers that were overtaken are dropped
    box.onscroll = () => {
      if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) this.more();
    };
  }

  look(text) {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    this.timer = setTimeout(() => this.load(text, "", turn), PAUSE);
  }

  close() {
    clearTimeout(this.timer);
    this.turn++;
    this.next = "";
    this.box.hidden = true;
  }

  more() {
    const offset = this.next;
    this.next = "";
    if (offset) this.load(this.text, offset, this.turn);
  }

  async load(text, offset, turn) {
    const found = await this.hands.ask(text, offset);
    if (turn !== this.turn) return;
    this.text = text;
    this.next = found.next_offset;
    if (!offset) this.box.replaceChildren(...this.hint(found.button));
    this.box.append(...found.results.map((one) => this.offer(found.query, one)));
    this.box.hidden = !this.box.children.length;
    if (!offset) this.box.scrollTop = 0;
  }

  hint(button) {
    if (!button) return [];
    const element = make("button", { type: "button", className: "hint" }, button.text);
    element.onclick = () => { this.close(); this.hands.open(button.start_parameter); };
    return [element];
  }

  offer(query, one) {
    const element = make("button", { type: "button", className: "offer" },
      make("span", { className: "letter" }, (one.title.match(/[\p{L}\p{N}]/u) || ["·"])[0]),
      make("span", {}, make("b", {}, one.title), make("small", {}, one.description)));
    element.setAttribute("role", "option");
    element.onclick = () => { this.close(); this.hands.choose(query, one.id); };
    return element;
  }
}
