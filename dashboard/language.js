/** Names the languages, each in its own, and marks the one the page speaks. */

export default function mount({ parentElement, data, setTriggerValue }) {
  // Streamlit's document says "en", whatever it holds.
  document.documentElement.lang = data.language;
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip) {
    skip.textContent = data.skip;
  }
  const group = document.createElement("div");
  group.className = "almaty-language";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", data.label);
  group.hidden = data.hidden;
  for (const [language, name] of Object.entries(data.names)) {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = language;
    button.textContent = name;
    button.setAttribute("aria-pressed", String(language === data.language));
    button.addEventListener("click", () => setTriggerValue("language", language));
    group.append(button);
  }
  const hasFocus = parentElement.contains(document.activeElement);
  parentElement.querySelector(".almaty-language")?.remove();
  parentElement.append(group);
  if (hasFocus) {
    group.querySelector("[aria-pressed=true]").focus();
  }
}
