/**
 * The Desk's form: tells the server what stands in it, and shows how many
 * events each filter would leave.
 *
 * Its HTML comes from the server, escaped; only numbers are written here.
 */

const link = (globalThis[Symbol.for("almaty-events-map")] ??= {});
// link.sayForm: passes what the reader did to the server; relay.js sets it.
// link.unsaidForm: what the reader did, until it is passed on.
// link.report: what the server last answered.
// link.turn: number of the last thing the reader did.

const LISTS = ["kinds", "by", "corroboration", "place"];
const FLAGS = ["possible", "contested", "independent"];
const TYPED = ["q", "from_day", "from_clock", "to_day", "to_clock", "near", "within", "actor"];
/** Fields that answer while one types. */
const AT_ONCE = ["q", "actor"];
const REST_MS = 250;
const NARROW = "(max-width: 760px)";

export default function mount({ parentElement, data }) {
  try {
    if (link.filters?.parent !== parentElement || link.filters.html !== data.html) {
      link.filters?.remove();
      link.filters = new Filters(parentElement, data);
    }
  } catch (error) {
    console.error("the filters could not be mounted", error);
  }
  const { filters } = link;
  return () => filters?.remove();
}

class Filters {
  constructor(parent, { html, language }) {
    this.parent = parent;
    this.html = html;
    this.numbers = new Intl.NumberFormat(language);
    this.form = parsed(html);
    this.counts = [...this.form.querySelectorAll("[data-count]")];
    // On a phone the answer should be in sight before the questions.
    const all = this.form.querySelector(".almaty-all");
    all.open = !window.matchMedia(NARROW).matches;
    this.listen();
    parent.append(this.form);
    this.show(link.report);
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      this.typing = target.name;
      if (AT_ONCE.includes(target.name)) {
        clearTimeout(this.rest);
        this.rest = setTimeout(() => this.tellFields(), REST_MS);
      }
    });
    form.addEventListener("change", ({ target }) => {
      if (target.name) {
        this.tellFields();
      } else if (target.value) {
        this.tell({ moment: target.value });
        target.value = "";
      }
    });
    form.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.within) {
        form.elements.within.value = button.dataset.within;
        this.tellFields();
      } else if (button) {
        this.tell({ clear: true });
      }
    });
  }

  tellFields() {
    clearTimeout(this.rest);
    this.typing = null;
    const fields = fieldsOf(this.form);
    const words = JSON.stringify(fields);
    // Leaving a field that has just been told says nothing new.
    if (words !== this.said) {
      this.said = words;
      this.tell({ fields });
    }
  }

  tell(message) {
    link.turn = (link.turn ?? 0) + 1;
    link.unsaidForm = { ...message, turn: link.turn };
    link.sayForm?.();
  }

  show(report) {
    if (!report) {
      return;
    }
    this.showCounts(report.counts);
    // The reader has gone on: what this answers is out of date.
    if (report.turn >= (link.turn ?? 0)) {
      this.showFields(report.fields, report.problems);
      this.showProblems(report.problems);
      // What is just being typed has not been told yet.
      this.said = this.typing ? null : JSON.stringify(fieldsOf(this.form));
    }
    this.form.querySelector("[data-clear]").disabled = report.active.length === 0;
  }

  showCounts(counts) {
    for (const place of this.counts) {
      const { count: name, value, words } = place.dataset;
      const found = counts[name];
      const number = typeof found === "object" ? found[value] : found;
      const text = number === undefined ? "" : this.numbers.format(number);
      if (place instanceof HTMLOptionElement) {
        sayOption(place, words, text);
      } else {
        place.textContent = text;
        place.closest(".almaty-option")?.classList.toggle("almaty-none", number === 0);
      }
    }
  }

  showFields(fields, problems) {
    const { elements } = this.form;
    for (const name of TYPED) {
      const hasProblem = problems[name] ?? problems[name.split("_")[0]];
      if (!hasProblem && this.typing !== name && elements[name].value !== fields[name]) {
        elements[name].value = fields[name];
      }
    }
    elements.mode.value = fields.mode;
    for (const name of FLAGS) {
      elements[name].checked = fields[name];
    }
    for (const name of LISTS) {
      for (const box of this.form.querySelectorAll(`[name=${name}]`)) {
        box.checked = fields[name].includes(box.value);
      }
    }
  }

  showProblems(problems) {
    for (const place of this.form.querySelectorAll("[data-problem]")) {
      const words = problems[place.dataset.problem] ?? "";
      place.textContent = words;
      place.hidden = words === "";
      for (const field of this.form.querySelectorAll(`[aria-describedby=${place.id}]`)) {
        field.setAttribute("aria-invalid", String(words !== ""));
      }
    }
  }

  remove() {
    clearTimeout(this.rest);
    this.form.remove();
    if (link.filters === this) {
      link.filters = null;
    }
  }
}

/** What stands in the form, by the names that desk_form.py reads. */
function fieldsOf(form) {
  const all = new FormData(form);
  return {
    ...Object.fromEntries(TYPED.map((name) => [name, all.get(name)])),
    ...Object.fromEntries(LISTS.map((name) => [name, all.getAll(name)])),
    ...Object.fromEntries(FLAGS.map((name) => [name, all.has(name)])),
    mode: all.get("mode"),
  };
}

function sayOption(option, words, number) {
  if (words === undefined) {
    option.label = number;
  } else {
    option.textContent = number === "" ? words : `${words} (${number})`;
  }
}

/** The one element of a text of HTML that the server has escaped. */
function parsed(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  return document.adoptNode(made.body.firstElementChild);
}
