/**
 * The Desk's table: shows the rows that answer, sorts them, and keeps the
 * chosen row and the map in step.
 *
 * Every row comes from the server as escaped HTML; no text is made here. Of very
 * many events only the first rows of each answer come, and with that answer.
 */

const link = (globalThis[Symbol.for("almaty-events-map")] ??= {});
// link.report: what the server last answered; relay.js sets it.
// link.columns: the columns the reader chose, kept from page to page.

export default function mount({ parentElement, data }) {
  try {
    if (link.table?.parent !== parentElement || link.table.html !== data.html) {
      link.table?.root.remove();
      link.table = new Table(parentElement, data);
    }
  } catch (error) {
    console.error("the table could not be mounted", error);
  }
  const { table } = link;
  return () => {
    table?.root.remove();
    if (link.table === table) {
      link.table = null;
    }
  };
}

class Table {
  constructor(parent, { html, words, language }) {
    this.parent = parent;
    this.html = html;
    this.words = words;
    this.collator = new Intl.Collator(language, { numeric: true });
    this.root = parsed(html);
    this.body = this.root.querySelector("tbody");
    this.rows = [...this.body.rows];
    this.headings = [...this.root.querySelectorAll("thead th")];
    this.sort = { column: "when", factor: 1 };
    this.labelCells();
    this.listen();
    this.chooseColumns(link.columns);
    parent.append(this.root);
    this.show(link.report);
    this.highlight(link.heard?.selected ?? null);
  }

  /** On a phone each row is a block of its own, and each cell says its heading. */
  labelCells() {
    const labels = Object.fromEntries(
      this.headings.map((heading) => [heading.dataset.column, heading.textContent]),
    );
    for (const row of this.rows) {
      for (const cell of row.cells) {
        cell.dataset.label = labels[cell.dataset.column];
      }
    }
  }

  listen() {
    for (const heading of this.headings) {
      heading.firstChild.addEventListener("click", () => this.sortBy(heading));
    }
    this.body.addEventListener("click", ({ target }) => {
      // Who marks words to copy them has not chosen the row.
      if (String(window.getSelection()) === "") {
        this.open(target.closest("tr"));
      }
    });
    const columns = this.root.querySelector("fieldset");
    columns.addEventListener("change", () => {
      const boxes = [...columns.querySelectorAll("input")];
      this.chooseColumns(boxes.filter((box) => box.checked).map((box) => box.value));
    });
  }

  /** Show what answers; nothing is drawn anew that stays. */
  show(report) {
    if (!report) {
      return;
    }
    const { statuses } = report;
    this.takeRows(report);
    for (const row of this.rows) {
      const status = statuses[row.dataset.id];
      row.hidden = status === undefined;
      if (status !== undefined) {
        this.sayStatus(row, status);
      }
    }
    this.arrange();
  }

  /** Put the rows of an answer in the place of those before. */
  takeRows({ rows, more }) {
    if (rows === null || rows === this.taken) {
      return;
    }
    this.taken = rows;
    const table = parsed(`<table><tbody>${rows}</tbody></table>`);
    this.body.replaceChildren(...table.querySelectorAll("tr"));
    this.rows = [...this.body.rows];
    this.opened = null;
    this.labelCells();
    this.chooseColumns(link.columns);
    this.highlight(link.heard?.selected ?? null);
    this.root.querySelector("[data-more]").textContent = more;
  }

  sayStatus(row, status) {
    const words = this.words.statuses[status];
    const isDoubtful = status === "coarse" || status === "possible";
    row.dataset.status = status;
    row.querySelector("[data-status]").textContent = isDoubtful ? words : "";
    const cell = row.querySelector("[data-column=status]");
    cell.textContent = words;
    cell.dataset.order = String(Object.keys(this.words.statuses).indexOf(status));
  }

  sortBy(heading) {
    const { column } = heading.dataset;
    const factor = this.sort.column === column ? -this.sort.factor : 1;
    this.sort = { column, factor };
    for (const each of this.headings) {
      each.removeAttribute("aria-sort");
    }
    heading.setAttribute("aria-sort", factor > 0 ? "ascending" : "descending");
    this.arrange();
  }

  arrange() {
    const { column, factor } = this.sort;
    const keyed = this.rows.filter((row) => !row.hidden).map((row, at) => {
      const cell = row.querySelector(`[data-column=${column}]`);
      return { row, at, order: cell.dataset.order, text: cell.textContent };
    });
    keyed.sort((a, b) => factor * this.compare(a, b) || a.at - b.at);
    const focused = document.activeElement;
    this.body.append(...keyed.map(({ row }) => row));
    if (this.body.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  compare(a, b) {
    return a.order === undefined
      ? this.collator.compare(a.text, b.text)
      : Number(a.order) - Number(b.order);
  }

  chooseColumns(chosen) {
    if (!chosen) {
      return;
    }
    link.columns = chosen;
    for (const box of this.root.querySelectorAll("fieldset input")) {
      box.checked = chosen.includes(box.value);
    }
    for (const cell of this.root.querySelectorAll("[data-column]")) {
      const { column } = cell.dataset;
      cell.hidden = column !== "title" && !chosen.includes(column);
    }
  }

  /** Open an event's card on the map, the keyboard's focus in it. */
  open(row) {
    if (!row) {
      return;
    }
    this.opened = row;
    this.mark(row);
    link.host?.select(row.dataset.id);
  }

  /** Follow the map: its choice is the row's, and a closed card gives focus back. */
  highlight(id) {
    const row = this.rows.find((each) => each.dataset.id === id) ?? null;
    this.mark(row);
    if (row && row !== this.opened) {
      this.reveal(row);
    }
    if (!row && this.opened && link.host?.hasFocus()) {
      this.opened.querySelector(".almaty-open").focus();
    }
    this.opened = row;
  }

  /** Scroll the table, and nothing round it. */
  reveal(row) {
    const box = this.root.querySelector(".almaty-scroll");
    const seen = box.getBoundingClientRect();
    const head = this.root.querySelector("thead").getBoundingClientRect().height;
    const { top, bottom } = row.getBoundingClientRect();
    if (top < seen.top + head) {
      box.scrollTop += top - seen.top - head;
    } else if (bottom > seen.bottom) {
      box.scrollTop += bottom - seen.bottom;
    }
  }

  mark(row) {
    this.root.querySelector("tr[aria-current]")?.removeAttribute("aria-current");
    row?.setAttribute("aria-current", "true");
  }
}

/** The one element of a text of HTML that the server has escaped. */
function parsed(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  return document.adoptNode(made.body.firstElementChild);
}
