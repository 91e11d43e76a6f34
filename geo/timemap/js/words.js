// What a search looks through: the words of a card, and those of the
// languages that the page does not show, which come packed.
const timemapWords = (() => {
  // Code points that stand for no character of their own.
  const FIRST_SURROGATE = 0xd800;
  const SURROGATES = 0x800;

  /** One text an event, unpacked as geo/timemap/words.py packs them. */
  async function unpack({ letters, deflated }) {
    const bytes = Uint8Array.from(atob(deflated), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const known = [...letters];
    const letterOf = (sign) => {
      const code = sign.codePointAt(0);
      return known[code - 1 - (code < FIRST_SURROGATE ? 0 : SURROGATES)];
    };
    return Array.from(await new Response(stream).text(), letterOf).join("").split("\n");
  }

  /**
   * The folded words of each event. `of` serves at once, with the words of the
   * page alone until `ready` resolves; it never rejects.
   */
  function create(data) {
    const cards = [];
    let others = [];
    const cardWords = (row) => (cards[row] ??= timemapFilter.fold(
      [...document.querySelectorAll(`#tm-card-${CSS.escape(data.events.ids[row])} [data-words]`)]
        .map((part) => part.textContent).join("\n")));
    return {
      of: (row) => `${cardWords(row)}\n${others[row] ?? ""}`,
      ready: data.words
        ? unpack(data.words).then((lines) => { others = lines; }, (error) => console.error(error))
        : Promise.resolve(),
    };
  }

  return { create, unpack };
})();
