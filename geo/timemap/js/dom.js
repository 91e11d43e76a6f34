// Small helpers for the document. Text enters as text only: no markup is
// ever parsed here.
const timemapDom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** An SVG element with attributes. */
  function svg(tag, attributes = {}, children = []) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** An HTML element with a class and text. */
  function html(tag, className, text = "") {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  /** Fill the {named} places of a message; what has no value stays. */
  function fill(message, values) {
    return message.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** The form of a message for a number: forms by CLDR category. */
  function plural(language, forms, n) {
    return forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
  }

  const formats = {};

  /** A whole number as a language writes it. */
  const number = (language, n) => (formats[language] ??= new Intl.NumberFormat(language)).format(n);

  /** Write text only where it differs: an unchanged node costs nothing. */
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /** Width in pixels of a text in its font, kept once measured. */
  function createMeasure() {
    const context = document.createElement("canvas").getContext("2d");
    const known = new Map();
    return (text, font, spacing = 0) => {
      const key = `${font}|${text}`;
      if (!known.has(key)) {
        context.font = font;
        known.set(key, context.measureText(text).width + spacing * text.length);
      }
      return known.get(key);
    };
  }

  /** A painter called once a frame at most; .now() paints what waits at once. */
  function perFrame(paint) {
    let frame = 0;
    const run = () => { frame = 0; paint(); };
    const ask = () => { frame ||= requestAnimationFrame(run); };
    ask.now = () => {
      if (!frame) return;
      cancelAnimationFrame(frame);
      run();
    };
    return ask;
  }

  /** A call after some milliseconds of rest. */
  function afterRest(delay_ms, call) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(call, delay_ms);
    };
  }

  return { svg, html, fill, plural, number, setText, createMeasure, perFrame, afterRest };
})();
