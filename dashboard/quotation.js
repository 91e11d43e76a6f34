/** Shows a text to quote beside a button that copies it. */

export default function mount({ parentElement, data }) {
  parentElement.querySelector(".almaty-quotation")?.remove();
  const block = element("div", "almaty-quotation");
  const text = element("pre", "almaty-quoted");
  text.textContent = data.text;
  const button = element("button", "almaty-copy");
  button.type = "button";
  button.textContent = data.words.copy;
  const status = element("output", "almaty-copied");
  button.addEventListener("click", () => copy(text, status, data.words.copied));
  block.append(text, button, status);
  parentElement.append(block);
}

/** Copy the text; where that is not allowed, select it for the reader to copy. */
async function copy(text, status, copied) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    status.textContent = copied;
  } catch {
    window.getSelection().selectAllChildren(text);
  }
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
