/**
 * What the Desk's filters lead to: how many events, which filters are on, what
 * to loosen if there is none, and the chart by hour.
 *
 * Its HTML comes from the server, escaped; no text is made here.
 */

const link = (globalThis[Symbol.for("almaty-events-map")] ??= {});
// link.sayForm: passes link.unsaidForm to the server; relay.js sets it.
// link.report: what the server last answered.

export default function mount({ parentElement }) {
  try {
    if (link.answer?.parent !== parentElement) {
      link.answer?.root.remove();
      link.answer = new Answer(parentElement);
    }
  } catch (error) {
    console.error("the answer could not be mounted", error);
  }
  const { answer } = link;
  return () => {
    answer?.root.remove();
    if (link.answer === answer) {
      link.answer = null;
    }
  };
}

class Answer {
  constructor(parent) {
    this.parent = parent;
    this.root = document.createElement("div");
    this.root.addEventListener("click", ({ target }) => {
      const leave = target.closest("button")?.dataset.leave;
      if (leave) {
        link.turn = (link.turn ?? 0) + 1;
        link.unsaidForm = { leave, turn: link.turn };
        link.sayForm?.();
      }
    });
    // A live region must be there before what it says.
    this.head = document.createElement("p");
    this.head.className = "almaty-head";
    this.head.setAttribute("role", "status");
    this.rest = document.createElement("div");
    this.root.append(this.head, this.rest);
    parent.append(this.root);
    this.show(link.report);
  }

  show(report) {
    if (!report) {
      return;
    }
    if (this.head.textContent !== report.head) {
      this.head.textContent = report.head;
    }
    if (this.html !== report.answer) {
      this.html = report.answer;
      const isOpen = this.rest.querySelector("details")?.open ?? false;
      const hadFocus = this.rest.contains(document.activeElement);
      this.rest.replaceChildren(...parsed(report.answer));
      this.rest.querySelector("details")?.toggleAttribute("open", isOpen);
      if (hadFocus) {
        (this.rest.querySelector("button") ?? this.rest.querySelector("summary"))?.focus();
      }
    }
  }
}

/** The elements of a text of HTML that the server has escaped. */
function parsed(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  return [...made.body.children].map((each) => document.adoptNode(each));
}
