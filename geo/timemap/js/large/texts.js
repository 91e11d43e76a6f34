// The texts of a large set: decoded where they are shown, folded once where
// they are searched.
const timemapTexts = (() => {
  // A sign for private use, which hardly a text holds: it parts texts that are folded in one go.
  const PART = "\ue000";
  const FIELDS = ["title", "summary", "note"];

  /** `of` gives the folded words of a row; `ready` resolves when texts are there and never rejects. */
  function create(data) {
    let arrays = {};
    let folded = null;
    const fields = new Map();

    /** A column of texts by its name. */
    function field(name) {
      if (!fields.has(name)) fields.set(name, timemapColumns.field(arrays, name));
      return fields.get(name);
    }

    /** What a search looks through, by row: given by Python, or folded here. */
    function foldedWords() {
      if (arrays["words.lengths"]) return Array.from({ length: data.events.total }, (_, row) => field("words").at(row));
      const rows = Array.from({ length: data.events.total }, (_, row) => FIELDS.map((name) => field(name).at(row)).join("\n"));
      const parts = timemapFilter.fold(rows.join(PART)).split(PART);
      return parts.length === rows.length ? parts : rows.map(timemapFilter.fold);
    }

    const ready = data.texts.then((found) => { arrays = found; fields.clear(); folded = null; }, (error) => console.error(error));
    data.texts = null;
    return {
      of: (row) => (folded ??= foldedWords())[row],
      at: (name, row) => field(name).at(row),
      /** The numbers of a column, such as how many sources each event has. */
      numbers: (name) => arrays[name],
      ready,
    };
  }

  return { create };
})();
