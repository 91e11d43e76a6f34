/**
 * A field for one file. Reads it in the browser and sends it to the server in
 * parts, each when the server has the one before; the file never stands in a
 * form, and goes to no other address.
 */

/** As base64 some 4 MB: a message the server takes at once. */
const PART_BYTES = 3_000_000;
const SHOWS_AFTER_MS = 1000;

const fields = new WeakMap();

export default function mount({ parentElement, data, setTriggerValue }) {
  let field = fields.get(parentElement);
  if (!field) {
    field = new Field(parentElement);
    fields.set(parentElement, field);
  }
  field.send = (part) => setTriggerValue("part", part);
  field.say(data);
  field.goOn(data.got);
}

class Field {
  constructor(parent) {
    this.root = element("div", "almaty-own");
    this.zone = element("label", "almaty-own-zone");
    this.choose = element("span", "almaty-own-choose");
    this.drop = element("span", "almaty-own-drop");
    this.kinds = element("span", "almaty-own-kinds");
    // Lies over the whole zone: the browser itself takes clicks, keys and drops.
    this.input = element("input", "almaty-own-input");
    this.input.type = "file";
    this.input.accept = ".csv,.tsv,.txt,.json,.geojson";
    this.zone.append(this.choose, this.drop, this.kinds, this.input);
    this.status = element("output", "almaty-own-status");
    this.bar = element("progress", "almaty-own-bar");
    this.bar.hidden = true;
    this.root.append(this.zone, this.bar, this.status);
    this.input.addEventListener("change", () => this.take(this.input.files[0]));
    for (const [name, isOver] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
      this.input.addEventListener(name, () => this.zone.classList.toggle("almaty-own-over", isOver));
    }
    parent.append(this.root);
  }

  say({ words, most }) {
    this.words = words;
    this.most = most;
    this.choose.textContent = words.choose;
    this.drop.textContent = words.drop;
    this.kinds.textContent = words.kinds;
    this.bar.setAttribute("aria-label", words.sending);
  }

  take(file) {
    if (!file) {
      return;
    }
    clearTimeout(this.shows);
    this.bar.hidden = true;
    // The same file may be chosen once more, mended.
    this.sending = null;
    if (file.size > this.most) {
      this.status.textContent = this.words.large;
      this.input.value = "";
      return;
    }
    this.sending = { file, id: `${Date.now()}-${Math.random()}`, at: 0 };
    this.bar.max = Math.max(file.size, 1);
    this.bar.value = 0;
    this.status.textContent = "";
    this.shows = setTimeout(() => {
      this.bar.hidden = false;
      this.status.textContent = this.words.sending;
    }, SHOWS_AFTER_MS);
    this.sendPart();
  }

  async sendPart() {
    const { sending } = this;
    const { file, id, at } = sending;
    try {
      const content = await base64(file.slice(at, at + PART_BYTES));
      if (sending === this.sending) {
        this.send({ id, name: file.name, size: file.size, at, content });
      }
    } catch {
      // It was moved or changed after it had been chosen.
      this.end(this.words.broken);
    }
  }

  /** The server has more than before: send what comes next. */
  goOn(got) {
    const { sending } = this;
    if (!sending || got?.id !== sending.id) {
      return;
    }
    const { size } = sending.file;
    if (got.at <= sending.at && got.at < size) {
      return;
    }
    sending.at = got.at;
    this.bar.value = got.at;
    if (got.at < size) {
      this.sendPart();
    } else {
      this.end("");
    }
  }

  end(words) {
    clearTimeout(this.shows);
    this.sending = null;
    this.bar.hidden = true;
    this.input.value = "";
    this.status.textContent = words;
  }
}

/** The bytes of a part as base64 text. */
function base64(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
