// The one card of a large set, filled with the texts of the event that is open.
const timemapCard = (() => {
  const { html, setText, fill, plural } = timemapDom;
  const CODES = ["attribution", "corroboration", "time_precision", "time_basis"];
  const LISTS = ["actors", "contradictions"];

  /** Returns fill(row), which gives the card. */
  function create(root, data, texts, spans) {
    const card = root.querySelector("[data-part=card]");
    const field = (name) => card.querySelector(`[data-field="${name}"]`);
    const { messages, packed } = data;
    const { start, end, earliest, latest, codes, kind, placesOf } = data.events;
    let ends = null;

    /** Fill the card with what is known of an event. */
    function show(row) {
      for (const name of ["title", "summary", "note"]) setText(field(name), texts.at(name, row));
      for (const name of CODES) setText(field(name), packed.words[name][codes[name][row]]);
      showKind(data.kinds[kind[row]]);
      setText(field("span"), spans.span(start[row], end[row], earliest[row], latest[row], spans.precisions[codes.time_precision[row]]));
      showPlaces(placesOf(row));
      const where = texts.at("locators", row);
      setText(field("locators"), where ? fill(messages.article, { where }) : messages.notInArticle);
      const lists = Object.fromEntries(LISTS.map((name) => [name, JSON.parse(texts.at(name, row) || "[]")]));
      setText(field("actors"), lists.actors.join("; "));
      field("contradictions").replaceChildren(...lists.contradictions.map((text) => html("li", "", text)));
      showRoute(texts.at("route", row));
      showSources(row);
      const has = { actors: lists.actors.length, contradictions: lists.contradictions.length,
        route: texts.at("route", row), note: texts.at("note", row) };
      for (const part of card.querySelectorAll("[data-with]")) part.hidden = !has[part.dataset.with];
      field("actors").hidden = !has.actors;
      return card;
    }

    function showKind(code) {
      const line = document.getElementById(`tm-k-${code}`).cloneNode(true);
      field("kind").replaceChildren(...line.childNodes);
    }

    function showPlaces(places) {
      for (const old of card.querySelectorAll("[data-place]")) old.remove();
      field("nowhere").hidden = places.length > 0;
      field("nowhere").before(...Array.from(places, (place) => {
        const entry = html("dd", "", texts.at("place.name", place));
        entry.dataset.place = "";
        const said = ["place.precision", "place.note"].map((name) => texts.at(name, place)).filter(Boolean);
        entry.append(...said.map((text) => html("small", "", text)));
        return entry;
      }));
    }

    function showRoute(id) {
      field("route").dataset.route = id;
      setText(field("route"), data.routes.find((route) => route.id === id)?.title ?? "");
    }

    function showSources(row) {
      const counts = texts.numbers("sources");
      ends ??= timemapColumns.endsOf(counts);
      setText(field("source-count"), fill(plural(data.lang, messages.sources, counts[row]), { n: counts[row] }));
      const items = Array.from({ length: counts[row] }, (_, i) => sourceItem(ends[row] + i));
      field("sources").replaceChildren(...items);
    }

    /** A source, and what it adds to the event. */
    function sourceItem(at) {
      const source = texts.numbers("source")[at];
      const of = (name) => texts.at(`source.${name}`, source);
      const [item, line] = [html("li", ""), html("p", "")];
      const title = html(of("url") ? "a" : "span", "", of("title"));
      if (of("url")) title.href = of("url");
      if (of("lang")) title.lang = of("lang");
      const issued = [of("publisher"), of("issued")].filter(Boolean).join(", ");
      const said = [issued, of("official") && messages.officialSource, !of("url") && messages.addressNotKept, of("dependence")];
      line.append(title, " ", html("small", "", said.filter(Boolean).join(" · ")));
      item.append(line, texts.at("adds", at));
      return item;
    }

    return show;
  }

  /** The shape of a group. */
  function paintGlyph(element, group) {
    element.setAttribute("class", `tm-glyph tm-group-${group}`);
    element.firstElementChild.setAttribute("href", `#tm-glyph-${group}`);
  }

  return { create, paintGlyph };
})();
